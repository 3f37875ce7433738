import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roundToHundredths } from '../../src/gradebook/grade/rounding.ts';
import { deriveGrade, deriveTotal } from '../../src/gradebook/grade.ts';
import type { GradeFact, Policy } from '../../src/gradebook/index.ts';

const best: Policy = { counts: 'best', hintsCost: true };
const last: Policy = { counts: 'last', hintsCost: true };
const free: Policy = { counts: 'best', hintsCost: false };

const at = '2026-09-01T08:00:00.000Z';

/** `a7` an attempt of 7 points, `h2` a hint that costs 2, `m3` a mark of 3, `t0` awaits marking. */
function facts(story: string): GradeFact[] {
  let hint = 0;
  return story
    .split(' ')
    .filter(Boolean)
    .map((word, index): GradeFact => {
      const base = { order: index + 1, part: 'p', at };
      const number = Number(word.slice(1));
      if (word[0] === 'h') return { ...base, kind: 'hint', hint: hint++, cost: number };
      if (word[0] === 'm') return { ...base, kind: 'mark', points: number };
      const awaitsMarking = word[0] === 't';
      return { ...base, kind: 'attempt', points: number, awaitsMarking };
    });
}

function rules(policy: Policy, points = 10) {
  const parts = [{ id: 'p', title: '', kind: 'manifest', points: 10 } as const];
  return { parts, policy, points, timeZone: 'UTC' };
}

describe('a part of 10 points', () => {
  test.each<[story: string, policy: Policy, points: number]>([
    ['', best, 0],
    ['a7', best, 7],
    ['a3 a7 a5', best, 7],
    ['a3 a7 a5', last, 5],
    ['h2 a7', best, 5],
    ['h2 a7', free, 7],
    ['a7 h2', best, 7],
    ['a6 h2 a10', best, 8],
    ['a9 h2 a10', best, 9],
    ['a9 h2 a10', last, 8],
    ['h2 h3 a4', best, 0],
    ['m4', best, 4],
    ['a9 m4', best, 4],
    ['m4 a9', best, 4],
    ['m4 m6', best, 6],
    ['h2 m6', best, 6],
    ['t0 m5', best, 5],
  ])('%j under %j is worth %d', (story, policy, points) => {
    expect(deriveGrade(facts(story), rules(policy)).points).toBe(points);
  });

  test.each<[story: string, awaits: boolean]>([
    ['', false],
    ['a7', false],
    ['t0', true],
    ['t0 m5', false],
    ['t0 m5 t0', true],
    ['t0 a7', false],
  ])('%j awaits marking: %j', (story, awaits) => {
    expect(deriveGrade(facts(story), rules(best)).awaitsMarking).toBe(awaits);
  });

  test('explains itself: which events are in the number', () => {
    const [part] = deriveGrade(facts('a3 h2 a9 h1'), rules(best)).parts;
    expect(part?.steps).toEqual([
      { kind: 'attempt', order: 1, at, points: 3, hintCost: 0, net: 3, counts: false },
      { kind: 'hint', order: 2, at, points: -2, counts: true },
      { kind: 'attempt', order: 3, at, points: 9, hintCost: 2, net: 7, counts: true },
      { kind: 'hint', order: 4, at, points: -1, counts: false },
    ]);
    expect(part?.hintCost).toBe(3);
  });

  test('a hint noted twice is paid once', () => {
    const twice: GradeFact[] = [
      { kind: 'hint', order: 1, part: 'p', at, hint: 0, cost: 2 },
      { kind: 'hint', order: 2, part: 'p', at, hint: 0, cost: 2 },
      { kind: 'attempt', order: 3, part: 'p', at, points: 9, awaitsMarking: false },
    ];
    expect(deriveGrade(twice, rules(best)).points).toBe(7);
  });
});

