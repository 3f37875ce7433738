import { describe, expect, test } from 'vitest';
import type { ExerciseSummary } from '../../src/exercise/exercise.ts';
import type { Library } from '../../src/gradebook/index.ts';
import { admin, exercise, makeWorld } from './world.ts';

type World = ReturnType<typeof makeWorld>;

function later(world: World, minutes: number): void {
  world.clock.now = new Date(world.clock.now.getTime() + minutes * 60_000);
}

describe('a cool-down', () => {
  test('refuses what comes too early, says how long to wait, and is not restarted by it', async () => {
    const world = makeWorld();
    const { submit } = await world.course({ policy: { coolDownMinutes: 10 } });
    await submit('3');
    later(world, 4);
    const tooEarly = { code: 'cool-down', retryAfterSeconds: 360 };
    await expect(submit('5')).rejects.toMatchObject(tooEarly);
    later(world, 5);
    await expect(submit('5')).rejects.toMatchObject({ ...tooEarly, retryAfterSeconds: 60 });
    later(world, 1);
    expect(await submit('5')).toMatchObject({ submission: { attempt: 2 } });
  });

  test('is of each part, and a refused text starts none', async () => {
    const world = makeWorld();
    const { id, assignment, learner, submit } = await world.course({
      policy: { coolDownMinutes: 10 },
    });
    await submit('rejected');
    await submit('3');
    const text = { part: 'why', answer: { text: 'because' } };
    const other = await world.gradebook.submit(learner, id, assignment.id, text);
    expect(other.submission.attempt).toBe(1);
  });

  test('lets one in of several at once', async () => {
    const world = makeWorld();
    const { submit } = await world.course({ policy: { coolDownMinutes: 10 } });
    const results = await Promise.allSettled(['1', '2', '3'].map((text) => submit(text)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('a timed exam', () => {
  const exam = { mode: 'exam', policy: { durationMinutes: 60 } } as const;

  test('runs from each learner’s own start, once', async () => {
    const world = makeWorld();
    const { id, assignment, learner, submit } = await world.course(exam);
    await expect(submit('3')).rejects.toMatchObject({ code: 'not-started' });
    const variant = () => world.gradebook.variant(learner, id, assignment.id);
    await expect(variant()).rejects.toMatchObject({ code: 'not-started' });
    const start = () => world.gradebook.start(learner, id, assignment.id, {});
    const first = await start();
    expect(first.endsAt).toBe('2026-09-01T09:00:00.000Z');
    await variant();
    later(world, 59);
    expect(await start()).toEqual(first);
    await submit('3');
    later(world, 1);
    await expect(submit('9')).rejects.toMatchObject({ code: 'time-is-up' });
  });

  test('ends at the close at the latest', async () => {
    const world = makeWorld();
    const { id, assignment, learner } = await world.course({
      ...exam,
      closesAt: '2026-09-01T08:30:00Z',
    });
    const started = await world.gradebook.start(learner, id, assignment.id, {});
    expect(started.endsAt).toBe('2026-09-01T08:30:00.000Z');
  });

  test('is longer for whom minutes were granted, also while it runs', async () => {
    const world = makeWorld();
    const { id, assignment, learner, enrolment, submit } = await world.course(exam);
    await world.gradebook.start(learner, id, assignment.id, {});
    await world.gradebook.grantExtensions(admin, id, {
      ...{ assignmentIds: [assignment.id], learnerIds: [enrolment.id] },
      ...{ extraMinutes: 15, reason: 'Needs more time' },
    });
    later(world, 74);
    await submit('3');
    later(world, 1);
    await expect(submit('9')).rejects.toMatchObject({ code: 'time-is-up' });
  });

  test('is an exam: a duration elsewhere is refused', async () => {
    const world = makeWorld();
    await expect(world.course({ policy: { durationMinutes: 60 } })).rejects.toMatchObject({
      pointers: [{ pointer: '/policy/durationMinutes' }],
    });
  });
});

describe('an extension', () => {
  const late = { per: 'day', unit: 'percentage', amount: 20 } as const;
  const week = { dueAt: '2026-09-01T08:00:00Z', closesAt: '2026-09-08T08:00:00Z' };

  test('given later heals a late answer, and revoking it undoes that', async () => {
    const world = makeWorld();
    const { gradebook } = world;
    const { id, assignment, enrolment, learner, submit } = await world.course({
      ...week,
      policy: { late },
    });
    later(world, 60);
    expect(await submit('10')).toMatchObject({ grade: { points: 8, late: true } });
    const [granted] = await gradebook.grantExtensions(admin, id, {
      ...{ assignmentIds: [assignment.id], learnerIds: [enrolment.id] },
      ...{ dueAt: '2026-09-02T08:00', reason: 'Ill' },
    });
    const progress = () => gradebook.progress(learner, id);
    expect(await progress()).toMatchObject({
      score: 10,
      assignments: [{ extended: true, window: { dueAt: '2026-09-02T08:00:00.000Z' } }],
    });
    expect((await gradebook.grades(admin, id)).rows[0]).toMatchObject({ score: 10 });
    await gradebook.revokeExtension(admin, id, granted?.id ?? '', 'A mistake');
    expect(await progress()).toMatchObject({ score: 8, assignments: [{ extended: false }] });
    const { items } = await gradebook.audit(admin, { courseId: id });
    expect(items.slice(0, 2)).toMatchObject([
      { action: 'extension:revoke', reason: 'A mistake', before: { reason: 'Ill' } },
      { action: 'extension:grant', reason: 'Ill' },
    ]);
  });

  test('of a section is each of its learners’, and of nobody else', async () => {
    const world = makeWorld();
    const { store, gradebook } = world;
    const { id, assignment } = await world.course({ ...week, policy: { late, attempts: 1 } });
    const enrol = async (externalId: string, sectionId?: string) => {
      const createdAt = world.clock.now.toISOString();
      const base = {
        id: externalId,
        courseId: id,
        externalId,
        role: 'learner',
        revision: 1,
        createdAt,
      } as const;
      await store.addEnrolment({ ...base, ...(sectionId && { sectionId }) }, {});
      const by = await world.actor('learner', id, externalId);
      return () =>
        gradebook.submit(by, id, assignment.id, { part: 'fix', answer: { manifest: '10' } });
    };
    const [inside, outside] = [await enrol('in', 'sec-a'), await enrol('out', 'sec-b')];
    await gradebook.grantExtensions(admin, id, {
      ...{ assignmentIds: [assignment.id], sectionIds: ['sec-a'] },
      ...{ dueAt: '2026-09-10T08:00:00Z', extraAttempts: 1, reason: 'Lab was closed' },
    });
    later(world, 60);
    expect((await inside()).attempts).toMatchObject({ limit: 2, left: 1 });
    expect((await outside()).grade.points).toBe(8);
    expect((await inside()).grade).toMatchObject({ points: 10, late: false });
    await expect(outside()).rejects.toMatchObject({ code: 'attempts-exhausted' });
    const scores = (await gradebook.grades(admin, id)).rows.map(({ score }) => score);
    expect(scores).toEqual([0, 10, 8]);
    later(world, 60 * 24 * 7);
    await expect(outside()).rejects.toMatchObject({ code: 'closed' });
    await expect(inside()).rejects.toMatchObject({ code: 'attempts-exhausted' });
  });

  test('is granted to all or to none, and says everything that is wrong', async () => {
    const world = makeWorld();
    const { id, assignment, enrolment } = await world.course();
    const wrong = world.gradebook.grantExtensions(admin, id, {
      ...{ assignmentIds: [assignment.id, 'nope'], learnerIds: [enrolment.id, 'nobody'] },
      ...{ sectionIds: ['none'], dueAt: 'soon', extraAttempts: 1, reason: 'x' },
    });
    await expect(wrong).rejects.toMatchObject({
      code: 'invalid',
      pointers: [
        { pointer: '/assignmentIds/1' },
        { pointer: '/learnerIds/1' },
        { pointer: '/sectionIds/0' },
        { pointer: '/dueAt' },
        { pointer: '/extraAttempts' },
        { pointer: '/dueAt' },
      ],
    });
    expect((await world.gradebook.extensions(admin, id)).items).toEqual([]);
  });
});

describe('prerequisites', () => {
  test('hold an assignment back until the score is reached', async () => {
    const world = makeWorld();
    const { gradebook } = world;
    const { id, assignment, learner, submit } = await world.course();
    const next = await gradebook.createAssignment(admin, id, {
      exercise: exercise.id,
      prerequisites: [{ assignmentId: assignment.id, minimumScore: 5 }],
    });
    const answer = { part: 'fix', answer: { manifest: '1' } };
    const tryNext = () => gradebook.submit(learner, id, next.id, answer);
    await expect(tryNext()).rejects.toMatchObject({ code: 'prerequisite' });
    await submit('4');
    await expect(tryNext()).rejects.toMatchObject({ code: 'prerequisite' });
    await submit('5');
    expect(await tryNext()).toMatchObject({ submission: { outcome: 'graded' } });
    const bob = await gradebook.createEnrolment(admin, id, { externalId: 'bob' });
    const by = await world.actor('learner', id, bob.id);
    const handIn = () => gradebook.submit(by, id, next.id, answer);
    await expect(handIn()).rejects.toMatchObject({ code: 'prerequisite' });
    const said = { learnerId: bob.id, points: 5, reason: 'Shown in class' };
    await gradebook.giveOverride(admin, id, assignment.id, said);
    expect(await handIn()).toMatchObject({ submission: { outcome: 'graded' } });
    const round = gradebook.updateAssignment(admin, id, assignment.id, {
      prerequisites: [{ assignmentId: next.id, minimumScore: 1 }],
    });
    await expect(round).rejects.toMatchObject({
      pointers: [{ pointer: '/prerequisites/0/assignmentId' }],
    });
  });
});

describe('what is withheld', () => {
  test('is shown to staff at once, to learners and integrations when it is released', async () => {
    const world = makeWorld();
    const { gradebook } = world;
    const { id, assignment, learner, enrolment, submit } = await world.course({ mode: 'exam' });
    const lms = await world.actor('lms', id);
    expect(assignment.release).toEqual({ grades: 'manual', explanations: 'manual' });
    const handed = await submit('7');
    expect(handed.shown).toEqual({ grades: false, explanations: false });
    const read = (by = learner) => gradebook.submission(by, handed.submission.id);
    expect(await read()).not.toHaveProperty('verdict');
    expect((await read()).submission).not.toHaveProperty('points');
    expect(await read(admin)).toMatchObject({ submission: { points: 7 }, verdict: { points: 7 } });
    const [kept] = (await gradebook.history(learner, id, {})).items;
    expect(kept).not.toHaveProperty('points');
    const progress = await gradebook.progress(learner, id);
    expect(progress).toMatchObject({
      score: 0,
      outOf: 0,
      assignments: [{ released: { grades: false } }],
    });
    expect(progress.assignments[0]).not.toHaveProperty('grade');
    const cell = async (by = lms) => (await gradebook.grades(by, id)).rows[0]?.cells[0];
    expect(await cell()).toMatchObject({ score: null, released: false });
    expect(await cell(admin)).toMatchObject({ score: 7, released: false });
    const explain = () => gradebook.explain(learner, id, enrolment.id, assignment.id);
    await expect(explain()).rejects.toMatchObject({ code: 'not-released' });

    await gradebook.releaseAssignment(admin, id, assignment.id, { grades: true });
    expect((await read()).submission.points).toBe(7);
    expect(await read()).not.toHaveProperty('verdict');
    expect(await cell()).toMatchObject({ score: 7, released: true });
    expect((await explain()).grade.score).toBe(7);
    const after = await gradebook.releaseAssignment(admin, id, assignment.id, {
      explanations: true,
    });
    expect(await read()).toHaveProperty('verdict');
    const again = await gradebook.releaseAssignment(admin, id, assignment.id, { grades: true });
    expect(again.revision).toBe(after.revision);
  });

  test('comes out by itself at its time', async () => {
    const world = makeWorld();
    const { id, learner, submit } = await world.course({
      release: { grades: '2026-09-01T09:00', explanations: 'manual' },
    });
    await submit('7');
    const score = async () => (await world.gradebook.progress(learner, id)).score;
    expect(await score()).toBe(0);
    later(world, 60);
    expect(await score()).toBe(7);
  });

  test('never hides why a text was refused, and an exam is never open at once', async () => {
    const world = makeWorld();
    const { submit, learner } = await world.course({ mode: 'exam' });
    const { submission } = await submit('rejected');
    expect(await world.gradebook.submission(learner, submission.id)).toHaveProperty('verdict');
    const open = world.course({ mode: 'exam', release: { grades: 'at-once' } });
    await expect(open).rejects.toMatchObject({ pointers: [{ pointer: '/release/grades' }] });
  });
});

describe('totals', () => {
  test('weigh what counts: neither practice nor what is excused', async () => {
    const world = makeWorld();
    const { gradebook } = world;
    const { id, assignment, learner, enrolment, submit } = await world.course({
      weight: 2,
      points: 10,
    });
    const add = (more: object) =>
      gradebook.createAssignment(admin, id, { exercise: exercise.id, points: 20, ...more });
    const [practice, other] = [await add({ mode: 'practice' }), await add({ weight: 8 })];
    await submit('9');
    for (const one of [practice, other]) {
      const answer = { part: 'fix', answer: { manifest: '6' } };
      await gradebook.submit(learner, id, one.id, answer);
    }
    const total = async () => {
      const { score, outOf } = await gradebook.progress(learner, id);
      const [row] = (await gradebook.grades(admin, id)).rows;
      expect(row).toMatchObject({ score, outOf });
      return { score, outOf };
    };
    expect(await total()).toEqual({ score: 4.4, outOf: 10 });
    await gradebook.giveOverride(admin, id, assignment.id, {
      ...{ learnerId: enrolment.id, excused: true, reason: 'Came late to the course' },
    });
    expect(await total()).toEqual({ score: 3.2, outOf: 8 });
    expect((await gradebook.grades(admin, id)).outOf).toBe(10);
  });
});

describe('changing an assignment', () => {
  test('to what it is already changes nothing, and writes nothing', async () => {
    const world = makeWorld();
    const { id, assignment } = await world.course({
      dueAt: '2026-12-01T23:59',
      policy: { attempts: 2 },
    });
    const before = (await world.gradebook.audit(admin, { courseId: id })).items.length;
    for (const change of [{}, { title: assignment.title }, { dueAt: '2026-12-01T23:59' }]) {
      const after = await world.gradebook.updateAssignment(admin, id, assignment.id, change);
      expect(after).toEqual(assignment);
    }
    expect((await world.gradebook.audit(admin, { courseId: id })).items).toHaveLength(before);
  });

  test('takes away what is null', async () => {
    const world = makeWorld();
    const late = { per: 'day', unit: 'percentage', amount: 20 } as const;
    const { id, assignment } = await world.course({
      ...{ dueAt: '2026-12-01T23:59', weight: 3, points: 9 },
      policy: { attempts: 2, late, coolDownMinutes: 1 },
    });
    const changed = await world.gradebook.updateAssignment(admin, id, assignment.id, {
      ...{ dueAt: null, weight: null },
      policy: { attempts: null, late: null, coolDownMinutes: null },
    });
    expect(changed).not.toHaveProperty('dueAt');
    expect(changed).not.toHaveProperty('weight');
    expect(changed).toMatchObject({ local: {}, policy: { counts: 'best', hintsCost: true } });
    expect(await world.gradebook.assignment(admin, id, assignment.id)).toEqual(changed);
  });

  test('keeps local times local: they follow the course’s zone', async () => {
    const world = makeWorld();
    const { gradebook } = world;
    const course = await gradebook.createCourse(admin, { title: 'C', timeZone: 'Europe/Berlin' });
    const made = await gradebook.createAssignment(admin, course.id, {
      ...{ exercise: exercise.id, opensAt: '2026-10-25T02:30', dueAt: '2026-12-01T23:59' },
      closesAt: '2026-12-02T12:00:00+01:00',
    });
    expect(made).toMatchObject({
      opensAt: '2026-10-25T00:30:00.000Z',
      dueAt: '2026-12-01T22:59:00.000Z',
      closesAt: '2026-12-02T11:00:00.000Z',
      local: { opensAt: '2026-10-25T02:30', dueAt: '2026-12-01T23:59' },
    });
    expect(await gradebook.assignment(admin, course.id, made.id)).toEqual(made);
    await expect(
      gradebook.createCourse(admin, { title: 'C', timeZone: 'Mars/Olympus' }),
    ).rejects.toMatchObject({ pointers: [{ pointer: '/timeZone' }] });
  });

  test.each<[why: string, change: object, pointer: string]>([
    ['attempts that are no number', { policy: { attempts: 0.5 } }, '/policy/attempts'],
    ['no cool-down', { policy: { coolDownMinutes: 0 } }, '/policy/coolDownMinutes'],
    [
      'more than all',
      { policy: { late: { per: 'day', unit: 'percentage', amount: 101 } } },
      '/policy/late/amount',
    ],
    [
      'steps that fall',
      {
        policy: {
          late: {
            ...{ per: 'step', unit: 'points' },
            steps: [
              { afterMinutes: 5, amount: 1 },
              { afterMinutes: 5, amount: 2 },
            ],
          },
        },
      },
      '/policy/late/steps/1/afterMinutes',
    ],
    ['a weight below nothing', { weight: -1 }, '/weight'],
    ['no date', { dueAt: '2026-02-30T00:00' }, '/dueAt'],
    [
      'a close before the due date',
      { dueAt: '2026-09-02T00:00', closesAt: '2026-09-01T00:00' },
      '/closesAt',
    ],
    [
      'another course’s assignment',
      { prerequisites: [{ assignmentId: 'x', minimumScore: 1 }] },
      '/prerequisites/0/assignmentId',
    ],
  ])('refuses %s', async (_why, change, pointer) => {
    const world = makeWorld();
    const { id, assignment } = await world.course();
    const changed = world.gradebook.updateAssignment(admin, id, assignment.id, change);
    await expect(changed).rejects.toMatchObject({ code: 'invalid', pointers: [{ pointer }] });
  });
});

describe('another version of the exercise', () => {
  const [fix] = exercise.parts;
  if (fix === undefined) throw new Error('the exercise has no parts');
  const next: ExerciseSummary = {
    ...{ ...exercise, version: 4, digest: 'e'.repeat(64), points: 20 },
    parts: [{ ...fix, points: 20 }],
  };
  const library: Library = {
    list: () => [exercise, next],
    newest: () => exercise,
    find: ({ version }) => [exercise, next].find((one) => one.version === version),
  };

  test('is taken knowingly: attempts keep their share, parts that are gone count no more', async () => {
    const world = makeWorld({ library });
    const { gradebook } = world;
    const { id, assignment, learner, submit } = await world.course({ points: 100 });
    await submit('5');
    const text = { part: 'why', answer: { text: 'because' } };
    await gradebook.submit(learner, id, assignment.id, text);
    const move = (attempts?: 'keep') =>
      gradebook.updateAssignment(admin, id, assignment.id, { exercise: { version: 4, attempts } });
    const refused = await move().catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'conflict',
      pointers: [{ pointer: '/exercise/attempts' }],
    });
    expect(String(refused)).toMatch(/2 attempts of 1 learners.*version 3.*why count no more/);
    const moved = await move('keep');
    expect(moved).toMatchObject({ exercise: { version: 4 }, parts: [{ id: 'fix', points: 20 }] });
    const grade = (await gradebook.progress(learner, id)).assignments[0]?.grade;
    expect(grade).toMatchObject({ points: 10, maximum: 20, score: 50, awaitsMarking: false });
    expect((await submit('7')).submission.exercise.version).toBe(4);
    expect(await move()).toEqual(moved);
    const none = gradebook.updateAssignment(admin, id, assignment.id, { exercise: { version: 9 } });
    await expect(none).rejects.toMatchObject({ pointers: [{ pointer: '/exercise/version' }] });
  });

  test('needs no saying so where nothing was handed in', async () => {
    const world = makeWorld({ library });
    const { id, assignment } = await world.course();
    const moved = await world.gradebook.updateAssignment(admin, id, assignment.id, {
      exercise: { version: 4 },
    });
    expect(moved.exercise.version).toBe(4);
  });
});

test('progress says what a learner must know before they hand in', async () => {
  const world = makeWorld();
  const late = { per: 'hour', unit: 'percentage', amount: 5 } as const;
  const { id, learner, submit } = await world.course({
    dueAt: '2026-09-01T08:00:00Z',
    policy: { attempts: 2, coolDownMinutes: 30, late },
  });
  later(world, 61);
  await submit('4');
  const [progress] = (await world.gradebook.progress(learner, id)).assignments;
  expect(progress).toMatchObject({
    lateNow: { minutesLate: 61, amount: 10, unit: 'percentage' },
    attempts: [
      { part: 'fix', used: 1, limit: 2, left: 1, nextAttemptAt: '2026-09-01T09:31:00.000Z' },
      { part: 'why', used: 0, limit: 2, left: 2 },
    ],
    released: { grades: true, explanations: true },
  });
});
