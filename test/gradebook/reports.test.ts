import { describe, expect, test } from 'vitest';
import { makeDemo } from '../../src/gradebook/index.ts';
import { admin, exercise, makeWorld } from './world.ts';

describe('the gradebook of a course', () => {
  test('has a row a learner and a cell an assignment, and nothing of other courses', async () => {
    const { gradebook, course } = makeWorld();
    const [own, foreign] = [await course({ points: 30 }), await course()];
    await gradebook.createAssignment(admin, own.id, { exercise: exercise.id, title: 'Second' });
    const bob = await gradebook.createEnrolment(admin, own.id, { externalId: 'bob' });
    await gradebook.createEnrolment(admin, own.id, { externalId: 'prof', role: 'instructor' });
    await own.submit('7');
    await foreign.submit('10');
    const report = await gradebook.grades(admin, own.id);
    expect(report.assignments.map(({ title }) => title)).toEqual([exercise.title, 'Second']);
    expect(report.outOf).toBe(45);
    expect(report.rows).toMatchObject([
      { learner: own.enrolment, score: 14, cells: [{ score: 14, attempted: true }, { score: 0 }] },
      { learner: bob, score: 0, cells: [{ attempted: false }, { attempted: false }] },
    ]);
  });

  test('and the progress of a learner tell the same numbers', async () => {
    const { gradebook, course } = makeWorld();
    const { id, submit, hint, learner, enrolment } = await course({ policy: { attempts: 3 } });
    await submit('3');
    await hint();
    await submit('9');
    const progress = await gradebook.progress(learner, id);
    const [row] = (await gradebook.grades(admin, id)).rows;
    expect(progress).toMatchObject({ learner: enrolment, score: 8, outOf: 15 });
    expect(row).toMatchObject({ learner: enrolment, score: 8 });
    expect(progress.assignments[0]?.attempts).toEqual([
      { part: 'fix', used: 2, limit: 3, left: 1 },
      { part: 'why', used: 0, limit: 3, left: 3 },
    ]);
  });
});

describe('a mark', () => {
  test('gives a text its points, and wins over automatic ones', async () => {
    const { gradebook, course, actor } = makeWorld();
    const { id, assignment, enrolment, learner, submit } = await course();
    const assistant = await actor('assistant', id);
    const text = { part: 'why', answer: { text: 'because of the labels' } };
    const handed = await gradebook.submit(learner, id, assignment.id, text);
    expect(handed.grade).toMatchObject({ points: 0, awaitsMarking: true });
    await submit('9');
    const mark = (part: string, points: number, comment?: string) =>
      gradebook.mark(assistant, id, assignment.id, {
        learnerId: enrolment.id,
        part,
        points,
        comment,
      });
    expect(await mark('why', 4, 'Well said.')).toMatchObject({ points: 4, awaitsMarking: false });
    expect(await mark('fix', 2)).toMatchObject({ points: 2, marked: true });
    expect(await gradebook.progress(learner, id)).toMatchObject({ score: 6 });
    const seen = await gradebook.submission(learner, handed.submission.id);
    expect(seen.comment).toBe('Well said.');
    await expect(mark('why', 5.5)).rejects.toMatchObject({
      code: 'invalid',
      pointers: [{ pointer: '/points' }],
    });
  });

  test('is in the audit, with what it was before', async () => {
    const { gradebook, course, actor } = makeWorld();
    const { id, assignment, enrolment, submit } = await course();
    await submit('9');
    const assistant = await actor('assistant', id);
    const ask = { learnerId: enrolment.id, part: 'fix', points: 2 };
    await gradebook.mark(assistant, id, assignment.id, ask);
    const { items } = await gradebook.audit(admin, { courseId: id, limit: 1 });
    expect(items).toMatchObject([
      {
        action: 'mark:give',
        tokenId: assistant.tokenId,
        before: { points: 9, marked: false },
        after: { points: 2, marked: true },
      },
    ]);
  });
});

describe('an assignment', () => {
  test('pins the newest version of its exercise', async () => {
    const { course } = makeWorld();
    const { assignment } = await course();
    expect(assignment).toMatchObject({
      exercise: { id: exercise.id, version: 3 },
      title: exercise.title,
      points: 15,
      policy: { counts: 'best', hintsCost: true },
      revision: 1,
    });
  });

  test('is changed from the revision that was read, or not at all', async () => {
    const { gradebook, course } = makeWorld();
    const { id, assignment } = await course({ dueAt: '2026-10-01T00:00:00Z' });
    const change = { title: 'New', dueAt: null, policy: { attempts: 2 } };
    const changed = await gradebook.updateAssignment(admin, id, assignment.id, change, 1);
    expect(changed).toMatchObject({ title: 'New', revision: 2, policy: { attempts: 2 } });
    expect(changed.dueAt).toBeUndefined();
    expect(await gradebook.assignment(admin, id, assignment.id)).toEqual(changed);
    const again = gradebook.updateAssignment(admin, id, assignment.id, change, 1);
    await expect(again).rejects.toMatchObject({ code: 'stale' });
    const both = [{ title: 'A' }, { title: 'B' }].map((one) =>
      gradebook.updateAssignment(admin, id, assignment.id, one),
    );
    const outcomes = (await Promise.allSettled(both)).map(({ status }) => status);
    expect(outcomes.toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('that cannot be so is refused with every reason', async () => {
    const { gradebook, course } = makeWorld();
    const { id } = await course();
    const ask = {
      exercise: exercise.id,
      title: ' ',
      points: -1,
      dueAt: '2026-10-02T00:00:00Z',
      closesAt: '2026-10-01T00:00:00Z',
      policy: { attempts: 0 },
    };
    await expect(gradebook.createAssignment(admin, id, ask)).rejects.toMatchObject({
      pointers: [
        { pointer: '/title' },
        { pointer: '/points' },
        { pointer: '/closesAt' },
        { pointer: '/policy/attempts' },
      ],
    });
    const unknown = gradebook.createAssignment(admin, id, { exercise: 'constructor' });
    await expect(unknown).rejects.toMatchObject({ pointers: [{ pointer: '/exercise' }] });
  });
});

test('an external id is one person’s in its course, and free in another', async () => {
  const { gradebook, course } = makeWorld();
  const { id } = await course();
  const twice = gradebook.createEnrolment(admin, id, { externalId: 'ada' });
  await expect(twice).rejects.toMatchObject({ code: 'conflict' });
  await course();
});

test('the demo is made on an empty store, once, and its people can work', async () => {
  const { parts, gradebook, grader } = makeWorld();
  const demo = await makeDemo(parts);
  if (demo === undefined) throw new Error('no demo');
  expect(await makeDemo(parts)).toBeUndefined();
  expect(demo.assignments).toMatchObject([{ exerciseId: exercise.id }]);
  const [ada, grace] = await Promise.all(
    demo.learners.map(({ secret }) => gradebook.authenticate(secret)),
  );
  const instructor = await gradebook.authenticate(demo.instructor);
  if (!ada || !grace || !instructor) throw new Error('not known');
  const ask = { part: 'fix', answer: { manifest: '8' } };
  await gradebook.submit(ada, demo.courseId, demo.assignments[0]?.id ?? '', ask);
  const { rows } = await gradebook.grades(instructor, demo.courseId);
  expect(rows.map(({ learner, score }) => [learner.name, score])).toEqual([
    ['Ada', 8],
    ['Grace', 0],
  ]);
  expect(grader.asked).toHaveLength(1);
});
