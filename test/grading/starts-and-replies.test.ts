import { describe, expect, it } from 'vitest';
import { grade } from '../../src/grading/grade.ts';
import type { PartAnswer, Verdict } from '../../src/grading/verdict.ts';
import { exerciseWith } from '../exercise/fixture.ts';

const codes = ({ checks, findings }: Verdict): string[] =>
  [...findings, ...checks.flatMap((each) => each.findings)].map(({ code }) => code);

const judgeOf = (exercise: ReturnType<typeof exerciseWith>) => (part: string, answer: PartAnswer) =>
  grade(exercise, { part, seed: 's', answer });

describe('what stands before a part', () => {
  const steps = `
  before:
    - apply: more.yaml
    - create: other.yaml
    - run: kubectl delete pod api
    - run: kubectl scale deployment web --replicas=1
`;
  const exercise = exerciseWith(
    `
- id: guess
  kind: predict
  title: G
  prompt: G.
  points: 5${steps.trimEnd()}
  questions:
    - { id: services, text: S, truth: { counts: { resource: services, namespace: default } } }
    - { id: web, text: W, truth: { counts: { resource: pods, labels: { app: web } } } }
    - { id: api, text: A, truth: { succeeds: kubectl get pod api } }
    - { id: file, text: F, truth: { accepts: bad.yaml } }
    - { id: type, text: T, options: [ClusterIP, NodePort], truth: { shows: kubectl get service more } }
- id: other
  kind: predict
  title: O
  prompt: O.
  points: 1
  questions: [{ id: web, text: W, truth: { counts: { resource: pods, labels: { app: web } } } }]
- id: platform
  kind: predict
  title: P
  prompt: P.
  points: 2
  before: [{ apply: balanced.yaml }]
  questions:
    - { id: here, text: H, options: [localhost, <pending>], truth: { shows: kubectl get service balanced } }
    - { id: there, text: T, on: kind, options: [localhost, <pending>], truth: { shows: kubectl get service balanced } }
- id: repair
  kind: commands
  title: R
  prompt: R.${steps.trimEnd()}
  checks: [{ id: gone, kind: count, title: C, points: 1, resource: services, namespace: default, is: 3 }]
`,
    {
      'more.yaml':
        '{apiVersion: v1, kind: Service, metadata: {name: more}, spec: {ports: [{port: 80}]}}',
      'other.yaml':
        '{apiVersion: v1, kind: Service, metadata: {name: other}, spec: {ports: [{port: 80}]}}',
      'bad.yaml':
        '{apiVersion: v1, kind: Service, metadata: {name: Bad}, spec: {ports: [{port: 80}]}}',
      'balanced.yaml':
        '{apiVersion: v1, kind: Service, metadata: {name: balanced}, spec: {type: LoadBalancer, ports: [{port: 80}]}}',
    },
  );
  const judge = judgeOf(exercise);

  it('is the world that its questions are asked of, and of no other part', () => {
    const predict = { services: '4', web: '1', api: 'fails', file: 'refused', type: 'ClusterIP' };
    expect(judge('guess', { predict }).points).toBe(5);
    expect(judge('other', { predict: { web: '3' } }).points).toBe(1);
  });

  it('can be asked of on another platform', () => {
    expect(judge('platform', { predict: { here: 'localhost', there: '<pending>' } }).points).toBe(
      2,
    );
    expect(judge('platform', { predict: { here: '<pending>', there: '<pending>' } }).points).toBe(
      0,
    );
  });

  it('is where the answer of the part begins', () => {
    expect(judge('repair', { commands: ['kubectl delete service more'] }).points).toBe(1);
    expect(judge('repair', { commands: ['kubectl get services'] }).points).toBe(0);
  });

  it('names the step that cannot be done', () => {
    const load = () =>
      exerciseWith(
        `\n- { id: t, kind: text, title: T, prompt: T, points: 1, before: [{ run: kubectl delete pod nobody }] }\n`,
      );
    expect(load).toThrow(/kubectl delete pod nobody: .*not found/);
  });
});

