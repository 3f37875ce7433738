import { describe, expect, test } from 'vitest';
import { makeRegradeWorld } from './world.ts';

describe('a dry run', () => {
  test('says whose grade becomes what and by which checks, and changes nothing', async () => {
    const world = await makeRegradeWorld();
    await world.course.submit('7');
    const before = await world.gradeOf();
    world.grader.bonus = 1;
    const regrade = await world.dryRun();
    expect(regrade).toMatchObject({
      state: 'ready',
      stale: [],
      progress: 1,
      counts: { attempts: 1, judged: 1, differing: 1, changes: 1, raised: 1, lowered: 0 },
    });
    expect(await world.changes(regrade.id)).toMatchObject([
      {
        learner: { externalId: 'ada' },
        before: { points: 7 },
        after: { points: 8 },
        attempts: [
          {
            part: 'fix',
            before: { points: 7, maximum: 10 },
            judgement: { points: 8, maximum: 10, outcome: 'graded' },
            checks: [
              {
                check: 'c7',
                before: { outcome: 'failed', points: 0 },
                after: { outcome: 'passed', points: 1 },
              },
            ],
          },
        ],
      },
    ]);
    expect(await world.gradeOf()).toEqual(before);
    const audit = await world.gradebook.audit(world.instructor, { courseId: world.course.id });
    expect(audit.items.map(({ action }) => action)).not.toContain('regrade:change');
  });

  test('judges equal answers once', async () => {
    const world = await makeRegradeWorld();
    for (const name of ['b', 'c', 'd']) await world.course.submit('7', await world.learner(name));
    await world.course.submit('3');
    world.grader.asked = [];
    const { counts } = await world.dryRun();
    expect(counts).toMatchObject({ attempts: 4, judged: 2, differing: 0, changes: 0 });
    expect(world.grader.asked).toHaveLength(2);
  });

  test('is of what its scope names', async () => {
    const world = await makeRegradeWorld();
    const { course, grader } = world;
    const bob = await world.learner('bob');
    await course.submit('7');
    await course.submit('2', bob);
    const seen = async (scope: object) => (await world.dryRun({ scope })).counts.attempts;
    expect(await seen({})).toBe(2);
    expect(await seen({ learnerIds: [bob.learnerId ?? ''] })).toBe(1);
    expect(await seen({ assignmentIds: [course.assignment.id] })).toBe(2);
    expect(await seen({ assignmentIds: [] })).toBe(0);
    expect(await seen({ exercise: { id: 'selector', version: 3 } })).toBe(2);
    expect(await seen({ exercise: { id: 'selector', version: 2 } })).toBe(0);
    expect(await seen({ part: 'fix' })).toBe(2);
    expect(await seen({ part: 'why' })).toBe(0);
    expect(await seen({ engineVersion: 'engine-1' })).toBe(2);
    expect(await seen({ engineVersion: 'engine-0' })).toBe(0);
    grader.bonus = 1;
    // Ada's eighth check becomes another, Bob's third.
    const byCheck = await world.dryRun({ scope: { check: 'c7' } });
    expect(byCheck.counts).toMatchObject({ attempts: 2, differing: 1, changes: 1 });
  });

  test.each([
    ['an assignment of nowhere', { assignmentIds: ['nowhere'] }, '/scope/assignmentIds/0'],
    ['a learner of nowhere', { learnerIds: ['nobody'] }, '/scope/learnerIds/0'],
    ['an exercise that is not assigned', { exercise: { id: 'other' } }, '/scope/exercise/id'],
    ['a part that is none', { part: 'other' }, '/scope/part'],
  ])('of %s is refused', async (_name, scope, pointer) => {
    const world = await makeRegradeWorld();
    await expect(world.dryRun({ scope })).rejects.toMatchObject({
      code: 'invalid',
      pointers: [{ pointer }],
    });
  });

  test('leaves as it was what the engine fails at, and says so', async () => {
    const world = await makeRegradeWorld();
    await world.course.submit('7');
    world.grader.broken = '7';
    const regrade = await world.dryRun();
    expect(regrade.counts).toMatchObject({ faults: 1, differing: 0, changes: 0 });
    expect(await world.changes(regrade.id, true)).toMatchObject([
      { changed: false, attempts: [{ judgement: { outcome: 'fault' }, counts: false }] },
    ]);
    await world.apply(regrade);
    expect(await world.gradeOf()).toMatchObject({ points: 7 });
  });
});

