import { expect, it } from 'vitest';
import { forkCluster } from '../../src/cluster/cluster.ts';
import { runKubectl, runKubectlLine } from '../../src/cluster/kubectl/run.ts';
import { answersOf } from '../../src/exercise/answers.ts';
import { loadExercises } from '../../src/exercise/load.ts';
import { manifestIn } from '../../src/grading/answer-text.ts';
import { grade } from '../../src/grading/grade.ts';
import type { PartAnswer } from '../../src/grading/verdict.ts';
import { exercisesFolder } from '../../src/lab.ts';
import { standingAnswer } from '../../src/sandboxes/standing-answer.ts';

const seed = 'preview';
const cases = loadExercises(exercisesFolder).exercises.flatMap((exercise) => {
  const variant = exercise.variantOf(seed);
  return answersOf(exercise, variant)
    .filter(({ part, file }) => {
      const inCluster = part.kind === 'manifest' || part.kind === 'commands';
      return inCluster && /right-[^/]*$/.test(file) && !printsMatter(part);
    })
    .filter(({ part }) => part.kind !== 'manifest' || part.candidates === 'together')
    .map((one) => ({ ...one, exercise, variant, name: `${exercise.id} ${one.file}` }));
});

function printsMatter(part: { readonly checks?: readonly { readonly kind: string }[] }): boolean {
  return part.checks?.some(({ kind }) => kind === 'shows') ?? false;
}

it('there are many of them', () => expect(cases.length).toBeGreaterThan(40));

it.each(cases)(
  'done in a cluster, it is worth the same: $name',
  ({ exercise, variant, part, answer }) => {
    const world = variant.worldOf(part.id);
    const fork = forkCluster(world);
    const cluster = { ...fork, settings: { ...fork.settings, podSteps: true } };
    const { manifest, commands } = answer as { manifest?: string; commands?: readonly string[] };
    if (manifest !== undefined) {
      const files = { 'a.yaml': manifestIn(manifest) };
      expect(runKubectl(cluster, { args: ['apply', '-f', 'a.yaml'], files }).exit).toBe(0);
    }
    for (const line of commands ?? []) {
      if (line.trim() !== '' && !line.trim().startsWith('#')) runKubectlLine(cluster, line.trim());
    }
    const asked = { part: part.id, seed };
    const direct = grade(exercise, { ...asked, answer: answer as unknown as PartAnswer });
    const kept = JSON.parse(JSON.stringify(standingAnswer({ world, cluster }))) as PartAnswer;
    const standing = grade(exercise, { ...asked, answer: kept });
    const outcomes = (one: typeof direct) =>
      one.checks.map(({ check, outcome }) => [check, outcome]);
    expect(outcomes(standing)).toEqual(outcomes(direct));
    expect(standing.points).toBe(direct.points);
  },
);
