import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deriveGrade } from '../../src/gradebook/grade.ts';
import { loadDriver } from '../../src/store/dialect.ts';
import { openStore } from '../../src/store/index.ts';
import { readMigrations } from '../../src/store/migrations.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { tempFolder } from './temp-folder.ts';

/** A store as the first release left it: a late attempt after a hint, a mark, a course beside. */
const before = `
INSERT INTO courses (id, title, created_at) VALUES ('c', 'C', '2026-01-01T00:00:00.000Z');
INSERT INTO courses (id, title, created_at) VALUES ('d', 'D', '2026-01-01T00:00:00.000Z');
INSERT INTO assignments (id, course_id, exercise_id, exercise_version, exercise_digest, title,
  points, due_at, parts, policy, revision, created_at)
VALUES ('a', 'c', 'x', 1, 'g', 'A', 100, '2026-09-01T08:00:00.000Z',
  '[{"id":"fix","title":"","kind":"manifest","points":10},{"id":"why","title":"","kind":"text","points":10}]',
  '{"counts":"best","hintsCost":true,"attempts":3}', 4, '2026-01-01T00:00:00.000Z');
INSERT INTO enrolments (id, course_id, external_id, name, role, created_at)
VALUES ('l', 'c', 'ada', 'Ada', 'learner', '2026-01-01T00:00:00.000Z');
INSERT INTO tokens (id, hash, label, role, created_at)
VALUES ('t', 'h', 'T', 'admin', '2026-01-01T00:00:00.000Z');
INSERT INTO submissions (id, course, assignment, learner, part, outcome, attempt, exercise_id,
  exercise_version, exercise_digest, seed, engine_version, answer, verdict, points, maximum, late,
  token, at)
VALUES ('s', 1, 1, 1, 'fix', 'graded', 1, 'x', 1, 'g', 'seed', 'e', '{"manifest":"x"}', '{}',
  8, 10, 1, 1, '2026-09-02T08:00:00.000Z');
INSERT INTO grade_events (course, learner, assignment, seq, kind, part, points, hint, token, at)
VALUES (1, 1, 1, 1, 'hint', 'fix', 2, 0, 1, '2026-08-31T08:00:00.000Z');
INSERT INTO grade_events (course, learner, assignment, seq, kind, part, points, awaits_marking,
  late, submission, token, at)
VALUES (1, 1, 1, 2, 'attempt', 'fix', 8, 0, 1, 1, 1, '2026-09-02T08:00:00.000Z');
INSERT INTO grade_events (course, learner, assignment, seq, kind, part, points, comment, token, at)
VALUES (1, 1, 1, 3, 'mark', 'why', 7, 'Good', 1, '2026-09-03T08:00:00.000Z');
INSERT INTO audit_events (id, at, token_id, action, subject) VALUES ('e', 'x', 't', 'a', 's');
`;

function oldStore(): string {
  const file = join(tempFolder(), 'lab.db');
  const { database, unlock } = openDatabase({ file, migrations: readMigrations().slice(0, 1) });
  database.exec(before);
  database.close();
  unlock();
  return file;
}

test('a store of the first release keeps everything, and its grades stay the same', async () => {
  const store = openStore({ file: oldStore() });
  const facts = await store.facts({ courseId: 'c', assignmentId: 'a', learnerId: 'l' });
  const at = (day: string) => `2026-${day}T08:00:00.000Z`;
  expect(facts).toEqual([
    { kind: 'hint', order: 1, part: 'fix', at: at('08-31'), hint: 0, cost: 2 },
    {
      ...{ kind: 'attempt', order: 2, part: 'fix', at: at('09-02') },
      ...{ points: 8, maximum: 10, awaitsMarking: false },
    },
    { kind: 'mark', order: 3, part: 'why', at: at('09-03'), points: 7, comment: 'Good' },
  ]);
  const assignment = await store.assignment('c', 'a');
  if (assignment === undefined) throw new Error('the assignment is lost');
  expect(assignment).toMatchObject({
    ...{ dueAt: at('09-01'), mode: 'graded', prerequisites: [], timeZone: 'UTC', local: {} },
    policy: { counts: 'best', hintsCost: true, attempts: 3 },
    release: { grades: 'at-once', explanations: 'at-once' },
    revision: 4,
  });
  expect(deriveGrade(facts, assignment)).toMatchObject({ points: 13, score: 65, late: true });
  expect(await store.enrolment('c', 'l')).toMatchObject({ externalId: 'ada', name: 'Ada' });
  expect(await store.course('d')).toMatchObject({ title: 'D', timeZone: 'UTC' });
  expect(await store.submission('s')).toMatchObject({ points: 8, late: true });
  await store.close();
});

test('events stay append-only, lie as before, and nothing refers to what is gone', async () => {
  const file = oldStore();
  await openStore({ file }).close();
  const database = new (loadDriver(file))(file);
  expect(() => database.exec('UPDATE grade_events SET points = 10')).toThrow(/append-only/);
  expect(() => database.exec('DELETE FROM grade_events')).toThrow(/append-only/);
  const wr = "SELECT wr FROM pragma_table_list WHERE name = 'grade_events'";
  expect(database.prepare(wr).get()).toEqual({ wr: 1 });
  expect(database.pragma('foreign_key_check')).toEqual([]);
  expect(database.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  database.close();
});
