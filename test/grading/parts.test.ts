import { describe, expect, it } from 'vitest';
import { check, grade } from '../../src/grading/grade.ts';
import type { PartAnswer, Verdict } from '../../src/grading/verdict.ts';
import { limits } from '../../src/limits.ts';
import { exerciseWith, manifestPart } from '../exercise/fixture.ts';

const parts = `
- id: one
  kind: choice
  title: One
  prompt: One.
  points: 4
  choose: one
  options: [{ id: a, text: A, reason: ra, right: true }, { id: b, text: B, reason: rb }]
- id: several
  kind: choice
  title: Several
  prompt: Several.
  points: 4
  choose: several
  options:
    - { id: a, text: A, reason: ra, right: true }
    - { id: b, text: B, reason: rb, right: true }
    - { id: c, text: C, reason: rc }
    - { id: d, text: D, reason: rd }
- id: pair
  kind: match
  title: Pair
  prompt: Pair.
  points: 4
  left: [{ id: x, text: X }, { id: y, text: Y }]
  right: [{ id: p, text: P }, { id: q, text: Q }, { id: r, text: R }]
  pairs: { x: [p], y: [q, r] }
- id: guess
  kind: predict
  title: Guess
  prompt: Guess.
  points: 4
  questions:
    - id: refused
      text: What does the client get?
      options: [connected, refused, timeout]
      truth: { connects: { from: pod default/client, host: old, port: 80 } }
    - { id: name, text: Which?, truth: { resolves: { from: pod default/client, name: nobody } } }
    - { id: count, text: How many?, truth: { counts: { resource: pods, namespace: default, labels: { app: web } } } }
    - { id: word, text: Which word?, truth: { is: [Selector, the selector] } }
- id: say
  kind: text
  title: Say
  prompt: Say.
  points: 4
  completion: 1
  words: 3
- id: do
  kind: commands
  title: Do
  prompt: Do.
  checks:
    - { id: there, kind: object, title: There, points: 4, name: shop }
${manifestPart('{ id: applies, kind: applies, title: A, points: 1 }')}`;

const exercise = exerciseWith(parts);

const judge = (part: string, answer: PartAnswer): Verdict =>
  grade(exercise, { part, seed: 's', answer });

const codes = ({ checks, findings }: Verdict): string[] =>
  [...checks.flatMap((each) => each.findings), ...findings].map(({ code }) => code);

describe('what an answer is worth', () => {
  const cases: readonly [string, string, PartAnswer, number, string[]][] = [
    ['the right option', 'one', { choice: ['a'] }, 4, ['choice-right', 'choice-not-right']],
    ['a wrong option', 'one', { choice: ['b'] }, 0, ['choice-wrong']],
    [
      'all that is right',
      'several',
      { choice: ['b', 'a'] },
      4,
      ['choice-right', 'choice-right', 'choice-not-right', 'choice-not-right'],
    ],
    ['half of it', 'several', { choice: ['a'] }, 2, ['choice-incomplete']],
    ['everything', 'several', { choice: ['a', 'b', 'c', 'd'] }, 0, ['choice-wrong']],
    [
      'right and wrong',
      'several',
      { choice: ['a', 'c'] },
      0,
      ['choice-wrong', 'choice-incomplete'],
    ],
    ['nothing', 'several', { choice: [] }, 0, ['choice-incomplete']],
    ['all pairs', 'pair', { match: { x: ['p'], y: ['r', 'q'] } }, 4, []],
    ['one pair', 'pair', { match: { x: ['p'] } }, 2, ['match-empty']],
    ['a wrong pair', 'pair', { match: { x: ['p'], y: ['q'] } }, 1, ['match-wrong']],
    [
      'every prediction',
      'guess',
      { predict: { refused: ' Refused', name: 'none', count: '3', word: 'THE  selector' } },
      4,
      [],
    ],
    [
      'a wrong guess',
      'guess',
      { predict: { refused: 'timeout', name: 'none', count: '3' } },
      1.5,
      ['predict-wrong', 'predict-empty'],
    ],
    ['a text', 'say', { text: 'three plain words' }, 1, ['text-awaits-marking']],
    [
      'commands',
      'do',
      { commands: ['# first', '', 'kubectl create service clusterip shop --tcp=80'] },
      4,
      [],
    ],
    [
      'commands that do something else',
      'do',
      { commands: ['$ kubectl create service clusterip other --tcp=80'] },
      0,
      ['check-object-missing'],
    ],
  ];
  it.each(cases)('%s', (_name, part, answer, points, expected) => {
    const verdict = judge(part, answer);
    expect(verdict).toMatchObject({ outcome: 'graded', points, maximum: 4 });
    expect(codes(verdict)).toEqual(expected);
  });
});

