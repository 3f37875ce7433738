import { describe, expect, test } from 'vitest';
import type { Actor, RegradeFact } from '../../src/gradebook/index.ts';
import { admin, makeWorld } from './world.ts';

const text = { part: 'why', answer: { text: 'because of the labels' } };

describe('an override', () => {
  test('survives a regrade, stands in the audit with its numbers, and can be removed', async () => {
    const { gradebook, store, course } = makeWorld();
    const { id, assignment, enrolment, learner, submit } = await course({ points: 15 });
    await submit('4');
    const give = (more: object) =>
      gradebook.giveOverride(admin, id, assignment.id, {
        ...{ learnerId: enrolment.id, part: 'fix', reason: 'The check was wrong', ...more },
      });
    const given = await give({ points: 9, comment: 'Sorry.' });
    const score = async () => (await gradebook.progress(learner, id)).score;
    expect(await score()).toBe(9);
    const scope = { courseId: id, assignmentId: assignment.id, learnerId: enrolment.id };
    await store.append(scope, (facts, { overrides }) => {
      expect(overrides).toEqual([given]);
      const regrade: RegradeFact = {
        ...{
          kind: 'regrade',
          order: facts.length + 1,
          part: 'fix',
          at: '2026-09-02T08:00:00.000Z',
        },
        ...{ attempt: 1, points: 10, maximum: 10, awaitsMarking: false },
        ...{ keep: 'as-judged', regradeId: 'r1' },
      };
      return { result: 1, events: [{ ...regrade, tokenId: learner.tokenId }] };
    });
    expect(await score()).toBe(9);
    expect(await store.facts(scope)).toContainEqual(
      expect.objectContaining({ regradeId: 'r1', attempt: 1, keep: 'as-judged' }),
    );
    await gradebook.removeOverride(admin, id, given.id, 'The regrade did it');
    expect(await score()).toBe(10);
    const again = await gradebook.removeOverride(admin, id, given.id, 'Twice');
    expect(again.removedAt).toBeDefined();
    const { items } = await gradebook.audit(admin, { courseId: id });
    expect(items.filter(({ action }) => action.startsWith('override'))).toMatchObject([
      {
        ...{ action: 'override:remove', reason: 'The regrade did it' },
        ...{ before: { points: 9, override: { comment: 'Sorry.' } }, after: { points: 10 } },
      },
      {
        ...{ action: 'override:give', reason: 'The check was wrong' },
        ...{ before: { points: 4, score: 4 }, after: { points: 9, score: 9 } },
      },
    ]);
  });

  test.each<[why: string, ask: object, pointer: string]>([
    ['nothing', {}, ''],
    ['points and an excuse', { points: 3, excused: true }, '/excused'],
    ['less than nothing', { points: -1 }, '/points'],
    ['a part that is not there', { part: '__proto__', points: 1 }, '/part'],
  ])('of %s is refused', async (_why, ask, pointer) => {
    const { gradebook, course } = makeWorld();
    const { id, assignment, enrolment } = await course();
    const given = gradebook.giveOverride(admin, id, assignment.id, {
      ...{ learnerId: enrolment.id, reason: 'x', ...ask },
    });
    await expect(given).rejects.toMatchObject({ code: 'invalid', pointers: [{ pointer }] });
  });

  test('of somebody of another course is not found', async () => {
    const { gradebook, course } = makeWorld();
    const [own, foreign] = [await course(), await course()];
    const given = gradebook.giveOverride(admin, own.id, own.assignment.id, {
      ...{ learnerId: foreign.enrolment.id, points: 1, reason: 'x' },
    });
    await expect(given).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the marking queue', () => {
  async function busy() {
    const world = makeWorld();
    const course = await world.course();
    const { gradebook } = world;
    const hand = async (externalId: string, minute: number) => {
      const { id } = await gradebook.createEnrolment(admin, course.id, { externalId });
      const by = await world.actor('learner', course.id, id);
      world.clock.now = new Date(Date.UTC(2026, 8, 1, 9, minute));
      await gradebook.submit(by, course.id, course.assignment.id, text);
      return { id, by };
    };
    const [bob, cleo, dan] = [await hand('bob', 1), await hand('cleo', 2), await hand('dan', 3)];
    const queue = async (limit = 50, cursor?: string) =>
      gradebook.markingQueue(admin, course.id, { limit, ...(cursor && { cursor }) });
    const whose = async () => (await queue()).items.map(({ learnerId }) => learnerId);
    return { ...world, course, bob, cleo, dan, queue, whose };
  }

  test('has what awaits a person, oldest first, until a mark or an override is given', async () => {
    const { gradebook, actor, course, bob, cleo, dan, whose, queue } = await busy();
    const marker = await actor('assistant', course.id);
    expect(await whose()).toEqual([bob.id, cleo.id, dan.id]);
    await gradebook.mark(marker, course.id, course.assignment.id, {
      ...{ learnerId: cleo.id, part: 'why', points: 4 },
    });
    expect(await whose()).toEqual([bob.id, dan.id]);
    await gradebook.submit(bob.by, course.id, course.assignment.id, text);
    expect(await whose()).toEqual([dan.id, bob.id]);
    await gradebook.giveOverride(admin, course.id, course.assignment.id, {
      ...{ learnerId: dan.id, excused: true, reason: 'Ill' },
    });
    expect(await whose()).toEqual([bob.id]);
    expect((await queue()).items[0]).toMatchObject({ part: 'why', at: '2026-09-01T09:03:00.000Z' });
  });

  test('comes page by page', async () => {
    const { queue, bob, cleo, dan } = await busy();
    const first = await queue(2);
    const second = await queue(2, first.next);
    const ids = [...first.items, ...second.items].map(({ learnerId }) => learnerId);
    expect(ids).toEqual([bob.id, cleo.id, dan.id]);
    expect(second.next).toBeUndefined();
  });

  test('knows who is at what, until they are done or too long', async () => {
    const { gradebook, course, actor, clock, bob, queue } = await busy();
    const [one, other] = [await actor('assistant', course.id), await actor('assistant', course.id)];
    const task = { assignmentId: course.assignment.id, learnerId: bob.id, part: 'why' };
    const claim = (by: Actor) => gradebook.claimMarking(by, course.id, task);
    const held = await claim(one);
    expect(held).toMatchObject({ tokenId: one.tokenId, until: '2026-09-01T09:33:00.000Z' });
    await expect(claim(other)).rejects.toMatchObject({ code: 'conflict' });
    expect((await queue()).items[0]?.claim).toEqual({ tokenId: one.tokenId, until: held.until });
    await gradebook.releaseMarking(other, course.id, task);
    await expect(claim(other)).rejects.toMatchObject({ code: 'conflict' });
    await gradebook.releaseMarking(one, course.id, task);
    await claim(other);
    clock.now = new Date(Date.UTC(2026, 8, 1, 9, 33));
    expect((await queue()).items[0]).not.toHaveProperty('claim');
    expect(await claim(one)).toMatchObject({ tokenId: one.tokenId });
  });
});

describe('a contest', () => {
  async function asked() {
    const world = makeWorld();
    const course = await world.course();
    const { id, assignment, learner } = course;
    const ask = { part: 'fix', text: 'Why no points?' };
    const contest = await world.gradebook.openContest(learner, id, assignment.id, ask);
    const staff = await world.actor('assistant', id);
    const reply = (by: Actor, said: string, close?: boolean) =>
      world.gradebook.reply(by, id, contest.id, { text: said, close });
    return { ...world, course, contest, staff, reply, learner, id };
  }

  test('goes to and fro, and its thread stays when it is closed', async () => {
    const { gradebook, id, contest, staff, learner, reply } = await asked();
    expect(contest).toMatchObject({ state: 'open', part: 'fix', revision: 1 });
    expect((await reply(staff, 'The selector.')).state).toBe('answered');
    expect((await reply(learner, 'But it matches!')).state).toBe('open');
    expect((await reply(staff, 'You are right.', true)).state).toBe('closed');
    await expect(reply(learner, 'Thanks')).rejects.toMatchObject({ code: 'conflict' });
    const thread = await gradebook.contest(learner, id, contest.id);
    expect(thread.messages.map(({ sender, text: said }) => [sender, said])).toEqual([
      ['learner', 'Why no points?'],
      ['staff', 'The selector.'],
      ['learner', 'But it matches!'],
      ['staff', 'You are right.'],
    ]);
    await gradebook.changeContest(staff, id, contest.id, 'open');
    expect((await reply(learner, 'Thanks')).state).toBe('open');
    const stale = gradebook.changeContest(staff, id, contest.id, 'closed', 1);
    await expect(stale).rejects.toMatchObject({ code: 'stale' });
    const open = { state: 'open' } as const;
    expect((await gradebook.contests(staff, id, open)).items).toHaveLength(1);
    expect((await gradebook.contests(staff, id, { state: 'closed' })).items).toEqual([]);
  });

  test('is nobody else’s, and may not be closed by its learner', async () => {
    const { gradebook, actor, id, contest, learner, reply } = await asked();
    const bob = await gradebook.createEnrolment(admin, id, { externalId: 'bob' });
    const other = await actor('learner', id, bob.id);
    for (const work of [gradebook.contest(other, id, contest.id), reply(other, 'Me too')]) {
      await expect(work).rejects.toMatchObject({ code: 'not-found' });
    }
    expect((await gradebook.contests(other, id, {})).items).toEqual([]);
    await expect(reply(learner, 'So there', true)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('an explanation', () => {
  test('has each event with what it did, and what was granted', async () => {
    const { gradebook, course, clock } = makeWorld();
    const { id, assignment, enrolment, learner, submit, hint } = await course({
      dueAt: '2026-09-01T08:30:00Z',
      policy: { late: { per: 'hour', unit: 'percentage', amount: 10 } },
    });
    await submit('3');
    await hint();
    clock.now = new Date('2026-09-01T09:00:00Z');
    await submit('9');
    const explain = () => gradebook.explain(learner, id, enrolment.id, assignment.id);
    expect((await explain()).grade.parts[0]).toMatchObject({
      points: 7,
      latePenalty: 1,
      steps: [
        { kind: 'attempt', points: 3, net: 3, counts: false },
        { kind: 'hint', points: -1, counts: true },
        { kind: 'attempt', points: 9, hintCost: 1, minutesLate: 30, net: 7, counts: true },
      ],
    });
    await gradebook.grantExtensions(admin, id, {
      ...{ assignmentIds: [assignment.id], learnerIds: [enrolment.id] },
      ...{ dueAt: '2026-09-01T09:00:00Z', reason: 'Ill' },
    });
    expect(await explain()).toMatchObject({
      grade: { points: 8, late: false },
      window: { dueAt: '2026-09-01T09:00:00.000Z' },
      extensions: [{ reason: 'Ill' }],
    });
  });
});
