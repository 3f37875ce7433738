import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../src/exercise/digest.ts';
import { learnerView } from '../../src/exercise/learner-view.ts';
import { libraryOf, loadExercises } from '../../src/exercise/load.ts';
import { variantIndex } from '../../src/exercise/variant.ts';
import { exerciseWith, header, textPart, world } from './fixture.ts';

describe('the digest of a folder', () => {
  const files = (entries: Record<string, string>) =>
    new Map(Object.entries(entries).map(([name, text]) => [name, Buffer.from(text)]));

  it('does not depend on the order of the files', () => {
    expect(digestOf(files({ a: '1', b: '2' }))).toBe(digestOf(files({ b: '2', a: '1' })));
  });

  it('changes with every byte and every name, also where they run into each other', () => {
    const digests = [{ a: '1', b: '2' }, { a: '1', c: '2' }, { a: '12' }, { a: '1b2' }, { a1: '' }];
    expect(new Set(digests.map((each) => digestOf(files(each)))).size).toBe(digests.length);
  });
});

describe('a library', () => {
  it('finds an exercise by exactly its key', () => {
    const exercise = exerciseWith(textPart);
    const library = libraryOf([exercise]);
    const { id, version, digest } = exercise;
    expect(library.find({ id, version, digest })).toBe(exercise);
    expect(library.find({ id, version: 2, digest })).toBeUndefined();
    expect(library.find({ id, version, digest: 'other' })).toBeUndefined();
    expect(library.get('nobody')).toBeUndefined();
  });

  it('reads every folder once, and names the folder of what is wrong', () => {
    const folder = mkdtempSync(join(tmpdir(), 'exercises-'));
    const put = (name: string, yaml: string) => {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'exercise.yaml'), yaml);
      writeFileSync(join(folder, name, 'world.yaml'), world);
    };
    put('one', `${header}parts:\n${textPart}`);
    expect(loadExercises(folder).exercises.map(({ id }) => id)).toEqual(['fixture']);
    put('two', `${header}parts:\n${textPart}`);
    expect(() => loadExercises(folder)).toThrow(/two\/exercise\.yaml: id: another folder/);
    put('three', `${header}parts: []\n`);
    expect(() => loadExercises(folder)).toThrow(/three\/exercise\.yaml:\d+:\d+: parts/);
  });
});

describe('variants', () => {
  const parts = textPart.replace('Say.', '"Call it {{name}}."');
  const head = `${header}variants:\n  - { name: red }\n  - { name: blue }\n`;
  const exercise = exerciseWith(parts, {}, head);

  it('fill their parameters in everywhere', () => {
    const prompts = exercise.variants.map((variant) => variant.parts[0]?.prompt);
    expect(prompts).toEqual(['Call it red.', 'Call it blue.']);
  });

  it('are dealt by the seed: always the same, and all of them', () => {
    const dealt = (seed: string) => exercise.variantOf(seed).parameters.name;
    expect(dealt('ada')).toBe(dealt('ada'));
    const seeds = Array.from({ length: 50 }, (_, index) => `learner-${index}`);
    expect(new Set(seeds.map(dealt))).toEqual(new Set(['red', 'blue']));
  });

  it('have an index within their number, whatever the seed', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 50 }), (seed, count) => {
        const index = variantIndex('id', 1, seed, count);
        return Number.isInteger(index) && index >= 0 && index < count;
      }),
    );
  });
});

describe('what a learner sees', () => {
  const parts = `
- id: pick
  kind: choice
  title: Pick
  prompt: Pick.
  points: 1
  choose: one
  hints: [{ text: secret-hint, cost: 0.5 }]
  options: [{ id: a, text: A, reason: secret-reason, right: true }, { id: b, text: B, reason: secret-b }]
- id: pair
  kind: match
  title: Pair
  prompt: Pair.
  points: 1
  left: [{ id: l-one, text: One }, { id: l-two, text: Two }]
  right: [{ id: r-one, text: 1 1 }, { id: r-two, text: 2 2 }]
  pairs: { l-one: [r-one], l-two: [r-two] }
- id: guess
  kind: predict
  title: Guess
  prompt: Guess.
  points: 1
  questions: [{ id: q, text: What?, truth: { is: [secret-truth] } }]
- id: write
  kind: manifest
  title: Write
  prompt: Write.
  start: start.yaml
  checks:
    - { id: seen, kind: applies, title: seen-check, points: 1 }
    - { id: unseen, kind: object, title: secret-check, points: 1, hidden: true, name: secret-name }
`;
  const exercise = exerciseWith(parts, {
    'start.yaml': 'kind: Service\n',
    'answers/write/right-1.yaml': 'secret-answer',
  });
  const view = learnerView(exercise, 'ada');

  it('holds no answer, no reason, no hint and nothing of a hidden check', () => {
    expect(JSON.stringify(view)).not.toMatch(/secret|right":true|"pairs"|"truth"|"reason"/);
  });

  it('holds the texts, the start, the visible checks and what hints cost', () => {
    expect(view.parts.map(({ hintCosts }) => hintCosts)).toEqual([[0.5], [], [], []]);
    expect(view.parts[3]).toMatchObject({
      start: 'kind: Service\n',
      checks: [{ title: 'seen-check', points: 1 }],
      points: 2,
    });
    expect(view.points).toBe(5);
  });
});
