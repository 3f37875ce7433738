import { type Cluster, forkCluster } from '../../cluster/cluster.ts';
import type { Finding } from '../../cluster/finding.ts';
import { readLine } from '../../cluster/kubectl/parse/split-words.ts';
import { runKubectl } from '../../cluster/kubectl/run.ts';
import { newSpending } from '../../cluster/kubectl/spending.ts';
import type { Variant } from '../../exercise/exercise.ts';
import type { PartOf } from '../../exercise/part-format.ts';
import { limits } from '../../limits.ts';
import { runChecks } from '../run-checks.ts';
import { candidatesIn, noText } from '../scene.ts';
import { graded, limitsReached, rejected, transcriptOf } from '../verdicts.ts';
import type { PartGrader } from './part.ts';

/** kubectl command lines, run one after the other; judged by what stands afterwards. */
export const commands: PartGrader<'commands'> = {
  grade(part, answer, variant) {
    const run = runAll(part, answer, variant);
    if (run.findings.length > 0) return rejected(part, run.findings, run.transcript);
    const before = variant.worldOf(part.id);
    const after = run.cluster;
    const candidates = candidatesIn(before, after);
    const { outputs } = run;
    const scene = { before, after, text: noText, candidates, expectations: part.checks, outputs };
    return graded(part, runChecks(part.checks, scene), { transcript: run.transcript });
  },
  check(part, answer, variant) {
    const { findings, transcript } = runAll(part, answer, variant);
    return findings.length > 0
      ? rejected(part, findings, transcript)
      : graded(part, [], { transcript });
  },
};

interface Run {
  readonly cluster: Cluster;
  readonly findings: readonly Finding[];
  readonly transcript: string;
  /** What each command printed, in order. */
  readonly outputs: readonly string[];
}

/** Runs the lines until one fails, as a shell with `set -e` would, or all as one without. */
function runAll(part: PartOf<'commands'>, lines: readonly string[], variant: Variant): Run {
  const cluster = forkCluster(variant.worldOf(part.id));
  const outputs: string[] = [];
  if (lines.length > limits.steps) return { cluster, transcript: '', findings: [tooMany], outputs };
  let transcript = '';
  const spending = newSpending();
  let ran = 0;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue;
    const { words, problem } = lineOf(line);
    const say = (code: string, observed: string): Run => {
      const parameters = { line: index + 1 };
      const findings: Finding[] = [{ code, severity: 'error', observed, parameters }];
      return { cluster, transcript, findings, outputs };
    };
    if (words[0] !== 'kubectl') return say('commands-not-kubectl', line.trim());
    if (problem) return say('commands-failed', problem);
    const result = spending.run(cluster, () => runKubectl(cluster, { args: words.slice(1) }));
    ran += 1;
    transcript += `$ ${line.trim()}\n${transcriptOf(result)}`;
    outputs.push(transcriptOf(result));
    if (limitsReached(result)) return { cluster, transcript, findings: result.findings, outputs };
    if (result.exit !== 0 && part.failing === 'stops')
      return say('commands-failed', result.stderr.trim());
  }
  const none: Finding = { code: 'commands-none', severity: 'error' };
  return { cluster, transcript, findings: ran > 0 ? [] : [none], outputs };
}

const tooMany: Finding = {
  code: 'commands-too-many',
  severity: 'error',
  parameters: { limit: limits.steps },
};

/** The line as a shell splits it, with or without a copied prompt in front. */
const lineOf = (line: string) => readLine(line.trim().replace(/^\$\s+/, ''));
