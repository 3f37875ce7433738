import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roundToHundredths } from '../../src/gradebook/grade/rounding.ts';
import { deriveGrade, deriveTotal, type PartOverride } from '../../src/gradebook/grade.ts';
import type { GradeFact, Policy, RegradeFact } from '../../src/gradebook/index.ts';

const best: Policy = { counts: 'best', hintsCost: true };
const last: Policy = { counts: 'last', hintsCost: true };
const first: Policy = { counts: 'first', hintsCost: true };
const mean: Policy = { counts: 'mean', hintsCost: true };
const free: Policy = { counts: 'best', hintsCost: false };

const at = '2026-09-01T08:00:00.000Z';

/**
 * `a7` an attempt of 7 points, `h2` a hint that costs 2, `m3` a mark of 3, `t0` awaits marking,
 * `r1=9` a regrade of the event 1 to 9 points, `n1=9` the same but never to less.
 */
function facts(story: string): GradeFact[] {
  let hint = 0;
  return story
    .split(' ')
    .filter(Boolean)
    .map((word, index): GradeFact => {
      const base = { order: index + 1, part: 'p', at };
      if (word[0] === 'r' || word[0] === 'n') return regrade(word, base);
      const number = Number(word.slice(1));
      if (word[0] === 'h') return { ...base, kind: 'hint', hint: hint++, cost: number };
      if (word[0] === 'm') return { ...base, kind: 'mark', points: number };
      const awaitsMarking = word[0] === 't';
      return { ...base, kind: 'attempt', points: number, awaitsMarking };
    });
}

function regrade(word: string, base: { order: number; part: string; at: string }): RegradeFact {
  const [attempt = 0, points = 0] = word.slice(1).split('=').map(Number);
  const keep = word[0] === 'n' ? 'never-lower' : 'as-judged';
  const rest = { awaitsMarking: false, regradeId: 'r' };
  return { ...base, kind: 'regrade', attempt, points, keep, ...rest };
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
    ['a3 a7 a5', first, 3],
    ['a3 a7 a5', mean, 5],
    ['a1 a1 a2', mean, 4 / 3],
    ['a3 h2 a9', mean, 5],
    ['a3 h2 a9', first, 3],
    ['a3 r1=9', best, 9],
    ['a8 r1=2', best, 2],
    ['a8 n1=2', best, 8],
    ['a8 n1=9', best, 9],
    ['a8 r1=2 n1=5', best, 5],
    ['a8 n1=9 r1=4', best, 4],
    ['h2 a6 r2=9', best, 7],
    ['a6 h2 r1=9', best, 9],
    ['a9 a5 r2=7', last, 7],
    ['a9 a5 r1=0', first, 0],
    ['a4 m6 r1=9', best, 6],
    ['r7=9 a4', best, 4],
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

const override = (more: Partial<PartOverride>, minute = 0): PartOverride => ({
  ...{ id: `o${minute}`, excused: false },
  createdAt: `2026-09-02T08:0${minute}:00.000Z`,
  ...more,
});

function under(overrides: readonly PartOverride[], story: string, points = 100) {
  const ofTwo = { ...rules(best, points), parts: [...rules(best).parts, second] };
  return deriveGrade(facts(story), ofTwo, { extensions: [], overrides });
}

const second = { id: 'q', title: '', kind: 'choice', points: 10 } as const;

describe('a person’s word, where p has 6 of 10 points and q none of 10', () => {
  test.each<[why: string, overrides: PartOverride[], score: number, excused: boolean]>([
    ['none', [], 30, false],
    ['on a part', [override({ part: 'p', points: 9 })], 45, false],
    ['a bonus', [override({ part: 'p', points: 30 })], 150, false],
    ['a part is excused', [override({ part: 'q', excused: true })], 60, false],
    ['the counting part is', [override({ part: 'p', excused: true })], 0, false],
    ['on the whole', [override({ points: 77.777 })], 77.78, false],
    ['the whole is excused', [override({ excused: true })], 0, true],
    ['every part is excused', ['p', 'q'].map((part) => override({ part, excused: true })), 0, true],
    ['the newest holds', [override({ points: 5 }, 2), override({ points: 9 }, 1)], 5, false],
    [
      'points take an excuse back',
      [override({ excused: true }), override({ points: 4 }, 1)],
      4,
      false,
    ],
    ['a comment alone decides nothing', [override({ comment: 'Hm' })], 30, false],
    [
      'a comment leaves the points before it',
      [override({ points: 5 }), override({ comment: 'Hm' }, 1)],
      5,
      false,
    ],
    ['of another part', [override({ part: 'gone', points: 9 })], 30, false],
  ])('%s', (_why, overrides, score, excused) => {
    expect(under(overrides, 'a6')).toMatchObject({ score, excused, outOf: 100 });
  });

  test('wins over marks, and nothing awaits marking any more', () => {
    const [part] = under([override({ part: 'p', points: 3, comment: 'So' })], 't0 m5 t0').parts;
    const said = { points: 3, overridden: true, awaitsMarking: false, comment: 'So' };
    expect(part).toMatchObject(said);
    expect(part?.steps.filter(({ counts }) => counts)).toEqual([
      expect.objectContaining({ kind: 'override', overrideId: 'o0', points: 3, net: 3 }),
    ]);
  });
});

describe('lateness', () => {
  const late = { per: 'day', unit: 'percentage', amount: 20 } as const;
  const dueAt = '2026-08-31T08:00:00.000Z';
  const strict = { ...rules({ ...best, late }), dueAt };
  const extended = (to: string) => ({ extensions: [{ dueAt: to }], overrides: [] });

  test('is told by the due date, and an extension given later heals it', () => {
    const story = facts('a9');
    expect(deriveGrade(story, strict)).toMatchObject({ points: 7, late: true });
    expect(deriveGrade(story, strict, extended(at))).toMatchObject({ points: 9, late: false });
    const partly = extended('2026-08-31T20:00:00.000Z');
    expect(deriveGrade(story, strict, partly)).toMatchObject({ points: 7, late: true });
    const earlier = extended('2026-01-01T00:00:00.000Z');
    expect(deriveGrade(story, strict, earlier)).toMatchObject({ points: 7 });
  });

  test('the best attempt is the one worth most after it', () => {
    const [one] = facts('a8');
    const early: GradeFact = { ...(one as GradeFact), at: dueAt };
    const [, later] = facts('x a9');
    const grade = deriveGrade([early, later as GradeFact], strict);
    expect(grade).toMatchObject({ points: 8, late: false });
    expect(
      deriveGrade([early, later as GradeFact], { ...strict, policy: { ...last, late } }),
    ).toMatchObject({
      points: 7,
      late: true,
      parts: [{ latePenalty: 2 }],
    });
  });

  test('a regrade is as late as its attempt was, a mark as its answer, an override is not', () => {
    expect(deriveGrade(facts('a5 r1=10'), strict).points).toBe(8);
    expect(deriveGrade(facts('t0 m10'), strict).points).toBe(8);
    expect(deriveGrade(facts('m10'), strict).points).toBe(10);
    const overrides = [override({ part: 'p', points: 10 })];
    expect(deriveGrade(facts('t0'), strict, { extensions: [], overrides }).points).toBe(10);
  });
});

test('a part that came to be worth more keeps each attempt’s share', () => {
  const [fact] = facts('a6');
  const old: GradeFact = { ...(fact as GradeFact), maximum: 8 } as GradeFact;
  expect(deriveGrade([old], rules(best)).points).toBe(7.5);
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
  fc
    .tuple(
      fc.constantFrom('r', 'n'),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 10 }),
    )
    .map(([kind, attempt, points]) => `${kind}${attempt}=${points}`),
);
const stories = fc.array(word, { maxLength: 12 }).map((words) => facts(words.join(' ')));
const late = { per: 'day', unit: 'points', amount: 1, floor: 2 } as const;
const policies = fc.constantFrom(best, last, first, mean, free, { ...mean, late });
const fixed = { seed: 8, numRuns: 300 };

