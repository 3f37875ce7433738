import { describe, expect, test } from 'vitest';
import { nameless } from '../../../src/gradebook/analytics/reveal.ts';
import {
  defaultRiskRules,
  type RiskCase,
  type RiskRules,
  risksOf,
} from '../../../src/gradebook/analytics/risk.ts';
import type { CellGrade } from '../../../src/gradebook/reporting/course-cells.ts';

const now = '2026-10-20T12:00:00.000Z';
const off: RiskRules = {
  ...{ scoreBelow: null, missing: null, inactiveDays: null, stuckAttempts: null },
};

function cell(score: number, more: Partial<CellGrade> = {}): CellGrade {
  const flags = { awaitsMarking: false, late: false, excused: false, overridden: false };
  return { score, outOf: 10, attempted: true, ...flags, ...more };
}

/** Assignments of 10 points, due on these days of October; the n-th cell is the n-th's. */
function situation(due: readonly number[], cells: readonly (CellGrade | undefined)[]): RiskCase {
  const assignments = due.map((day, index) => ({
    place: index + 1,
    value: {
      ...{ id: `a${index}`, points: 10, mode: 'graded' },
      dueAt: `2026-10-${String(day).padStart(2, '0')}T00:00:00.000Z`,
    },
  }));
  const known = cells.flatMap((one, index) => (one ? [[index + 1, one] as const] : []));
  return {
    learner: { createdAt: '2026-10-01T00:00:00.000Z' },
    assignments,
    cells: new Map(known),
    exceptions: () => ({ extensions: [], overrides: [] }),
    now,
  } as unknown as RiskCase;
}

describe('a learner is at risk', () => {
  const late = [1, 2, 3] as const;
  test.each([
    ['below half of what is due', situation(late, [cell(4), cell(4), cell(4)]), 'scoreBelow', 0.4],
    ['with two missing', situation(late, [cell(10), undefined, undefined]), 'missing', 2],
    ['idle for 19 days', situation([28], []), 'inactiveDays', 19],
  ] as const)('%s', (_name, one, rule, found) => {
    const threshold = defaultRiskRules[rule];
    const only = { ...off, [rule]: threshold };
    expect(risksOf(one, only)).toEqual([{ rule, found, threshold }]);
    expect(risksOf(one, off)).toEqual([]);
  });

  test.each([
    ['with half of it', situation(late, [cell(5), cell(5), cell(5)])],
    [
      'where what is missing is excused',
      situation([1, 2], [cell(9), cell(0, { excused: true, attempted: false })]),
    ],
    ['before anything is due', situation([28], [cell(3)])],
  ])('not %s', (_name, one) => {
    expect(risksOf(one, { ...defaultRiskRules, inactiveDays: null })).toEqual([]);
  });

  test('not for being idle where everything is solved', () => {
    expect(risksOf(situation([28], [cell(10)]), defaultRiskRules)).toEqual([]);
  });

  test('when stuck at a part', () => {
    const activity = { learner: 1, lastActiveAt: now, stuckAttempts: 6 };
    const one = { ...situation([28], [cell(3)]), activity };
    expect(risksOf(one, defaultRiskRules)).toMatchObject([{ rule: 'stuckAttempts', found: 6 }]);
  });
});

test.each([
  ['apiVersion: v1 # by Ada Lovelace', 'apiVersion: v1 # by [name]'],
  ['name: ada-web, adapter', 'name: [name]-web, adapter'],
  ['owner: ada.l@example.org, LOVELACE', 'owner: [address], [name]'],
  ['id: u.1+2 and u91+2', 'id: [name] and u91+2'],
])('an example names nobody: %s', (manifest, shown) => {
  const names = ['Ada Lovelace', 'u.1+2'];
  expect(nameless({ answer: JSON.stringify({ manifest }), names })).toBe(shown);
});
