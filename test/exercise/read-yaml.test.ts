import { describe, expect, it } from 'vitest';
import { ExerciseError } from '../../src/exercise/read-yaml.ts';
import { exerciseWith, header, manifestPart, textPart } from './fixture.ts';

function problemsOf(make: () => unknown): readonly string[] {
  try {
    make();
  } catch (error) {
    if (error instanceof ExerciseError) return error.problems;
    throw error;
  }
  return [];
}

const connects = (rest: string) =>
  `{ id: a, kind: connects, title: A, points: 1, from: outside${rest} }`;

describe('an author’s mistake is named by file, line, column and field', () => {
  const mistakes: readonly [string, () => unknown, RegExp][] = [
    [
      'not YAML',
      () => exerciseWith(textPart, {}, `${header}brief: [`),
      /^exercise\.yaml:\d+:\d+: /,
    ],
    [
      'an unknown key',
      () =>
        exerciseWith(
          '\n- { id: say, kind: text, titel: x, title: Say, prompt: Say., points: 2, completion: 1 }',
        ),
      /^exercise\.yaml:18:\d+: parts\[0\]\.titel: /,
    ],
    [
      'a wrong type',
      () => exerciseWith(textPart.replace('points: 2', 'points: many')),
      /^exercise\.yaml:18:60: parts\[0\]\.points: /,
    ],
    [
      'an unknown kind of part',
      () => exerciseWith(textPart.replace('kind: text', 'kind: essay')),
      /parts\[0\]\.kind: /,
    ],
    ['a part twice', () => exerciseWith(textPart + textPart), /parts\[1\]\.id: stands twice/],
    [
      'more at completion than in all',
      () => exerciseWith(textPart.replace('completion: 1', 'completion: 3')),
      /parts\[0\]\.completion: must not be more/,
    ],
    [
      'neither reaches nor not',
      () => exerciseWith(manifestPart(connects(''))),
      /parts\[0\]\.checks\[0\]: a `connects` check has either/,
    ],
    [
      'a source that is none',
      () => exerciseWith(manifestPart(connects(', not: true').replace('outside', 'everywhere'))),
      /checks\[0\]\.from: must be `outside`/,
    ],
    [
      'churn of no connects check',
      () =>
        exerciseWith(manifestPart('{ id: b, kind: survives-churn, title: B, points: 1, of: a }')),
      /checks\[0\]\.of: `a` is no `connects` check/,
    ],
    [
      'a file that is not there',
      () =>
        exerciseWith(
          manifestPart(connects(', not: true')).replace(
            '  kind: manifest',
            '  kind: manifest\n  start: begin.yaml',
          ),
        ),
      /parts\[0\]\.start: there is no file `begin.yaml`/,
    ],
    [
      'no option right',
      () =>
        exerciseWith(`
- id: pick
  kind: choice
  title: Pick
  prompt: Pick.
  points: 1
  choose: one
  options: [{ id: a, text: A, reason: a }, { id: b, text: B, reason: b }]
`),
      /parts\[0\]\.options: no option is right/,
    ],
    [
      'a world that the API server refuses',
      () =>
        exerciseWith(textPart, {
          'world.yaml':
            'apiVersion: v1\nkind: Service\nmetadata: { name: x }\nspec: { ports: [{ port: 0 }] }\n',
        }),
      /^world\.yaml: .*spec\.ports\[0\]\.port/s,
    ],
    [
      'a parameter that no variant gives',
      () => exerciseWith(textPart.replace('Say.', '"Say {{what}}."')),
      /^exercise\.yaml:\d+:\d+: \{\{what\}\} is given by no variant/,
    ],
  ];
  it.each(mistakes)('%s', (_name, make, expected) => {
    expect(problemsOf(make).join('\n')).toMatch(expected);
  });
});
