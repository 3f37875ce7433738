import { describe, expect, it } from 'vitest';
import { selfTestExercise } from '../../../src/grading/self-test/exercise-report.ts';
import { mutantsOf } from '../../../src/grading/self-test/mutate/mutate-manifest.ts';
import { exerciseWith, manifestPart } from '../../exercise/fixture.ts';

const right = (name: string, extra = '') =>
  `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: web }, ports: [{ port: 80${extra} }] }
`;
const wrong = (why: string, selector: string) =>
  `# score: 0\n# codes: [check-wrong-answer]\n# why: ${why}\n${right('a').replace('app: web', selector)}`;

const strict = `{ id: reach, kind: connects, title: T, points: 2, from: pod default/client, by: name, port: 80, reaches: { pods: { labels: { app: web }, count: 3 }, port: 80 } }`;
const lax = '{ id: there, kind: applies, title: T, points: 2 }';

const answers = {
  'answers/right-1.yaml': right('a'),
  'answers/right-2.yaml': right('b'),
  'answers/right-3.yaml': right('c', ', targetPort: http'),
  ...Object.fromEntries(
    [1, 2, 3, 4, 5, 6].map((n) => [
      `answers/wrong-${n}.yaml`,
      wrong(`number ${n}`, 'tier: front').replace('port: 80', 'port: 80, targetPort: 80'),
    ]),
  ),
};

const problemsOf = (check: string, files: Readonly<Record<string, string>>): string =>
  selfTestExercise(exerciseWith(manifestPart(check), files)).problems.join('\n');

describe('an exercise that does not prove itself is told so', () => {
  it('a check that anything passes lets mutants survive', () => {
    expect(problemsOf(lax, answers)).toMatch(
      /spec\.selector\.app changed: behaves as no right answer does/,
    );
  });

  it('a start that is already right', () => {
    const parts = manifestPart(strict).replace('  checks:', '  start: start.yaml\n  checks:');
    const exercise = exerciseWith(parts, { ...answers, 'start.yaml': right('a') });
    expect(selfTestExercise(exercise).problems.join('\n')).toMatch(
      /start\.yaml: the start already/,
    );
  });

  it('too few answers, and answers without a head', () => {
    const problems = problemsOf(strict, { 'answers/right-1.yaml': right('a') });
    expect(problems).toMatch(/1 right answers, 3 needed/);
    expect(problems).toMatch(/0 wrong answers, 6 needed/);
    expect(() => problemsOf(strict, { 'answers/wrong-1.yaml': right('a') })).toThrow(/score/);
  });

  it('a right answer that is not, and a wrong one with another score or without its code', () => {
    const problems = problemsOf(strict, {
      ...answers,
      'answers/right-2.yaml': right('b', ', targetPort: 81'),
      'answers/wrong-1.yaml': `# score: 1\n# codes: [check-unresolved]\n# why: W.\n${right('a', ', targetPort: 81')}`,
    });
    expect(problems).toMatch(/right-2\.yaml: a right answer must get full marks/);
    expect(problems).toMatch(/wrong-1\.yaml: expected graded 1, got graded 0/);
    expect(problems).toMatch(/wrong-1\.yaml: check-unresolved was not raised/);
  });
});

it('mutants change one thing each and say what', () => {
  const mutations = mutantsOf(right('a', ', targetPort: 80')).map(({ mutation }) => mutation);
  expect(new Set(mutations).size).toBe(mutations.length);
  expect(mutations).toEqual(
    expect.arrayContaining([
      'metadata.name changed',
      'metadata.namespace changed',
      'spec.selector.app changed',
      'spec.selector.app renamed',
      'spec.selector dropped',
      'spec.ports[0].port changed',
      'spec.ports[0].targetPort dropped',
      'spec.ports[0].protocol changed',
      'spec.type changed to NodePort',
      'spec.clusterIP changed to None',
    ]),
  );
});
