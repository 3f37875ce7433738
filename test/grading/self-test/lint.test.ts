import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { newExercise, newKinds } from '../../../src/commands/exercises/template/new-exercise.ts';
import { type Course, loadCourse } from '../../../src/exercise/course.ts';
import { exerciseOf } from '../../../src/exercise/load.ts';
import { lintExercise } from '../../../src/grading/self-test/lint/lint.ts';

const course: Course = {
  title: 'C',
  misconceptions: [{ id: 'port-is-target-port', title: 'T', text: 'T' }],
  modules: [
    {
      id: 'm',
      title: 'M',
      exercises: [
        {
          id: 'sound',
          prerequisites: [],
          minutes: 15,
          objective: 'O',
          level: 'beginner',
          misconceptions: ['port-is-target-port'],
        },
      ],
    },
  ],
};

type Change = (files: Record<string, string>) => void;

/** What lint says of a sound exercise with something made unsound. */
function lintOf(change: Change = () => undefined, kind: (typeof newKinds)[number] = 'manifest') {
  const files = { ...newExercise(kind, { id: 'sound', title: 'Sound' }) };
  change(files);
  const bytes = new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]));
  return lintExercise(exerciseOf(bytes, '010-sound'), course);
}

const inDefinition =
  (from: string | RegExp, to: string): Change =>
  (files) => {
    const before = files['exercise.yaml'] ?? '';
    const after = before.replace(from, to);
    expect(after).not.toBe(before);
    files['exercise.yaml'] = after;
  };

const without =
  (pattern: RegExp): Change =>
  (files) => {
    const names = Object.keys(files).filter((name) => pattern.test(name));
    expect(names).not.toEqual([]);
    for (const name of names) delete files[name];
  };

it.each(newKinds)('a new exercise of kind %s is sound', (kind) => {
  expect(lintOf(undefined, kind)).toEqual([]);
});

