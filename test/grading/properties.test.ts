import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadExercises } from '../../src/exercise/load.ts';
import { grade } from '../../src/grading/grade.ts';
import { createGrader } from '../../src/grading/grader.ts';
import type { PartAnswer } from '../../src/grading/verdict.ts';

const library = loadExercises('exercises');

const ids = fc.constantFrom('selector-fits', 'port-arrives', 'new-pods', '__proto__', 'x');
const word = fc.constantFrom('connected', 'refused', 'timeout', 'unresolved', '', '__proto__');

/** YAML that is nearly a Service, so that some of it comes as far as the checks. */
const nearly = fc
  .record({
    kind: fc.constantFrom('Service', 'Pod', 'Deployment', 'List', 'service'),
    name: fc.constantFrom('web-service', 'backend-service', 'a', 'A b'),
    spec: fc.record(
      {
        type: fc.constantFrom('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'),
        selector: fc.constantFrom({ app: 'web' }, { app: 'agent' }, {}, { app: 1 }),
        clusterIP: fc.constantFrom('None', '', '10.96.0.99'),
        ports: fc.array(
          fc.record(
            {
              port: fc.constantFrom(80, 8000, 0, '80'),
              targetPort: fc.constantFrom(80, 8000, 'http', ''),
              nodePort: fc.constantFrom(30007, 1),
              protocol: fc.constantFrom('TCP', 'UDP', 'tcp'),
              name: fc.constantFrom('a', 'b'),
            },
            { requiredKeys: ['port'] },
          ),
          { maxLength: 3 },
        ),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ kind, name, spec }) =>
    JSON.stringify({ apiVersion: 'v1', kind, metadata: { name }, spec }),
  );

const answers: Readonly<Record<string, fc.Arbitrary<PartAnswer>>> = {
  manifest: fc.oneof(fc.string(), nearly).map((manifest) => ({ manifest })),
  commands: fc
    .array(fc.oneof(fc.string(), fc.constantFrom('kubectl get svc', 'kubectl delete svc --all')))
    .map((commands) => ({ commands })),
  choice: fc.array(ids).map((choice) => ({ choice })),
  match: fc
    .dictionary(
      fc.constantFrom('pods-only', 'quick-test', 'y'),
      fc.array(fc.constantFrom('cluster-ip', 'node-port', 'z')),
    )
    .map((match) => ({ match })),
  predict: fc
    .dictionary(fc.constantFrom('declared-port', 'pods-port', 'y'), word)
    .map((predict) => ({ predict })),
  text: fc.string().map((text) => ({ text })),
};

describe('whatever is answered', () => {
  const all = library.exercises.flatMap((exercise) =>
    exercise.parts.map((part) => [`${exercise.id} ${part.id}`, exercise, part] as const),
  );

  it.each(all)('%s: a verdict within its bounds, the same each time', (_name, exercise, part) => {
    const runs = part.kind === 'manifest' ? 60 : 40;
    fc.assert(
      fc.property(answers[part.kind] as fc.Arbitrary<PartAnswer>, fc.string(), (answer, seed) => {
        const question = { part: part.id, seed, answer };
        const verdict = grade(exercise, question);
        expect(verdict.points).toBeGreaterThanOrEqual(0);
        expect(verdict.points).toBeLessThanOrEqual(verdict.maximum);
        expect(verdict.maximum).toBe(part.points);
        expect(JSON.stringify(grade(exercise, question))).toBe(JSON.stringify(verdict));
      }),
      { numRuns: runs },
    );
  });
});

describe('a grader', () => {
  const grader = createGrader(library);
  const [first] = library.exercises;

  it('judges by key, and throws for one that is not loaded', () => {
    if (!first) throw new Error('no exercise');
    const { id, version, digest } = first;
    const question = { part: 'service', seed: 's', answer: { manifest: 'x' } };
    expect(grader.grade({ id, version, digest }, question).outcome).toBe('rejected');
    expect(grader.check({ id, version, digest }, question).outcome).toBe('rejected');
    expect(() => grader.grade({ id, version: version + 1, digest }, question)).toThrow(
      /not loaded/,
    );
  });
});