describe('a bank of questions', () => {
  const option = (id: string, right = false) =>
    `{ id: ${id}, text: T${id}, reason: R${id}, right: ${right} }`;
  const three = [option('a', true), option('b'), option('c')].join(', ');
  const exercise = exerciseWith(`
- id: bank
  kind: choice
  title: B
  prompt: B.
  points: 6
  questions:
    - { id: q1, text: Q1, choose: one, options: [${three}] }
    - { id: q2, text: Q2, choose: one, options: [${three}] }
    - { id: q3, text: Q3, choose: several, options: [${three}, ${option('d', true)}] }
`);
  const judge = judgeOf(exercise);
  const rows: readonly (readonly [string, Record<string, string[]>, number, string[]])[] = [
    [
      'all right',
      { q1: ['a'], q2: ['a'], q3: ['d', 'a'] },
      6,
      ['choice-right', 'choice-not-right'],
    ],
    ['two of three', { q1: ['a'], q2: ['a'] }, 4, ['choice-incomplete', 'choice-empty']],
    [
      'one wrong takes away',
      { q1: ['a'], q2: ['b'] },
      1,
      ['choice-wrong', 'choice-incomplete', 'choice-empty'],
    ],
    [
      'all wrong',
      { q1: ['b'], q2: ['c'], q3: ['b', 'c'] },
      0,
      ['choice-wrong', 'choice-incomplete'],
    ],
    ['nothing', {}, 0, ['choice-incomplete', 'choice-empty']],
  ];
  it.each(rows)('%s', (_name, choices, points, expected) => {
    const verdict = judge('bank', { choices });
    expect(verdict).toMatchObject({ outcome: 'graded', points, maximum: 6 });
    expect([...new Set(codes(verdict))]).toEqual(expected);
  });

  it('gains nobody who guesses anything', () => {
    const guesses = ['a', 'b', 'c'].flatMap((one) => ['a', 'b', 'c'].map((two) => [one, two]));
    const net = guesses.map(([one, two]) => (one === 'a' ? 1 : -0.5) + (two === 'a' ? 1 : -0.5));
    expect(net.reduce((sum, each) => sum + each, 0)).toBeCloseTo(0);
    for (const [index, [one = '', two = '']] of guesses.entries()) {
      const { points } = judge('bank', { choices: { q1: [one], q2: [two] } });
      expect(points).toBeCloseTo(Math.max(0, net[index] ?? 0) * 2);
    }
  });

  const refused: readonly (readonly [string, PartAnswer, string])[] = [
    ['a question that was not dealt', { choices: { q9: ['a'] } }, 'choice-question-unknown'],
    ['an inherited name', { choices: { constructor: ['a'] } }, 'choice-question-unknown'],
    ['two of one', { choices: { q1: ['a', 'b'] } }, 'choice-one'],
    ['an unknown option', { choices: { q1: ['z'] } }, 'choice-unknown'],
    ['the form of a single question', { choice: ['a'] }, 'answer-kind'],
  ];
  it.each(refused)('refuses %s', (_name, answer, code) => {
    const verdict = judge('bank', answer);
    expect(verdict.outcome).toBe('rejected');
    expect(codes(verdict)).toContain(code);
  });
});

describe('what a text covers', () => {
  const exercise = exerciseWith(`
- id: say
  kind: text
  title: S
  prompt: S.
  words: 3
  completion: 1
  coverage:
    - { id: any, title: Selectors, points: 2, any: [selector*, matching labels] }
    - { id: all, title: Both, points: 1, all: [ClusterIP, NodePort] }
    - { id: near, title: Close, points: 1, any: [endpoint*], near: { phrases: [describe, get endpoints], lines: 1 } }
- { id: read, kind: text, title: R, prompt: R, points: 5, words: 1, coverage: [{ id: c, title: C, points: 2, any: [yes] }] }
`);
  const judge = judgeOf(exercise);
  const rows: readonly (readonly [string, string, number])[] = [
    ['nothing of it', 'three plain words', 1],
    ['a word with any ending', 'It uses **Selectors** here.', 3],
    ['a phrase over two lines', 'by the matching\nlabels of Pods', 3],
    ['a word inside another', 'one preselectorial thing', 1],
    ['one of two', 'the type ClusterIP only', 1],
    ['both', 'clusterip first.\n\nThen `NodePort`.', 2],
    ['close by', 'No endpoints?\nUse kubectl describe.', 2],
    ['too far off', 'No endpoints?\n\n\nUse kubectl describe.', 1],
  ];
  it.each(rows)('%s', (_name, text, points) => {
    expect(judge('say', { text })).toMatchObject({ points, maximum: 5, awaitsMarking: false });
  });

  it('is told with the lines it was seen in, or as missing', () => {
    const { checks } = judge('say', { text: 'First line.\nThe selector decides.' });
    const [, any, all] = checks;
    expect(any?.findings).toMatchObject([
      { code: 'coverage-found', observed: 'The selector decides.', range: { start: { line: 2 } } },
    ]);
    expect(all?.findings).toMatchObject([
      { code: 'coverage-missing', parameters: { item: 'Both' } },
    ]);
  });

  it('leaves to a person what neither it nor completion gives', () => {
    expect(judge('read', { text: 'yes' })).toMatchObject({
      points: 2,
      maximum: 5,
      awaitsMarking: true,
    });
  });
});