/** Attempts are spread over days around the due date. */
const dated = stories.chain((story) =>
  fc
    .array(fc.integer({ min: -3, max: 5 }), { minLength: story.length, maxLength: story.length })
    .map((days) =>
      story.map((fact, index): GradeFact => {
        const time = Date.parse(at) + (days[index] ?? 0) * 86_400_000;
        return { ...fact, at: new Date(time).toISOString() };
      }),
    ),
);
const dueRules = (policy: Policy) => ({ ...rules(policy), dueAt: at });
const overrides = fc.array(
  fc
    .tuple(
      fc.constantFrom('p', undefined),
      fc.constantFrom(undefined, 0, 3.3, 10),
      fc.boolean(),
      fc.integer({ min: 0, max: 9 }),
    )
    .map(([part, points, excused, minute]) =>
      override({ ...(part && { part }), ...(points ? { points } : { excused }) }, minute),
    ),
  { maxLength: 4 },
);
const shuffled = <T>(list: readonly T[]) =>
  fc.shuffledSubarray([...list], { minLength: list.length });

describe('whatever happened', () => {
  test('the order of arrival does not matter', () => {
    const told = fc
      .tuple(
        dated,
        fc.uniqueArray(
          overrides.map(([one]) => one),
          { selector: (one) => one?.id },
        ),
      )
      .chain(([story, words]) => {
        const said = words.filter((one) => one !== undefined);
        return fc.tuple(fc.constant({ story, said }), shuffled(story), shuffled(said));
      });
    fc.assert(
      fc.property(told, policies, ([{ story, said }, mixed, mixedSaid], policy) => {
        const grade = (events: readonly GradeFact[], list: readonly PartOverride[]) =>
          deriveGrade(events, dueRules(policy), { extensions: [], overrides: list });
        expect(grade(mixed, mixedSaid)).toEqual(grade(story, said));
      }),
      fixed,
    );
  });

  test('replay gives the same number, also from what was written down', () => {
    fc.assert(
      fc.property(dated, policies, overrides, (story, policy, list) => {
        const grade = (events: readonly GradeFact[]) =>
          deriveGrade(events, dueRules(policy), { extensions: [], overrides: list });
        expect(grade(JSON.parse(JSON.stringify(story)) as GradeFact[])).toEqual(grade(story));
      }),
      fixed,
    );
  });

  test('points stay between nothing and all', () => {
    fc.assert(
      fc.property(dated, policies, (story, policy) => {
        const { points } = deriveGrade(story, dueRules(policy));
        expect(points).toBeGreaterThanOrEqual(0);
        expect(points).toBeLessThanOrEqual(10);
      }),
      fixed,
    );
  });

  test('under best, another attempt or a hint never lowers what is earned', () => {
    fc.assert(
      fc.property(dated, fc.integer({ min: 0, max: 10 }), (story, points) => {
        const order = story.length + 100;
        const before = deriveGrade(story, dueRules(best)).points;
        const attempt = { order, part: 'p', at, points, awaitsMarking: false };
        const more = deriveGrade(
          [...story, { kind: 'attempt', ...attempt }],
          dueRules(best),
        ).points;
        const hint: GradeFact = { kind: 'hint', order, part: 'p', at, hint: 99, cost: 3 };
        expect(more).toBeGreaterThanOrEqual(before);
        expect(deriveGrade([...story, hint], dueRules(best)).points).toBe(before);
      }),
      fixed,
    );
  });

  test('the newest mark is the grade, whatever regrades follow', () => {
    fc.assert(
      fc.property(stories, policies, fc.integer({ min: 0, max: 10 }), (story, policy, points) => {
        const order = story.length + 1;
        const mark: GradeFact = { kind: 'mark', order, part: 'p', at, points };
        const [regraded] = facts('r1=10');
        const after = { ...(regraded as GradeFact), order: order + 1 };
        expect(deriveGrade([mark, ...story, after], rules(policy)).points).toBe(points);
      }),
      fixed,
    );
  });

  test('an override wins over a regrade, and over everything else', () => {
    fc.assert(
      fc.property(dated, policies, fc.integer({ min: 0, max: 10 }), (story, policy, points) => {
        const one = override({ part: 'p', points });
        const exceptions = { extensions: [], overrides: [one] };
        expect(deriveGrade(story, dueRules(policy), exceptions).points).toBe(points);
      }),
      fixed,
    );
  });

  test('never-lower never lowers, as-judged is what was judged', () => {
    const regrades = fc.array(fc.tuple(fc.nat(12), fc.integer({ min: 0, max: 10 })));
    fc.assert(
      fc.property(dated, policies, regrades, (story, policy, list) => {
        const more = list.map(([attempt, points], index): GradeFact => {
          const base = { order: story.length + 1 + index, part: 'p', at };
          return regrade(`n${attempt + 1}=${points}`, base);
        });
        const before = deriveGrade(story, dueRules(policy)).points;
        const after = deriveGrade([...story, ...more], dueRules(policy)).points;
        expect(after).toBeGreaterThanOrEqual(before - 1e-9);
      }),
      fixed,
    );
  });

  test('an extension never lowers', () => {
    fc.assert(
      fc.property(dated, policies, fc.integer({ min: -5, max: 9 }), (story, policy, days) => {
        const dueAt = new Date(Date.parse(at) + days * 86_400_000).toISOString();
        const before = deriveGrade(story, dueRules(policy)).points;
        const exceptions = { extensions: [{ dueAt }], overrides: [] };
        const after = deriveGrade(story, dueRules(policy), exceptions).points;
        expect(after).toBeGreaterThanOrEqual(before - 1e-9);
      }),
      fixed,
    );
  });

  test('only the score is rounded, once and at the end', () => {
    fc.assert(
      fc.property(dated, policies, fc.integer({ min: 1, max: 999 }), (story, policy, points) => {
        const grade = deriveGrade(story, { ...dueRules(policy), points });
        expect(grade.score).toBe(roundToHundredths((grade.points / grade.maximum) * points));
        const exact = grade.parts.reduce((sum, part) => sum + part.points, 0);
        expect(grade.points).toBe(exact);
      }),
      fixed,
    );
  });

  test('the total of reports is the grade, and the counting steps make the number', () => {
    fc.assert(
      fc.property(dated, policies, (story, policy) => {
        const { parts, steps: _, ...total } = deriveGrade(story, dueRules(policy));
        expect(deriveTotal(story, dueRules(policy))).toEqual(total);
        const counting = parts
          .flatMap((part) => part.steps)
          .filter(({ kind, counts }) => counts && (kind === 'attempt' || kind === 'mark'));
        const sum = counting.reduce((all, step) => all + (step.net ?? 0), 0);
        expect(counting.length === 0 ? 0 : sum / counting.length).toBeCloseTo(total.points, 10);
      }),
      fixed,
    );
  });
});
