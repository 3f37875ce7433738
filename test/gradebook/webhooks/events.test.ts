import { describe, expect, test } from 'vitest';
import { admin } from '../world.ts';
import { types, webhookWorld } from './world.ts';

const day = 24 * 60 * 60 * 1000;

describe('what is told', () => {
  test('a graded submission and the grade it changes, by ids alone', async () => {
    const { listening, deliver } = webhookWorld();
    const { id: courseId, assignment, enrolment, submit } = await listening();
    const { submission } = await submit('7');
    const sent = await deliver();
    expect(types(sent)).toEqual(['submission.graded', 'grade.changed']);
    const learner = { courseId, assignmentId: assignment.id, learnerId: enrolment.id };
    expect(sent[0]?.data).toEqual({
      ...learner,
      submissionId: submission.id,
      part: 'fix',
      awaitsMarking: false,
    });
    expect(sent[1]?.data).toEqual(learner);
    expect(JSON.stringify(sent)).not.toMatch(/ada/i);
  });

  test('a submission that leaves the grade as it was is no change of it', async () => {
    const { listening, deliver } = webhookWorld();
    const { submit } = await listening();
    await submit('7');
    await deliver();
    await submit('3');
    expect(types(await deliver())).toEqual(['submission.graded']);
    await submit('9');
    expect(types(await deliver())).toEqual(['submission.graded', 'grade.changed']);
  });

  test('what is refused or fails in the engine is not graded', async () => {
    const { listening, deliver } = webhookWorld();
    const { submit } = await listening();
    await submit('rejected');
    await submit('boom');
    expect(await deliver()).toEqual([]);
  });

  test('changes before they are told are told once', async () => {
    const { listening, deliver } = webhookWorld();
    const { submit } = await listening();
    for (const points of ['1', '2', '3']) await submit(points);
    const sent = types(await deliver());
    expect(sent.filter((type) => type === 'submission.graded')).toHaveLength(3);
    expect(sent.filter((type) => type === 'grade.changed')).toHaveLength(1);
  });

  test('nothing from before there was an endpoint, and nothing of other courses', async () => {
    const { listening, course, deliver, gradebook } = webhookWorld();
    const other = await course();
    await other.submit('5');
    await listening();
    await other.submit('6');
    const late = await gradebook.createWebhook(admin, other.id, { url: 'https://b.example' });
    expect(late.webhook.events).toHaveLength(4);
    expect(await deliver()).toEqual([]);
  });

  test('only what an endpoint listens to', async () => {
    const { course, deliver, gradebook } = webhookWorld();
    const { id, submit } = await course();
    const url = 'https://lms.example.edu';
    await gradebook.createWebhook(admin, id, { url, events: ['grade.changed'] });
    await submit('7');
    expect(types(await deliver())).toEqual(['grade.changed']);
  });
});

describe('what changes a grade besides an answer', () => {
  test.each([
    ['an override', 'giveOverride'],
    ['a mark', 'mark'],
    ['more points for the assignment', 'updateAssignment'],
  ] as const)('%s', async (_name, how) => {
    const { listening, deliver, gradebook, actor } = webhookWorld();
    const { id, assignment, enrolment, submit } = await listening();
    await submit('7');
    await deliver();
    const staff = await actor('instructor', id);
    const learnerId = enrolment.id;
    const act = {
      giveOverride: () =>
        gradebook.giveOverride(staff, id, assignment.id, { learnerId, points: 2, reason: 'fair' }),
      mark: () => gradebook.mark(staff, id, assignment.id, { learnerId, part: 'why', points: 4 }),
      updateAssignment: () => gradebook.updateAssignment(staff, id, assignment.id, { points: 30 }),
    };
    await act[how]();
    expect(types(await deliver())).toEqual(['grade.changed']);
    expect(await deliver()).toEqual([]);
  });

  test('an extension that takes lateness away, and its revocation', async () => {
    const { listening, deliver, gradebook, clock, actor } = webhookWorld();
    const policy = { late: { per: 'day', amount: 10, unit: 'percentage' } } as const;
    const ask = { dueAt: '2026-09-02T08:00:00Z', policy };
    const { id, assignment, enrolment, submit } = await listening(ask);
    clock.now = new Date(clock.now.getTime() + 3 * day);
    await submit('7');
    await deliver();
    const staff = await actor('instructor', id);
    const [granted] = await gradebook.grantExtensions(staff, id, {
      assignmentIds: [assignment.id],
      learnerIds: [enrolment.id],
      dueAt: '2026-09-09T08:00:00Z',
      reason: 'ill',
    });
    expect(types(await deliver())).toEqual(['grade.changed']);
    await gradebook.revokeExtension(staff, id, granted?.id ?? '', 'mistaken');
    expect(types(await deliver())).toEqual(['grade.changed']);
  });
});

describe('what is withheld', () => {
  test('is told when somebody releases it, and once', async () => {
    const { listening, deliver, gradebook, actor } = webhookWorld();
    const release = { grades: 'manual', explanations: 'manual' } as const;
    const { id, assignment, submit } = await listening({ release });
    await submit('7');
    expect(types(await deliver())).toEqual(['submission.graded']);
    const staff = await actor('instructor', id);
    await gradebook.releaseAssignment(staff, id, assignment.id, { grades: true });
    expect(types(await deliver())).toEqual(['grade.changed']);
    expect(await deliver()).toEqual([]);
  });

  test('is told when its time comes', async () => {
    const { listening, deliver, clock } = webhookWorld();
    const release = { grades: '2026-09-03T08:00:00Z', explanations: 'manual' } as const;
    const { submit } = await listening({ release });
    await submit('7');
    expect(types(await deliver())).toEqual(['submission.graded']);
    clock.now = new Date('2026-09-03T07:59:59Z');
    expect(await deliver()).toEqual([]);
    clock.now = new Date('2026-09-03T08:00:00Z');
    expect(types(await deliver())).toEqual(['grade.changed']);
  });
});

test('people who came together are one message', async () => {
  const { listening, deliver, gradebook } = webhookWorld();
  const { id } = await listening();
  const ids: string[] = [];
  for (const externalId of ['b', 'c', 'd']) {
    ids.push((await gradebook.createEnrolment(admin, id, { externalId })).id);
  }
  const sent = await deliver();
  expect(types(sent)).toEqual(['roster.changed']);
  expect(sent[0]?.data).toEqual({ courseId: id, enrolmentIds: ids });
});