describe('a raw reply of which each candidate is judged', () => {
  const part = (candidates: string) => `
- id: reply
  kind: manifest
  title: R
  prompt: R.
  candidates: ${candidates}
  checks:
    - { id: web, kind: selects, title: W, points: 2, pods: { labels: { app: web }, count: 3 } }
    - { id: one, kind: count, title: O, points: 1, resource: services, namespace: default, is: 3 }
`;
  const block = (name: string, app: string) =>
    `\`\`\`yaml\napiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  selector: { app: ${app} }\n  ports: [{ port: 80 }]\n\`\`\`\n`;
  const reply = `First try:\n\n${block('a', 'wbe')}\nBetter:\n\n${block('b', 'web')}\nGood luck!\n`;
  const judge = (candidates: string, manifest: string) =>
    judgeOf(exerciseWith(part(candidates)))('reply', { manifest });

  it('counts the best, and says what was taken from where', () => {
    const verdict = judge('each', reply);
    expect(verdict.points).toBe(3);
    const judged = verdict.findings.filter(({ code }) => code.startsWith('candidate'));
    expect(
      judged.map(({ code, parameters }) => [code, parameters?.number, parameters?.lines]),
    ).toEqual([
      ['candidate-judged', 1, '4–10'],
      ['candidate-judged', 2, '16–22'],
      ['candidate-together', 3, '4–10, 16–22'],
      ['candidate-counts', 2, '16–22'],
    ]);
    expect(judged.map(({ parameters }) => parameters?.points)).toEqual([1, 3, 2, undefined]);
  });

  it('takes all of it together where that is not asked for', () => {
    const verdict = judge('together', reply);
    expect(verdict.points).toBe(2);
    expect(codes(verdict)[0]).toBe('answer-taken');
    expect(verdict.findings[0]?.parameters?.lines).toBe('4–10, 16–22');
  });

  it('judges those that can be judged where one is refused', () => {
    const broken = reply.replace('port: 80', 'port: 70000');
    expect(judge('each', broken)).toMatchObject({ outcome: 'graded', points: 3 });
    const allBroken = reply.replaceAll('port: 80', 'port: 70000');
    expect(judge('each', allBroken).outcome).toBe('rejected');
  });

  it('says nothing of candidates where there is but one', () => {
    expect(codes(judge('each', block('b', 'web')))).toEqual(['answer-taken']);
  });

  const manifest = block('b', 'web').replace(/```(yaml)?\n/g, '');
  const shells: readonly (readonly [string, string, string])[] = [
    [
      'in a fence',
      `Run this:\n\n\`\`\`bash\ncat <<EOF | kubectl apply -f -\n${manifest}EOF\n\`\`\`\n`,
      '5–11',
    ],
    [
      'quoted',
      `\`\`\`sh\nkubectl apply -f - <<'YAML'\n${manifest}YAML\nkubectl get svc\n\`\`\``,
      '3–9',
    ],
    ['without a fence', `Type:\ncat << "END" > x.yaml\n${manifest}END\n`, '3–9'],
  ];
  it.each(shells)('finds what a shell would read: %s', (_name, text, lines) => {
    for (const candidates of ['each', 'together']) {
      const verdict = judge(candidates, text);
      expect(verdict.points).toBe(3);
      expect(verdict.findings[0]?.parameters?.lines).toBe(lines);
    }
  });

  it('finds what Markdown shows as code because it is indented', () => {
    const indented = manifest.replace(/^(?=.)/gm, '    ');
    const verdict = judge('together', `Here is the fix:\n\n${indented}\nHope this helps!\n`);
    expect(verdict.points).toBe(3);
    expect(verdict.findings[0]?.parameters?.lines).toBe('3–9');
  });

  it('says so where it finds nothing', () => {
    const verdict = judge('each', 'Do it:\n```bash\nkubectl get pods\n```\n');
    expect(verdict.outcome).toBe('rejected');
    expect(codes(verdict)).toContain('answer-no-manifest');
  });
});
