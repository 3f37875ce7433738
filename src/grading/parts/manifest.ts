import { type Cluster, forkCluster } from '../../cluster/cluster.ts';
import { boundOf } from '../../cluster/controllers/bounds.ts';
import type { Finding } from '../../cluster/finding.ts';
import type { KubectlResult } from '../../cluster/kubectl/command.ts';
import { runKubectl } from '../../cluster/kubectl/run.ts';
import type { Variant } from '../../exercise/exercise.ts';
import { answerFile, answerText, manifestIn, severalCandidates } from '../answer-text.ts';
import { tooManyReplicas } from '../replicas-asked.ts';
import { runChecks } from '../run-checks.ts';
import { candidatesIn } from '../scene.ts';
import { graded, limitsReached, rejected, transcriptOf } from '../verdicts.ts';
import type { PartGrader } from './part.ts';

/** A manifest, applied with `kubectl apply -f` and judged by what the cluster then does. */
export const manifest: PartGrader<'manifest'> = {
  grade(part, answer, variant) {
    const tooBig = beyondBounds(answer, variant);
    if (tooBig) return rejected(part, [tooBig]);
    const applied = apply(answer, variant);
    const { result, after, text } = applied;
    const transcript = transcriptOf(result);
    if (result.exit !== 0) return rejected(part, refusalsOf(result), transcript);
    if (limitsReached(result)) return rejected(part, result.findings, transcript);
    const before = variant.world;
    const candidates = candidatesIn(before, after);
    const scene = { before, after, text, candidates, expectations: part.checks };
    const checks = runChecks(part.checks, scene);
    return graded(part, checks, { transcript, findings: result.findings });
  },
  check(part, answer, variant) {
    const tooBig = beyondBounds(answer, variant);
    if (tooBig) return rejected(part, [tooBig]);
    const { result } = apply(answer, variant);
    const transcript = transcriptOf(result);
    if (limitsReached(result)) return rejected(part, result.findings, transcript);
    return result.exit === 0
      ? graded(part, [], { transcript, findings: result.findings })
      : rejected(part, refusalsOf(result), transcript);
  },
};

const beyondBounds = (answer: string, { world }: Variant): Finding | undefined =>
  tooManyReplicas(manifestIn(answer), boundOf(world, 'pods'));

interface Applied {
  readonly result: KubectlResult;
  readonly after: Cluster;
  readonly text: ReturnType<typeof answerText>;
}

function apply(answer: string, variant: Variant): Applied {
  const after = forkCluster(variant.world);
  const manifest = manifestIn(answer);
  const args = ['apply', '-f', answerFile];
  const result = runKubectl(after, { args, files: { [answerFile]: manifest } });
  const findings = [...severalCandidates(answer, manifest), ...result.findings];
  return { result: { ...result, findings }, after, text: answerText(manifest) };
}

/** kubectl's own words, always, and what we have to say beside them. */
function refusalsOf({ findings, stderr }: KubectlResult): readonly Finding[] {
  const observed = stderr.trim();
  return [{ code: 'kubectl-refused', severity: 'error', observed }, ...findings];
}