describe('an assignment', () => {
  const parts = [
    { id: 'p', title: '', kind: 'manifest', points: 10 },
    { id: '__proto__', title: '', kind: 'choice', points: 5 },
  ] as const;

  test('is the sum of its parts, in its own points', () => {
    const second: GradeFact = {
      kind: 'attempt',
      order: 2,
      part: '__proto__',
      at,
      points: 2,
      awaitsMarking: false,
    };
    const all = { parts, policy: best, points: 100, timeZone: 'UTC' };
    const grade = deriveGrade([...facts('a7'), second], all);
    expect(grade).toMatchObject({ points: 9, maximum: 15, score: 60, outOf: 100, late: false });
  });

  test('of no points has the score 0', () => {
    expect(deriveGrade([], { ...rules(best), parts: [] }).score).toBe(0);
  });

  test.each([
    [1.005, 1.01],
    [2.675, 2.68],
    [0.125, 0.13],
    [33.333333, 33.33],
    [66.666666, 66.67],
    [0, 0],
  ])('%d is rounded to %d', (value, rounded) => {
    expect(roundToHundredths(value)).toBe(rounded);
  });
});

const word = fc.oneof(
  fc.integer({ min: 0, max: 10 }).map((n) => `a${n}`),
  fc.integer({ min: 0, max: 3 }).map((n) => `h${n}`),
  fc.integer({ min: 0, max: 10 }).map((n) => `m${n}`),
);
const stories = fc.array(word, { maxLength: 12 }).map((words) => facts(words.join(' ')));
const policies = fc.constantFrom(best, last, free);

describe('whatever happened', () => {
  test('the order of arrival does not matter', () => {
    const shuffled = stories.chain((story) =>
      fc.tuple(fc.constant(story), fc.shuffledSubarray(story, { minLength: story.length })),
    );
    fc.assert(
      fc.property(shuffled, policies, ([story, mixed], policy) => {
        expect(deriveGrade(mixed, rules(policy))).toEqual(deriveGrade(story, rules(policy)));
      }),
    );
  });

  test('points stay between nothing and all', () => {
    fc.assert(
      fc.property(stories, policies, (story, policy) => {
        const { points } = deriveGrade(story, rules(policy));
        expect(points).toBeGreaterThanOrEqual(0);
        expect(points).toBeLessThanOrEqual(10);
      }),
    );
  });

  test('under best, another attempt or a hint never lowers what is earned', () => {
    fc.assert(
      fc.property(stories, fc.integer({ min: 0, max: 10 }), (story, points) => {
        const order = story.length + 1;
        const before = deriveGrade(story, rules(best)).points;
        const attempt = { order, part: 'p', at, points, awaitsMarking: false };
        const more = deriveGrade([...story, { kind: 'attempt', ...attempt }], rules(best)).points;
        const hint: GradeFact = { kind: 'hint', order, part: 'p', at, hint: 99, cost: 3 };
        expect(more).toBeGreaterThanOrEqual(before);
        expect(deriveGrade([...story, hint], rules(best)).points).toBe(before);
      }),
    );
  });

  test('the newest mark is the grade', () => {
    fc.assert(
      fc.property(stories, policies, fc.integer({ min: 0, max: 10 }), (story, policy, points) => {
        const mark: GradeFact = { kind: 'mark', order: story.length + 1, part: 'p', at, points };
        expect(deriveGrade([mark, ...story], rules(policy)).points).toBe(points);
      }),
    );
  });

  test('the total of reports is the grade, and the counting steps make the number', () => {
    fc.assert(
      fc.property(stories, policies, (story, policy) => {
        const { parts, steps: _, ...total } = deriveGrade(story, rules(policy));
        expect(deriveTotal(story, rules(policy))).toEqual(total);
        const counting = parts.flatMap((part) => part.steps).filter((step) => step.counts);
        const sum = counting.reduce((all, step) => all + step.points, 0);
        expect(Math.max(0, sum)).toBe(total.points);
      }),
    );
  });
});