describe('applying', () => {
  test('writes events, and each change into the audit with its reason', async () => {
    const world = await makeRegradeWorld();
    await world.course.submit('7');
    world.grader.bonus = 2;
    const regrade = await world.apply(await world.dryRun());
    expect(regrade).toMatchObject({ state: 'applied', counts: { applied: 1 } });
    const grade = await world.gradeOf();
    expect(grade.points).toBe(9);
    expect(grade.parts[0]?.steps).toMatchObject([
      { kind: 'attempt', judgedFirst: 7, points: 9, counts: true },
      { kind: 'regrade', regradeId: regrade.id, points: 9, counts: true },
    ]);
    const { items } = await world.gradebook.audit(world.instructor, { courseId: world.course.id });
    expect(items.find(({ action }) => action === 'regrade:change')).toMatchObject({
      tokenId: world.instructor.tokenId,
      reason: 'A check was wrong.',
      before: { score: 7 },
      after: { score: 9, learnerId: world.course.enrolment.id },
    });
  });

  test('keeps hints, lateness and the order of attempts', async () => {
    const dueAt = '2026-09-01T08:30:00Z';
    const late = { per: 'hour', unit: 'percentage', amount: 10 } as const;
    const world = await makeRegradeWorld({ dueAt, policy: { counts: 'last', late } });
    await world.course.submit('5');
    await world.course.hint();
    world.clock.now = new Date('2026-09-01T09:00:00Z');
    await world.course.submit('6');
    world.clock.now = new Date('2026-09-20T09:00:00Z');
    await world.course.hint();
    world.grader.bonus = 1;
    await world.apply(await world.dryRun());
    const [fix] = (await world.gradeOf()).parts;
    // The second attempt: 7, less the one hint before it, less one begun hour.
    expect(fix?.points).toBe(5);
    expect(fix?.steps.filter(({ kind }) => kind === 'attempt')).toMatchObject([
      { points: 6, hintCost: 0, net: 6, counts: false },
      { points: 7, hintCost: 1, minutesLate: 30, net: 5, counts: true },
    ]);
  });

  test.each([
    ['never-lower', 7, { differing: 1, kept: 1, changes: 0 }],
    ['as-judged', 4, { differing: 1, kept: 0, changes: 1, lowered: 1 }],
  ] as const)('under %s', async (keep, points, counts) => {
    const world = await makeRegradeWorld();
    await world.course.submit('7');
    world.grader.bonus = -3;
    const regrade = await world.apply(await world.dryRun({ keep }));
    expect(regrade.counts).toMatchObject(counts);
    expect(await world.gradeOf()).toMatchObject({ points });
  });

  test('leaves an override as it is, and says that the grade stays', async () => {
    const world = await makeRegradeWorld();
    const { gradebook, instructor, course } = world;
    await course.submit('7');
    const ask = { learnerId: course.enrolment.id, part: 'fix', points: 2, reason: 'Copied.' };
    await gradebook.giveOverride(instructor, course.id, course.assignment.id, ask);
    world.grader.bonus = 3;
    const regrade = await world.dryRun();
    expect(await world.changes(regrade.id)).toEqual([]);
    expect(await world.changes(regrade.id, true)).toMatchObject([{ changed: false }]);
    await world.apply(regrade);
    expect(await world.gradeOf()).toMatchObject({ points: 2 });
  });

  test('can be done again from what the last one left', async () => {
    const world = await makeRegradeWorld();
    await world.course.submit('5');
    world.grader.bonus = 2;
    await world.apply(await world.dryRun());
    world.grader.bonus = 1;
    const again = await world.dryRun();
    expect(await world.changes(again.id)).toMatchObject([
      {
        before: { points: 7 },
        after: { points: 6 },
        attempts: [{ before: { points: 7 }, checks: [{ check: 'c6' }] }],
      },
    ]);
    await world.apply(again);
    expect(await world.gradeOf()).toMatchObject({ points: 6 });
    expect((await world.dryRun()).counts).toMatchObject({ differing: 0, changes: 0 });
  });

  test('asks for marks where it newly does, in the marking queue', async () => {
    const world = await makeRegradeWorld();
    const { gradebook, instructor, course } = world;
    const { submission } = await course.submit('7');
    world.grader.awaits = true;
    await world.apply(await world.dryRun());
    await world.apply(await world.dryRun());
    const queue = () => gradebook.markingQueue(instructor, course.id, {});
    expect((await queue()).items).toMatchObject([{ part: 'fix', submissionId: submission.id }]);
    const mark = { learnerId: course.enrolment.id, part: 'fix', points: 9 };
    await gradebook.mark(instructor, course.id, course.assignment.id, mark);
    expect((await queue()).items).toEqual([]);
  });
});

