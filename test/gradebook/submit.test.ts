import { describe, expect, test } from 'vitest';
import type { NewAssignment } from '../../src/gradebook/index.ts';
import { makeWorld } from './world.ts';

describe('an answer', () => {
  test('that is graded is an attempt, and comes back whole', async () => {
    const world = makeWorld();
    const { submit, assignment, enrolment, learner } = await world.course();
    const result = await submit('7');
    expect(result).toMatchObject({
      submission: { outcome: 'graded', attempt: 1, points: 7, learnerId: enrolment.id },
      verdict: { points: 7 },
      score: { points: 7, hintCost: 0, net: 7, maximum: 10 },
      attempts: { used: 1 },
      grade: { points: 7, maximum: 15, score: 7, outOf: 15 },
    });
    const again = await world.gradebook.submission(learner, result.submission.id);
    expect(again).toEqual({ submission: result.submission, verdict: result.verdict });
    expect(result.submission.exercise).toEqual(assignment.exercise);
  });

  test('that is refused or breaks the engine costs no attempt', async () => {
    const { course, gradebook, store } = makeWorld();
    const { submit, learner } = await course({ policy: { attempts: 1 } });
    expect(await submit('rejected')).toMatchObject({
      submission: { outcome: 'rejected' },
      attempts: { used: 0, limit: 1, left: 1 },
    });
    const fault = await submit('boom');
    expect(fault).toMatchObject({ submission: { outcome: 'fault' }, attempts: { left: 1 } });
    expect(JSON.stringify(fault)).not.toContain('the engine broke');
    const seen = await gradebook.submission(learner, fault.submission.id);
    expect(JSON.stringify(seen)).not.toContain('the engine broke');
    expect((await store.submission(fault.submission.id))?.error).toContain('the engine broke');
    expect(await submit('7')).toMatchObject({ attempts: { used: 1, left: 0 } });
  });

  test('beyond the limit is refused, unjudged and unkept', async () => {
    const { course, gradebook, grader } = makeWorld();
    const { submit, learner, id } = await course({ policy: { attempts: 2 } });
    await submit('1');
    await submit('2');
    await expect(submit('3')).rejects.toMatchObject({ code: 'attempts-exhausted' });
    expect(grader.asked).toHaveLength(2);
    expect((await gradebook.history(learner, id, {})).items).toHaveLength(2);
  });

  test('racing for the last attempt: one gets it', async () => {
    const { course } = makeWorld();
    const { submit } = await course({ policy: { attempts: 1 } });
    const results = await Promise.allSettled(['1', '2', '3', '4'].map((text) => submit(text)));
    const refused = results.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(3);
    for (const one of refused)
      expect(one).toMatchObject({ reason: { code: 'attempts-exhausted' } });
  });

  test('at once with others gets a number of its own', async () => {
    const { course } = makeWorld();
    const { submit } = await course();
    const results = await Promise.all(Array.from({ length: 20 }, () => submit('5')));
    const numbers = results.map(({ submission }) => submission.attempt);
    expect(numbers.toSorted((a = 0, b = 0) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
  });

  test('to a part that is not there is refused with the ones that are', async () => {
    const { course, gradebook } = makeWorld();
    const { id, assignment, learner } = await course();
    const ask = { part: 'constructor', answer: { manifest: '1' } };
    await expect(gradebook.submit(learner, id, assignment.id, ask)).rejects.toMatchObject({
      code: 'invalid',
      pointers: [{ pointer: '/part', detail: 'must be one of fix, why' }],
    });
  });

  test('meets the same variant at every attempt, another learner another', async () => {
    const { course, gradebook, grader, actor } = makeWorld();
    const { submit, id, assignment } = await course();
    await submit('1');
    await submit('2');
    const lms = await actor('lms', id);
    const ask = { part: 'fix', answer: { manifest: '3' }, learner: { id: 'bob' } };
    await gradebook.submit(lms, id, assignment.id, ask);
    const [first, second, other] = grader.asked.map(({ seed }) => seed);
    expect(second).toBe(first);
    expect(other).not.toBe(first);
  });
});

describe('the window', () => {
  const window: Partial<NewAssignment> = {
    opensAt: '2026-09-01T10:00:00+02:00',
    dueAt: '2026-09-02T08:00:00Z',
    closesAt: '2026-09-03T08:00:00Z',
  };

  test.each([
    ['2026-09-01T07:59:59.999Z', 'not-open'],
    ['2026-09-01T08:00:00Z', 'in time'],
    ['2026-09-02T08:00:00Z', 'in time'],
    ['2026-09-02T08:00:00.001Z', 'late'],
    ['2026-09-03T07:59:59.999Z', 'late'],
    ['2026-09-03T08:00:00Z', 'closed'],
  ])('at %s: %s', async (at, outcome) => {
    const { course, clock } = makeWorld();
    const { submit } = await course(window);
    clock.now = new Date(at);
    const said = await submit('5').then(
      ({ submission, grade }) => {
        expect(grade.late).toBe(submission.late);
        return submission.late ? 'late' : 'in time';
      },
      (error) => error.code,
    );
    expect(said).toBe(outcome);
  });
});

describe('hints', () => {
  test('come one by one, with what they cost before and after', async () => {
    const { course } = makeWorld();
    const { hint, submit } = await course();
    expect(await hint()).toEqual({
      part: 'fix',
      number: 1,
      text: 'Look at the labels.',
      cost: 1,
      costBefore: 0,
      costAfter: 1,
      remaining: 1,
      nextCost: 2,
    });
    expect(await submit('10')).toMatchObject({ score: { points: 10, hintCost: 1, net: 9 } });
    const second = await hint();
    expect(second).toMatchObject({ number: 2, costBefore: 1, costAfter: 3, remaining: 0 });
    expect(second.nextCost).toBeUndefined();
    await expect(hint()).rejects.toMatchObject({ code: 'no-more-hints' });
    expect(await submit('10')).toMatchObject({ score: { net: 7 }, grade: { points: 9 } });
  });

  test('cost nothing where the assignment says so', async () => {
    const { course } = makeWorld();
    const { hint, submit } = await course({ policy: { hintsCost: false } });
    expect(await hint()).toMatchObject({ cost: 0, costAfter: 0, nextCost: 0 });
    expect(await submit('10')).toMatchObject({ grade: { points: 10 } });
  });
});

describe('on behalf of a learner', () => {
  test('an integration enrols them on first sight, once, even at once', async () => {
    const { course, gradebook, actor } = makeWorld();
    const { id, assignment } = await course();
    const lms = await actor('lms', id);
    const ask = { part: 'fix', answer: { manifest: '4' }, learner: { id: 'bob', name: 'Bob' } };
    const results = await Promise.all(
      [1, 2, 3].map(() => gradebook.submit(lms, id, assignment.id, ask)),
    );
    expect(new Set(results.map(({ submission }) => submission.learnerId)).size).toBe(1);
    const { items } = await gradebook.enrolments(lms, id);
    expect(items.map(({ externalId }) => externalId)).toEqual(['ada', 'bob']);
  });

  test.each([
    ['an integration must name them', 'lms', undefined],
    ['a learner may not name another', 'learner', { id: 'bob' }],
  ] as const)('%s', async (_, role, name) => {
    const { course, gradebook, actor } = makeWorld();
    const { id, assignment, learner } = await course();
    const by = role === 'lms' ? await actor('lms', id) : learner;
    const ask = { part: 'fix', answer: { manifest: '4' }, learner: name };
    await expect(gradebook.submit(by, id, assignment.id, ask)).rejects.toMatchObject({
      code: 'invalid',
      pointers: [{ pointer: '/learner' }],
    });
  });
});

test('a check keeps nothing and enrols nobody', async () => {
  const { course, gradebook, actor, store } = makeWorld();
  const { id, assignment, learner, enrolment } = await course();
  const ask = { part: 'fix', answer: { manifest: '4' } };
  expect(await gradebook.check(learner, id, assignment.id, ask)).toMatchObject({
    outcome: 'graded',
  });
  const lms = await actor('lms', id);
  await gradebook.check(lms, id, assignment.id, { ...ask, learner: { id: 'bob' } });
  expect((await gradebook.enrolments(lms, id)).items).toHaveLength(1);
  expect((await gradebook.history(lms, id, { learnerId: enrolment.id })).items).toEqual([]);
  expect(await store.ledger(id)).toEqual([]);
});

test('history comes newest first, page by page', async () => {
  const { course, gradebook } = makeWorld();
  const { submit, id, learner } = await course();
  for (const text of ['1', '2', '3', '4', '5']) await submit(text);
  const points: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await gradebook.history(learner, id, { limit: 2, ...(cursor && { cursor }) });
    points.push(...page.items.map((one) => one.points ?? -1));
    cursor = page.next;
  } while (cursor !== undefined);
  expect(points).toEqual([5, 4, 3, 2, 1]);
  await expect(gradebook.history(learner, id, { cursor: 'x' })).rejects.toMatchObject({
    code: 'invalid',
  });
});
