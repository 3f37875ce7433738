import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadDriver } from '../../src/store/dialect.ts';
import { openStore } from '../../src/store/index.ts';
import { admin, exercise, makeWorld } from '../gradebook/world.ts';
import { tempFolder } from './temp-folder.ts';

async function filledStore() {
  const file = join(tempFolder(), 'lab.db');
  const store = openStore({ file });
  const { gradebook, grader, course: makeCourse } = makeWorld({ store });
  const course = await makeCourse();
  const { submission } = await course.submit('5');
  return { file, store, gradebook, grader, course, submission };
}

test.each(['submissions', 'grade_events', 'audit_events'])('%s can only grow', async (table) => {
  const { file, store } = await filledStore();
  await store.close();
  const database = new (loadDriver(file))(file);
  expect(() => database.exec(`UPDATE ${table} SET at = 'later'`)).toThrow(/append-only/);
  expect(() => database.exec(`DELETE FROM ${table}`)).toThrow(/append-only/);
  database.close();
});

test('what was acknowledged is there after a crash, each key with its submission', async () => {
  const { file, store, gradebook, course } = await filledStore();
  const { id, assignment, learner } = course;
  const post = (key: string) =>
    gradebook.idempotent(
      learner,
      { key, route: 'r', digest: 'd' },
      (result: { submission: { id: string } }) => ({ status: 201, body: result.submission.id }),
      (receipt) =>
        gradebook.submit(
          learner,
          id,
          assignment.id,
          { part: 'fix', answer: { manifest: '5' } },
          receipt,
        ),
    );
  const answers = await Promise.all(['a', 'b', 'c'].map(post));

  const copy = join(tempFolder(), 'crashed.db');
  for (const end of ['', '-wal']) copyFileSync(file + end, copy + end);
  const after = openStore({ file: copy });
  for (const [index, key] of ['a', 'b', 'c'].entries()) {
    const receipt = await after.receipt({ tokenId: learner.tokenId, route: 'r', key });
    expect(receipt?.response).toEqual(answers[index]);
    expect(await after.submission(answers[index]?.body ?? '')).toBeDefined();
  }
  expect(await after.ledger(id)).toEqual(await store.ledger(id));
  await after.close();
  await store.close();
});

test('a submission comes back from the store as it was given', async () => {
  const { store, submission, course, grader } = await filledStore();
  const kept = await store.submission(submission.id);
  const { verdict, ...rest } = kept ?? {};
  expect(rest).toEqual(submission);
  const [question] = grader.asked;
  if (question === undefined) throw new Error('nothing was asked');
  expect(verdict).toBe(JSON.stringify(grader.grade(exercise, question)));
  expect(course.assignment.exercise).toEqual(submission.exercise);
  await store.close();
});

test('an event of a learner of another course is refused', async () => {
  const { store, course } = makeWorld();
  const [own, foreign] = [await course(), await course()];
  const scope = {
    courseId: own.id,
    assignmentId: own.assignment.id,
    learnerId: foreign.enrolment.id,
  };
  const event = {
    kind: 'mark',
    order: 1,
    part: 'fix',
    points: 1,
    at: 't',
    tokenId: own.learner.tokenId,
  } as const;
  const append = store.append(scope, () => ({ result: 1, events: [event] }));
  await expect(append).rejects.toMatchObject({ code: 'not-found' });
  expect(await store.ledger(foreign.id)).toEqual([]);
});

test('a closed store refuses, and may be closed again', async () => {
  const { store, gradebook } = await filledStore();
  const last = gradebook.createCourse(admin, { title: 'Last' });
  await store.close();
  await store.close();
  expect(await last).toMatchObject({ title: 'Last' });
  await expect(store.ping()).rejects.toMatchObject({ code: 'store-unavailable' });
  await expect(gradebook.createCourse(admin, { title: 'Late' })).rejects.toMatchObject({
    code: 'store-unavailable',
  });
});
