import { restored } from '../../cluster/kept.ts';
import type { Variant } from '../../exercise/exercise.ts';
import type { PartOf } from '../../exercise/part-format.ts';
import { answerText } from '../answer-text.ts';
import { runChecks } from '../run-checks.ts';
import { candidatesIn } from '../scene.ts';
import type { StandingAnswer, Verdict } from '../verdict.ts';
import { graded, rejected } from '../verdicts.ts';

type Part = PartOf<'manifest'> | PartOf<'commands'>;

/**
 * A cluster as a learner left it, judged as it stands by the checks of the part. Its manifests are
 * what findings point into; nothing of them is applied again.
 */
export function judgeStanding(
  part: Part,
  { manifest, cluster }: StandingAnswer,
  variant: Variant,
): Verdict {
  if (manifest.trim() === '') return rejected(part, [unchanged]);
  const before = variant.worldOf(part.id);
  const { settings, store } = restored(before, cluster);
  const after = { settings: { ...settings, now: cluster.now }, store };
  const candidates = candidatesIn(before, after);
  const text = answerText(manifest);
  const scene = { before, after, text, candidates, expectations: part.checks };
  return graded(part, runChecks(part.checks, scene));
}

const unchanged = { code: 'answer-cluster-unchanged', severity: 'error' } as const;
