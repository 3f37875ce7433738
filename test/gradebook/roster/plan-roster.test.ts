import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Enrolment, Section } from '../../../src/gradebook/course.ts';
import { planRoster, type RosterPlan } from '../../../src/gradebook/roster/plan-roster.ts';
import type { RosterRow } from '../../../src/gradebook/roster/read-row.ts';
import type { Roster } from '../../../src/gradebook/roster/roster-store.ts';

const now = '2026-09-01T08:00:00.000Z';

function plan(rows: readonly RosterRow[], roster: Roster, absent: 'keep' | 'deactivate' = 'keep') {
  let made = 0;
  const newId = () => `id-${roster.enrolments.length}-${++made}`;
  return planRoster(rows, roster, { courseId: 'c', now, newId, absent });
}

function applied(roster: Roster, done: RosterPlan): Roster {
  const people = new Map<string, Enrolment>(roster.enrolments.map((one) => [one.id, one]));
  for (const { enrolment } of done.created) people.set(enrolment.id, enrolment);
  for (const { after } of [...done.updated, ...done.deactivated]) people.set(after.id, after);
  const sections: readonly Section[] = [...roster.sections, ...done.sections];
  return { enrolments: [...people.values()], sections };
}

const fields = fc.record(
  {
    externalId: fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'constructor', ''),
    name: fc.constantFrom('Ada', 'Bob', '', ' ', 'a\nb'),
    role: fc.constantFrom('learner', 'TA', 'teacher', 'boss', ''),
    section: fc.constantFrom('Lab 1', 'Lab 2', '', null),
    active: fc.constantFrom('yes', 'no', true, false, 'perhaps', ''),
  },
  { requiredKeys: ['externalId'] },
);
const rosters = fc
  .array(fields, { maxLength: 12 })
  .map((all) => all.map((one, index) => ({ row: index + 2, fields: one })));
const runs = { seed: 20_260_901, numRuns: 400 };
const empty: Roster = { enrolments: [], sections: [] };

test('a roster twice is a roster once', () => {
  let changing = 0;
  fc.assert(
    fc.property(rosters, rosters, (first, second) => {
      const there = applied(empty, plan(first, empty));
      const done = plan(second, there);
      changing += done.created.length + done.updated.length > 0 ? 1 : 0;
      const again = plan(second, applied(there, done));
      expect([again.created, again.updated, again.sections]).toEqual([[], [], []]);
      expect(again.unchanged).toBe(done.created.length + done.updated.length + done.unchanged);
    }),
    runs,
  );
  expect(changing).toBeGreaterThan(runs.numRuns / 2);
});

test('every row is one of created, updated, unchanged and skipped; nobody is there twice', () => {
  fc.assert(
    fc.property(rosters, rosters, (first, second) => {
      const there = applied(empty, plan(first, empty));
      const done = plan(second, there, 'deactivate');
      const { created, updated, unchanged, skipped } = done;
      expect(created.length + updated.length + unchanged + skipped).toBe(second.length);
      const ids = applied(there, done).enrolments.map(({ externalId }) => externalId);
      expect(new Set(ids).size).toBe(ids.length);
      const named = new Set<string>(second.map(({ fields: one }) => one.externalId));
      for (const { before } of done.deactivated) expect(named.has(before.externalId)).toBe(false);
    }),
    runs,
  );
});