describe('a stale dry run', () => {
  type World = Awaited<ReturnType<typeof makeRegradeWorld>>;
  const changed: readonly (readonly [string, (world: World) => unknown, RegExp])[] = [
    ['a new answer', ({ course }) => course.submit('1'), /added to/],
    ['a hint', ({ course }) => course.hint(), /added to/],
    [
      'a mark',
      ({ gradebook, instructor, course }) =>
        gradebook.mark(instructor, course.id, course.assignment.id, {
          ...{ learnerId: course.enrolment.id, part: 'fix', points: 1 },
        }),
      /added to/,
    ],
    [
      'an extension',
      ({ gradebook, instructor, course }) =>
        gradebook.grantExtensions(instructor, course.id, {
          ...{ assignmentIds: [course.assignment.id], learnerIds: [course.enrolment.id] },
          ...{ extraAttempts: 1, reason: 'Ill.' },
        }),
      /added to/,
    ],
    [
      'another policy',
      ({ gradebook, instructor, course }) =>
        gradebook.updateAssignment(instructor, course.id, course.assignment.id, {
          policy: { counts: 'mean' },
        }),
      /policy/,
    ],
    [
      'another version of the exercise',
      ({ gradebook, instructor, course }) =>
        gradebook.updateAssignment(instructor, course.id, course.assignment.id, {
          exercise: { version: 4, attempts: 'keep' },
        }),
      /exercise/,
    ],
    [
      'another engine',
      ({ grader }) => {
        grader.engineVersion = 'engine-2';
      },
      /engine is version engine-2/,
    ],
  ];

  test.each(changed)('by %s is refused until it is refreshed', async (_name, change, why) => {
    const world = await makeRegradeWorld({ policy: { attempts: 9 } });
    const { gradebook, instructor, course } = world;
    await course.submit('7');
    world.grader.bonus = 1;
    const old = await world.dryRun();
    await change(world);
    const view = await gradebook.regrade(instructor, course.id, old.id);
    expect(view.stale.join()).toMatch(why);
    await expect(world.apply(old)).rejects.toMatchObject({ code: 'dry-run-stale' });
    expect(await world.gradeOf()).toMatchObject({ parts: [{}, {}] });
    await gradebook.refreshRegrade(instructor, course.id, old.id);
    await gradebook.regradesIdle();
    await expect(world.apply(old)).rejects.toMatchObject({ code: 'dry-run-stale' });
    const fresh = await gradebook.regrade(instructor, course.id, old.id);
    expect(fresh).toMatchObject({ state: 'ready', stale: [] });
    expect(await world.apply(fresh)).toMatchObject({ state: 'applied' });
  });

  test('of one learner is not one by what others do; release changes nothing either', async () => {
    const world = await makeRegradeWorld({ release: { grades: 'manual' } });
    const { gradebook, instructor, course } = world;
    await course.submit('7');
    const bob = await world.learner('bob');
    world.grader.bonus = 1;
    const run = await world.dryRun({ scope: { learnerIds: [course.enrolment.id] } });
    await course.submit('3', bob);
    await gradebook.releaseAssignment(instructor, course.id, course.assignment.id, {
      grades: true,
    });
    expect(await world.apply(run)).toMatchObject({ state: 'applied', counts: { applied: 1 } });
  });
});

