import { type Cluster, forkCluster } from '../../cluster/cluster.ts';
import { boundOf } from '../../cluster/controllers/bounds.ts';
import type { Finding } from '../../cluster/finding.ts';
import type { KubectlResult } from '../../cluster/kubectl/command.ts';
import { runKubectl } from '../../cluster/kubectl/run.ts';
import type { PartOf } from '../../exercise/part-format.ts';
import { answerFile, answerText, severalCandidates } from '../answer-text.ts';
import { type Candidate, candidatesOf, linesText, wholeAnswer } from '../candidates.ts';
import { tooManyReplicas } from '../replicas-asked.ts';
import { runChecks } from '../run-checks.ts';
import { candidatesIn } from '../scene.ts';
import type { Verdict } from '../verdict.ts';
import { graded, limitsReached, rejected, transcriptOf } from '../verdicts.ts';
import type { PartGrader } from './part.ts';

type Manifest = PartOf<'manifest'>;
type Judge = (part: Manifest, manifest: string, world: Cluster) => Verdict;

/** A manifest, applied with `kubectl apply -f` and judged by what the cluster then does. */
export const manifest: PartGrader<'manifest'> = {
  grade: (part, answer, variant) => judged(part, answer, variant.worldOf(part.id), gradeText),
  check: (part, answer, variant) => judged(part, answer, variant.worldOf(part.id), checkText),
};

/** What was taken out of a reply is said first, before what is to be said of it. */
function judged(part: Manifest, answer: string, world: Cluster, judge: Judge): Verdict {
  const whole = wholeAnswer(answer);
  if (part.candidates === 'each') {
    const several = candidatesOf(answer);
    if (several.length > 1) return judgeEach(part, [...several, whole], world, judge);
  }
  const verdict = judge(part, whole.manifest, world);
  const taken = whole.manifest === answer ? [] : [takenFrom(whole)];
  const findings = [...taken, ...severalCandidates(answer, whole.manifest), ...verdict.findings];
  return { ...verdict, findings };
}

const takenFrom = ({ lines }: Candidate): Finding =>
  lines.length === 0
    ? { code: 'answer-no-manifest', severity: 'error' }
    : { code: 'answer-taken', severity: 'info', parameters: { lines: linesText(lines) } };

/**
 * Every block of a reply by itself, and all of it applied together, as a reply may spread over
 * several blocks what belongs together. The best counts, the first of several that are as good.
 */
function judgeEach(
  part: Manifest,
  candidates: readonly Candidate[],
  world: Cluster,
  judge: Judge,
): Verdict {
  const verdicts = candidates.map(({ manifest }) => judge(part, manifest, world));
  const rank = ({ outcome, points }: Verdict) => (outcome === 'rejected' ? -1 : points);
  const most = Math.max(...verdicts.map(rank));
  const best = verdicts.findIndex((verdict) => rank(verdict) === most);
  const verdict = verdicts[best] as Verdict;
  const told = candidates.map(({ lines }, index): Finding => {
    const together = index === candidates.length - 1;
    const code = together ? 'candidate-together' : 'candidate-judged';
    const which = { number: index + 1, lines: linesText(lines) };
    return {
      code,
      severity: 'info',
      parameters: { ...which, ...worthOf(verdicts[index] as Verdict) },
    };
  });
  const chosen = { number: best + 1, lines: linesText(candidates[best]?.lines ?? []) };
  const counts: Finding = { code: 'candidate-counts', severity: 'info', parameters: chosen };
  return { ...verdict, findings: [...told, counts, ...verdict.findings] };
}

/** What a candidate got, and of one that was refused the first line of why. */
function worthOf({ outcome, points, maximum, findings }: Verdict) {
  const [refusal] = findings;
  const reason = refusal?.observed?.split('\n')[0] ?? refusal?.code ?? '';
  return { outcome, points, maximum, ...(outcome === 'rejected' && { reason }) };
}

function gradeText(part: Manifest, manifest: string, world: Cluster): Verdict {
  const taken = take(part, manifest, world);
  if ('outcome' in taken) return taken;
  const { after, result } = taken;
  const candidates = candidatesIn(world, after);
  const text = answerText(manifest);
  const scene = { before: world, after, text, candidates, expectations: part.checks };
  const transcript = transcriptOf(result);
  return graded(part, runChecks(part.checks, scene), { transcript, findings: result.findings });
}

function checkText(part: Manifest, manifest: string, world: Cluster): Verdict {
  const taken = take(part, manifest, world);
  if ('outcome' in taken) return taken;
  const { result } = taken;
  return graded(part, [], { transcript: transcriptOf(result), findings: result.findings });
}

interface Taken {
  readonly after: Cluster;
  readonly result: KubectlResult;
}

/** The cluster with the manifest applied, or why it was refused. */
function take(part: Manifest, manifest: string, world: Cluster): Taken | Verdict {
  const tooBig = tooManyReplicas(manifest, boundOf(world, 'pods'));
  if (tooBig) return rejected(part, [tooBig]);
  const after = forkCluster(world);
  const args = ['apply', '-f', answerFile];
  const result = runKubectl(after, { args, files: { [answerFile]: manifest } });
  const transcript = transcriptOf(result);
  if (limitsReached(result)) return rejected(part, result.findings, transcript);
  if (result.exit !== 0) return rejected(part, refusalsOf(result), transcript);
  return { after, result };
}

/** kubectl's own words, always, and what we have to say beside them. */
function refusalsOf({ findings, stderr }: KubectlResult): readonly Finding[] {
  const observed = stderr.trim();
  return [{ code: 'kubectl-refused', severity: 'error', observed }, ...findings];
}