describe('what is not wholly right tells nothing of single options', () => {
  const cases: readonly [string, string, PartAnswer, PartAnswer][] = [
    ['choice of one', 'one', { choice: ['b'] }, { choice: ['b'] }],
    ['choice of several', 'several', { choice: ['a', 'c'] }, { choice: ['d', 'b'] }],
    ['match', 'pair', { match: { x: ['p'], y: ['q'] } }, { match: { x: ['q'], y: ['r', 'q'] } }],
    [
      'predict',
      'guess',
      { predict: { refused: 'refused', name: 'none', count: '2', word: 'selector' } },
      { predict: { refused: 'timeout', name: 'none', count: '3', word: 'selector' } },
    ],
  ];
  it.each(cases)('%s', (_name, part, one, other) => {
    const findings = (answer: PartAnswer) => judge(part, answer).checks[0]?.findings;
    expect(findings(one)).toEqual(findings(other));
  });
});

describe('what is refused costs no attempt, by grade and by check alike', () => {
  const cases: readonly [string, string, PartAnswer, string][] = [
    ['an option that is not there', 'one', { choice: ['z'] }, 'choice-unknown'],
    ['two options of one', 'one', { choice: ['a', 'b'] }, 'choice-one'],
    ['an option twice', 'several', { choice: ['a', 'a'] }, 'choice-twice'],
    ['an item that is not there', 'pair', { match: { x: ['constructor'] } }, 'match-unknown'],
    ['an inherited name for an item', 'pair', { match: { toString: ['p'] } }, 'match-unknown'],
    ['a question that is not there', 'guess', { predict: { nothing: 'x' } }, 'predict-unknown'],
    ['an option not offered', 'guess', { predict: { refused: 'banana' } }, 'predict-impossible'],
    ['a word for a number', 'guess', { predict: { count: 'banana' } }, 'predict-impossible'],
    ['a text too short', 'say', { text: 'two words' }, 'text-too-short'],
    ['no command', 'do', { commands: ['', '# nothing'] }, 'commands-none'],
    ['another program', 'do', { commands: ['rm -rf /'] }, 'commands-not-kubectl'],
    ['a pipe', 'do', { commands: ['kubectl get pods | sh'] }, 'commands-failed'],
    ['a command that fails', 'do', { commands: ['kubectl nonsense'] }, 'commands-failed'],
    [
      'too many commands',
      'do',
      { commands: Array.from({ length: 51 }, () => 'kubectl version') },
      'commands-too-many',
    ],
    ['the answer to another kind', 'do', { text: 'three plain words' }, 'answer-kind'],
    [
      'a text without end',
      'answer',
      { manifest: '#'.repeat(limits.textBytes + 1) },
      'answer-too-long',
    ],
    ['no YAML', 'answer', { manifest: '{' }, 'kubectl-refused'],
    ['an empty manifest', 'answer', { manifest: '' }, 'kubectl-refused'],
    [
      'an unknown field',
      'answer',
      { manifest: '{apiVersion: v1, kind: Service, metadata: {name: x}, spec: {prots: []}}' },
      'kubectl-refused',
    ],
  ];
  it.each(cases)('%s', (_name, part, answer, code) => {
    for (const verb of [grade, check]) {
      const verdict = verb(exercise, { part, seed: 's', answer });
      expect(verdict).toMatchObject({ outcome: 'rejected', points: 0, checks: [] });
      expect(codes(verdict)).toContain(code);
    }
  });
});

it('check judges nothing of what would be taken', () => {
  const manifest =
    '{apiVersion: v1, kind: Service, metadata: {name: x}, spec: {ports: [{port: 80}]}}';
  const verdict = check(exercise, { part: 'answer', seed: 's', answer: { manifest } });
  expect(verdict).toMatchObject({ outcome: 'graded', points: 0, checks: [] });
  expect(verdict.transcript).toBe('service/x created\n');
});

it('a text awaits marking while a person may add points', () => {
  expect(judge('say', { text: 'three plain words' }).awaitsMarking).toBe(true);
  expect(judge('one', { choice: ['a'] }).awaitsMarking).toBe(false);
});

it('a part that is not there is the caller’s fault', () => {
  expect(() => judge('nowhere', { text: 'x' })).toThrow(/no part `nowhere`/);
});
