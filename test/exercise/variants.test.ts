import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learnerView } from '../../src/exercise/learner-view.ts';
import { variantsOf } from '../../src/exercise/variant.ts';
import { exerciseWith, header, textPart } from './fixture.ts';

const rowsOf = (text: string) => variantsOf('exercise.yaml', text);

/** Factors with so many rows each, every row with a value of its own. */
const crossed = (sizes: readonly number[], count?: number): string => {
  const factors = sizes.map((size, factor) =>
    Array.from({ length: size }, (_, row) => `{ f${factor}: v${row} }`).join(', '),
  );
  const lines = factors.map((rows) => `    - [${rows}]`).join('\n');
  return `variants:\n${count === undefined ? '' : `  count: ${count}\n`}  cross:\n${lines}\n`;
};

describe('variants made of factors', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 });

  it('are never the same twice, and as many as were asked for where there are so many', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 60 }), (factors, count) => {
        const total = factors.reduce((product, size) => product * size, 1);
        const rows = rowsOf(crossed(factors, count)).map((row) => JSON.stringify(row));
        expect(new Set(rows).size).toBe(rows.length);
        expect(rows.length).toBe(Math.min(count, total));
      }),
      { seed: 7 },
    );
  });

  it('leave no row of a factor out where there are variants enough', () => {
    fc.assert(
      fc.property(sizes, (factors) => {
        const rows = rowsOf(crossed(factors, 40));
        for (const [factor, size] of factors.entries()) {
          const used = new Set(rows.map((row) => row[`f${factor}`]));
          expect(used.size).toBe(size);
        }
      }),
      { seed: 11 },
    );
  });

  it('are the same for ever', () => {
    expect(rowsOf(crossed([2, 3], 4)).map((row) => Object.values(row).join(''))).toEqual([
      'v0v0',
      'v1v1',
      'v0v2',
      'v1v0',
    ]);
  });
});

describe('variants in any YAML style', () => {
  const styles = {
    flow: 'variants: [{ app: shop }, { app: cart }]\n',
    block: 'variants:\n- app: shop\n-   app: cart\n',
    'with comments and blank lines':
      'variants:\n  # first\n\n  - app: shop # one\n\n  - {app: cart}\n',
    'among placeholders':
      'title: {{app}}-x\nbrief: "{{ app }}"\nvariants: [{ app: shop }, { app: cart }]\nparts: [{{app}}]\n',
    'quoted key': '"variants":\n  - "app": shop\n  - {"app": "cart"}\n',
    anchors: 'variants:\n  - { app: &first shop, was: *first }\n  - { app: cart, was: *first }\n',
  };
  it.each(Object.entries(styles))('%s', (_name, text) => {
    expect(rowsOf(text).map(({ app }) => app)).toEqual(['shop', 'cart']);
  });

  const mistakes: readonly (readonly [string, string, RegExp])[] = [
    ['no list', 'variants: 3\n', /exercise\.yaml:1:\d+: variants: /],
    ['no value', 'variants:\n  - { app: [1] }\n', /exercise\.yaml:2:\d+: variants\[0\]\.app: /],
    ['other names', 'variants:\n  - { a: 1 }\n  - { b: 1 }\n', /number 1 gives b, and number 0/],
    ['an odd name', 'variants:\n  - { 1a: 1 }\n', /variants\[0\]\.1a/],
    ['no factor', 'variants: { cross: [] }\n', /variants\.cross/],
    ['too many', 'variants: { count: 501, cross: [[{ a: 1 }]] }\n', /variants\.count/],
  ];
  it.each(mistakes)('told with its place: %s', (_name, text, expected) => {
    expect(() => rowsOf(text)).toThrow(expected);
  });
});

describe('what a seed deals', () => {
  const letters = [...'abcdefgh'];
  const option = (id: string) => `{ id: o-${id}, text: T${id}, reason: r, right: ${id === 'a'} }`;
  const question = (id: string) =>
    `{ id: q-${id}, text: Q${id}, choose: one, options: [${letters.map(option).join(', ')}] }`;
  const items = letters.map((id) => `{ id: i-${id}, text: I${id} }`).join(', ');
  const exercise = exerciseWith(`
- { id: bank, kind: choice, title: B, prompt: B, points: 3, draw: 3, questions: [${letters.map(question).join(', ')}] }
- { id: pair, kind: match, title: P, prompt: P, points: 1, left: [${items}], right: [${items}], pairs: { ${letters.map((id) => `i-${id}: [i-${id}]`).join(', ')} } }
- { id: guess, kind: predict, title: G, prompt: G, points: 1, questions: [{ id: q, text: Q, options: [a, b, c, d, e], truth: { is: [a] } }] }
`);
  const seeds = Array.from({ length: 60 }, (_, index) => `learner-${index}`);
  const view = (seed: string) => learnerView(exercise, seed).parts;
  const ids = (list: readonly unknown[] | undefined) =>
    (list ?? []).map((each) => (typeof each === 'string' ? each : (each as { id: string }).id));

  it('is the same whenever it is asked', () => {
    for (const seed of seeds) expect(view(seed)).toEqual(view(seed));
  });

  it('is every question of the bank for somebody, and as many as are drawn', () => {
    const dealt = seeds.map((seed) => ids(view(seed)[0]?.questions));
    expect(new Set(dealt.flat()).size).toBe(8);
    expect(dealt.every((each) => new Set(each).size === 3)).toBe(true);
  });

  it('puts everything without an order of its own into every place for somebody', () => {
    const firsts = (list: (seed: string) => readonly unknown[] | undefined) =>
      new Set(seeds.map((seed) => ids(list(seed))[0]));
    expect(firsts((seed) => view(seed)[1]?.right).size).toBe(8);
    expect(firsts((seed) => view(seed)[2]?.questions?.[0]?.options).size).toBe(5);
    expect(firsts((seed) => view(seed)[0]?.questions?.[0]?.options).size).toBe(8);
    expect(new Set(seeds.map((seed) => ids(view(seed)[1]?.left).join())).size).toBe(1);
  });

  it('is judged as it was dealt', () => {
    const { parts } = exercise.variantOf('ada');
    expect(ids(parts[0]?.kind === 'choice' ? parts[0].questions : [])).toEqual(
      ids(view('ada')[0]?.questions),
    );
  });
});

it('the explanation and the reasons are shown only to whoever may know them', () => {
  const parts = `${textPart}
- { id: one, kind: choice, title: O, prompt: O, points: 1, choose: one, options: [{ id: a, text: A, right: true, reason: because-a }, { id: b, text: B, reason: because-b }] }
`;
  const exercise = exerciseWith(parts, {}, `${header}explanation: the worked explanation\n`);
  expect(JSON.stringify(learnerView(exercise, 's'))).not.toMatch(/worked|because/);
  const told = learnerView(exercise, 's', true);
  expect(told.explanation).toBe('the worked explanation');
  expect(told.reasons?.map(({ reason, right }) => [reason, right]).sort()).toEqual([
    ['because-a', true],
    ['because-b', false],
  ]);
});