describe('another version of the exercise', () => {
  test('is shown as a dry run, and the assignment moves when it is applied', async () => {
    const world = await makeRegradeWorld();
    const { gradebook, instructor, course } = world;
    await course.submit('5');
    const run = await world.dryRun({ toVersion: 4 });
    expect(run.targets).toMatchObject([{ exercise: { version: 4 }, moves: true }]);
    const [change] = await world.changes(run.id);
    // Half of a part that is worth twice as much: of 25 points now, of 15 before.
    expect(change).toMatchObject({
      before: { points: 5, maximum: 15 },
      after: { points: 10, maximum: 25 },
    });
    const there = () => gradebook.assignment(instructor, course.id, course.assignment.id);
    expect((await there()).exercise.version).toBe(3);
    await world.apply(run);
    expect((await there()).exercise.version).toBe(4);
    expect(await world.gradeOf()).toMatchObject({ points: 10, maximum: 25 });
  });

  test('that is not here is refused', async () => {
    const world = await makeRegradeWorld();
    await expect(world.dryRun({ toVersion: 9 })).rejects.toMatchObject({
      code: 'invalid',
      pointers: [{ pointer: '/toVersion' }],
    });
  });
});

test('a new engine shows which attempts an older one judged', async () => {
  const world = await makeRegradeWorld();
  await world.course.submit('5');
  world.grader.engineVersion = 'engine-2';
  await world.course.submit('6');
  expect(await world.gradebook.judgedBy(world.instructor, world.course.id)).toMatchObject({
    engineVersion: 'engine-2',
    items: [
      { engineVersion: 'engine-1', exerciseVersion: 3, attempts: 1, current: false },
      { engineVersion: 'engine-2', exerciseVersion: 3, attempts: 1, current: true },
    ],
  });
});

test('it can be cancelled while it is a dry run, and not be applied then', async () => {
  const world = await makeRegradeWorld();
  const { gradebook, instructor, course } = world;
  await course.submit('5');
  world.grader.bonus = 1;
  const run = await world.dryRun();
  const cancelled = await gradebook.cancelRegrade(instructor, course.id, run.id);
  expect(cancelled.state).toBe('cancelled');
  await expect(world.apply(run)).rejects.toMatchObject({ code: 'conflict' });
  expect(await world.gradeOf()).toMatchObject({ points: 5 });
  expect((await gradebook.regrades(instructor, course.id)).items).toHaveLength(1);
});

test('nobody but staff may know of it', async () => {
  const world = await makeRegradeWorld();
  const { gradebook, course } = world;
  await course.submit('5');
  const run = await world.dryRun();
  const assistant = await world.actor('assistant', course.id);
  expect(await gradebook.regrade(assistant, course.id, run.id)).toMatchObject({ id: run.id });
  await expect(
    gradebook.applyRegrade(assistant, course.id, run.id, run.digest ?? ''),
  ).rejects.toMatchObject({ code: 'forbidden' });
  await expect(gradebook.regrade(course.learner, course.id, run.id)).rejects.toMatchObject({
    code: 'forbidden',
  });
});
