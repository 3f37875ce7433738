import { describe, expect, test } from 'vitest';
import type { Actor, KeyAsk, SubmissionResult } from '../../src/gradebook/index.ts';
import { admin, makeWorld } from './world.ts';

async function bed() {
  const world = makeWorld();
  const { gradebook } = world;
  const course = await world.course();
  const route = `POST /courses/${course.id}/submissions`;
  const render = (result: SubmissionResult) => ({ status: 201, body: JSON.stringify(result) });
  let worked = 0;
  const post = (text: string, more: Partial<KeyAsk> = {}, by: Actor = course.learner) =>
    gradebook.idempotent(by, { key: 'k', route, digest: text, ...more }, render, (receipt) => {
      worked++;
      const ask = { part: 'fix', answer: { manifest: text } };
      return gradebook.submit(by, course.id, course.assignment.id, ask, receipt);
    });
  const kept = async () => (await gradebook.history(course.learner, course.id, {})).items.length;
  return { ...world, course, route, render, post, kept, worked: () => worked };
}

describe('an idempotency key', () => {
  test('gets the same answer again, and the work is done once', async () => {
    const { post, kept } = await bed();
    const first = await post('5');
    const other = await post('5', { key: 'other' });
    expect(await post('5')).toEqual(first);
    expect(other).not.toEqual(first);
    expect(await kept()).toBe(2);
  });

  test('asked many times at once: one does it, all get its answer', async () => {
    const { post, kept, worked } = await bed();
    const answers = await Promise.all(Array.from({ length: 10 }, () => post('5')));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(worked()).toBe(1);
    expect(await kept()).toBe(1);
  });

  test('with another body is refused, at once as well as later', async () => {
    const { post, kept } = await bed();
    const results = await Promise.allSettled([post('5'), post('6')]);
    expect(results).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { code: 'idempotency-mismatch' } },
    ]);
    await expect(post('6')).rejects.toMatchObject({ code: 'idempotency-mismatch' });
    expect(await kept()).toBe(1);
  });

  test('is one token’s and one route’s', async () => {
    const { post, route, kept, actor, course } = await bed();
    const second = await actor('learner', course.id, course.enrolment.id);
    await post('5');
    await post('5', { route: `${route}2` });
    await post('6', {}, second);
    expect(await kept()).toBe(3);
  });

  test('that was refused may be tried again', async () => {
    const { post, clock, gradebook, course, kept } = await bed();
    const change = { opensAt: '2026-09-02T00:00:00Z' };
    await gradebook.updateAssignment(admin, course.id, course.assignment.id, change);
    await expect(post('5')).rejects.toMatchObject({ code: 'not-open' });
    clock.now = new Date('2026-09-02T00:00:00Z');
    expect((await post('5')).status).toBe(201);
    expect(await kept()).toBe(1);
  });

  test('is kept with the submission or not at all', async () => {
    const { gradebook, course, route, store, kept } = await bed();
    const name = { tokenId: course.learner.tokenId, route, key: 'k' };
    const broken = () => {
      throw new Error('no answer can be made');
    };
    const ask = { part: 'fix', answer: { manifest: '5' } };
    const once = gradebook.idempotent(course.learner, { ...name, digest: 'd' }, broken, (receipt) =>
      gradebook.submit(course.learner, course.id, course.assignment.id, ask, receipt),
    );
    await expect(once).rejects.toThrow('no answer can be made');
    expect(await kept()).toBe(0);
    expect(await store.receipt(name)).toBeUndefined();
    expect(await store.ledger(course.id)).toEqual([]);
  });

  test('absent means every request counts', async () => {
    const { post, kept } = await bed();
    await post('5', { key: undefined });
    await post('5', { key: undefined });
    expect(await kept()).toBe(2);
  });

  test('is forgotten after two days', async () => {
    const { post, clock, gradebook, kept } = await bed();
    await post('5');
    clock.now = new Date('2026-09-03T07:00:00Z');
    await gradebook.tidy();
    await post('5');
    expect(await kept()).toBe(1);
    clock.now = new Date('2026-09-03T09:00:00Z');
    await gradebook.tidy();
    await post('5');
    expect(await kept()).toBe(2);
  });

  test('never keeps a secret', async () => {
    const { gradebook } = await bed();
    const root = { ...admin, tokenId: 'root' };
    const issue = () =>
      gradebook.idempotent(
        root,
        { key: 't', route: 'POST /tokens', digest: 'd' },
        ({ token, secret }: { token: { id: string }; secret: string }) => ({
          status: 201,
          body: JSON.stringify({ id: token.id, secret }),
        }),
        (receipt) => gradebook.createToken(root, { role: 'author' }, receipt),
      );
    const first = JSON.parse((await issue()).body);
    const again = JSON.parse((await issue()).body);
    expect(first.secret).toMatch(/^secret-/);
    expect(again).toEqual({ id: first.id, secret: '' });
  });
});
