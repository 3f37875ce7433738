import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadDriver } from '../../src/store/dialect.ts';
import { openStore } from '../../src/store/index.ts';
import { admin, makeWorld } from '../gradebook/world.ts';
import { tempFolder } from './temp-folder.ts';

async function worldWithTwo() {
  const file = join(tempFolder(), 'lab.db');
  const store = openStore({ file });
  const world = makeWorld({ store });
  const course = await world.course();
  await course.submit('7');
  const bob = await world.gradebook.createEnrolment(admin, course.id, { externalId: 'bob' });
  const byBob = await world.actor('learner', course.id, bob.id);
  await course.submit('4', byBob);
  const erase = () =>
    world.gradebook.eraseLearner(admin, course.id, course.enrolment.id, {
      ...{ confirm: 'ada', reason: 'asked' },
    });
  return { ...world, file, store, course, bob, erase };
}

/** The answers as they lie in the file. */
const sqlOn = (file: string) => new (loadDriver(file))(file);

test('erasing one person leaves the others and every number as they were', async () => {
  const { store, course, bob, erase, file } = await worldWithTwo();
  const ledger = await store.ledger(course.id);
  const before = await store.history(course.id, bob.id, { limit: 9 });
  await erase();
  expect(await store.ledger(course.id)).toEqual(ledger);
  expect(await store.history(course.id, bob.id, { limit: 9 })).toEqual(before);
  const [own] = await store.history(course.id, course.enrolment.id, { limit: 9 });
  expect(own?.value).toMatchObject({ erased: true, points: 7, seed: '', answer: {} });
  await store.close();
  const database = sqlOn(file);
  const left = database.prepare("SELECT count(*) AS n FROM enrolments WHERE external_id = 'ada'");
  expect(left.get()).toEqual({ n: 0 });
  database.close();
});

test.each([
  ["UPDATE submissions SET answer = '{}', seed = ''", /append-only/],
  [
    "UPDATE grade_events SET comment = NULL WHERE comment = ''; UPDATE grade_events SET points = 0",
    /append-only/,
  ],
  ['UPDATE audit_events SET reason = NULL', /append-only/],
  ['UPDATE erasures SET done = 0', /append-only/],
  ['DELETE FROM erasures', /append-only/],
  ['DELETE FROM audit_learners', /append-only/],
])('afterwards nothing may be blanked any more: %s', async (sql, message) => {
  const { store, erase, file } = await worldWithTwo();
  await erase();
  await store.close();
  const database = sqlOn(file);
  expect(() => database.exec(sql)).toThrow(message);
  database.close();
});

test.each([
  "UPDATE submissions SET points = 10, answer = '{}', seed = ''",
  'UPDATE submissions SET answer = \'{"manifest":"x"}\', seed = \'\'',
  'UPDATE grade_events SET points = 10, comment = NULL',
  "UPDATE audit_events SET action = 'nothing'",
])('while it runs only words may go, and only of that person: %s', async (sql) => {
  const { store, course, file } = await worldWithTwo();
  await store.close();
  const database = sqlOn(file);
  const { enrolment } = course;
  database.exec(`BEGIN; INSERT INTO erasures (learner, pseudonym, at, token_id, done)
    SELECT place, 'p', 't', 't', 0 FROM enrolments WHERE id = '${enrolment.id}'`);
  expect(() => database.exec(sql)).toThrow(/append-only/);
  const ofAll = "UPDATE submissions SET answer = '{}', seed = ''";
  expect(() => database.exec(ofAll)).toThrow(/append-only/);
  database.close();
});

test('whoever was erased hands in nothing more', async () => {
  const { course, erase } = await worldWithTwo();
  await erase();
  await expect(course.submit('9')).rejects.toMatchObject({ code: 'forbidden' });
});