const faults: readonly [string, Change, (typeof newKinds)[number]?][] = [
  ['schema-line', inDefinition(/^#.*\n/, '')],
  ['explanation-missing', inDefinition(/explanation: \|\n(?: {2}.*\n)+/, '')],
  ['misconceptions-missing', inDefinition(/misconceptions:.*\n/, '')],
  ['misconception-unknown', inDefinition('[port-is-target-port]', '[no-such]')],
  ['outline-missing', inDefinition('id: sound', 'id: unlisted')],
  ['outline-differs', inDefinition('minutes: 15', 'minutes: 20')],
  ['answers-few', without(/right-plain/)],
  ['answers-few', without(/wrong-(name|protocol)/)],
  ['part-untried', without(/wrong-/)],
  ['check-unfailed', without(/wrong-pods-relabelled/)],
  [
    'answers-alike',
    (files) => {
      files['answers/service/right-again.yaml'] =
        `# Once more.\n${files['answers/service/right-plain.yaml']}`;
    },
  ],
  [
    'codes-missing',
    (files) => {
      const name = 'answers/service/wrong-name.yaml';
      files[name] = (files[name] ?? '').replace(/# codes:.*\n/, '');
    },
  ],
  ['check-unreachable', inDefinition('from: pod default/client', 'from: pod default/nobody')],
  [
    'check-unreachable',
    inDefinition("{ labels: { app: '{{app}}' }, count: 2 }", '{ labels: { app: x } }'),
  ],
  [
    'check-twice',
    inDefinition(
      '      - id: untouched',
      '      - { id: again, kind: untouched, title: T, points: 1 }\n      - id: untouched',
    ),
  ],
  ['points-hints', inDefinition('- cost: 2', '- cost: 20')],
  ['hints-order', inDefinition('- cost: 0.5', '- cost: 1.5')],
  [
    'points-variants',
    (files) => {
      inDefinition('- - { port: 8000 }', '- - { port: 8000, worth: 1 }')(files);
      inDefinition('- { port: 8080 }', '- { port: 8080, worth: 2 }')(files);
      inDefinition('- { port: 9000 }', '- { port: 9000, worth: 1 }')(files);
      inDefinition('points: 3', 'points: {{worth}}')(files);
    },
  ],
  [
    'points-wrong',
    (files) => {
      const name = 'answers/service/wrong-name.yaml';
      files[name] = (files[name] ?? '').replace('# score: 1', '# score: 10');
    },
  ],
  [
    'hint-tells-answer',
    inDefinition('What does a Service compare', 'Write app={{app}}. What does it'),
  ],
  [
    'hint-tells-answer',
    inDefinition('What does a Service compare', 'Try targetPort={{port}} as it is. What'),
  ],
  [
    'hint-tells-answer',
    inDefinition(
      'There is a command',
      'Not kubectl create service clusterip {{app}}-service --tcp={{front}}:{{port}} alone, but a command',
    ),
    'commands',
  ],
  [
    'title-tells-answer',
    (files) => {
      inDefinition('choose: several', 'choose: one')(files);
      inDefinition(
        'title: What is true of this Service?',
        'title: Clients call it on {{front}}',
      )(files);
      for (const id of ['process-port', 'lasting-address']) {
        files['exercise.yaml'] = (files['exercise.yaml'] ?? '').replace(
          new RegExp(`(- id: ${id}\\n.*\\n) +right: true\\n`),
          '$1',
        );
      }
    },
    'choice',
  ],
  [
    'choice-ambiguous',
    inDefinition('It makes the process listen on {{port}}', 'Clients call it on `{{front}}`.'),
    'choice',
  ],
  [
    'choice-ambiguous',
    inDefinition('It makes the process listen on {{port}}', 'None of the above'),
    'choice',
  ],
  [
    'choice-ambiguous',
    inDefinition(
      '[connected, refused, timeout, unresolved]',
      '[connected, refused, Refused, unresolved]',
    ),
    'predict',
  ],
  [
    'choice-ambiguous',
    inDefinition('On which port do clients call?', 'which pods receive packets?'),
    'match',
  ],
  [
    'reason-twice',
    inDefinition(
      "A Service sends packets somewhere; listening is the process's own affair.",
      'A Service takes only the ports that it declares.',
    ),
    'choice',
  ],
  ['variants-few', inDefinition('      - { port: 9000 }\n', '')],
  ['variants-alike', inDefinition('{ port: 9000 }', '{ port: 8000 }')],
  ['placeholder-unused', inDefinition(/\{ app: (\w+) \}/g, '{ app: $1, spare: $1 }')],
];

describe('lint says what makes an exercise unsound, and where', () => {
  it.each(faults)('%s', (rule, change, kind) => {
    const found = lintOf(change, kind).filter((each) => each.rule === rule);
    expect(found.length).toBeGreaterThan(0);
    for (const { line, column, message, advice } of found) {
      expect(line).toBeGreaterThan(0);
      expect(column).toBeGreaterThan(0);
      expect(message).not.toBe('');
      expect(advice).not.toBe('');
    }
  });

  it.each(['{{app}', '{{ app name }}', ['$', '{app}'].join('')])(
    'a placeholder like %s is none',
    (text) => {
      const found = lintOf((files) => {
        files['answers/service/wrong-name.yaml'] += `# ${text}\n`;
      });
      expect(found.map(({ rule }) => rule)).toEqual(['placeholder-broken']);
    },
  );

  it('a finding stands at the field it is about, templates or not', () => {
    const [found] = lintOf(
      inDefinition('What does a Service compare', 'Say app={{app}}. What does it'),
    );
    const text = newExercise('manifest', { id: 'sound', title: 'Sound' })['exercise.yaml'] ?? '';
    const line = text.split('\n').findIndex((each) => each.includes('What does a Service')) + 1;
    expect(found).toMatchObject({ file: 'exercise.yaml', line, rule: 'hint-tells-answer' });
  });
});

it('the shipped outline can be read', () => {
  expect(readFileSync('exercises/course.yaml', 'utf8')).toMatch(/^# yaml-language-server/);
  expect(loadCourse('exercises')?.modules.length).toBeGreaterThan(0);
});
