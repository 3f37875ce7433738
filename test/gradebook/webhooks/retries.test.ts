import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { waitAfter } from '../../../src/gradebook/webhooks/retry.ts';
import { limits } from '../../../src/limits.ts';
import { admin } from '../world.ts';
import { types, webhookWorld } from './world.ts';

const second = 1000;
const hour = 60 * 60 * second;
const day = 24 * hour;

describe('the schedule', () => {
  test.each([
    [1, 5 * second],
    [2, 20 * second],
    [3, 80 * second],
    [4, 320 * second],
    [5, 1280 * second],
    [6, 5120 * second],
    [7, 20_480 * second],
    [8, 81_920 * second],
    [9, day],
    [11, day],
  ])('after try %i it waits %i ms', (tries, wait) => {
    expect(waitAfter(tries, 0.5)).toBe(wait);
  });

  test('is spread by a fifth at most, either way', () => {
    const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    const holds = fc.property(fc.integer({ min: 1, max: 12 }), draw, (tries, random) => {
      const [wait, middle] = [waitAfter(tries, random), waitAfter(tries, 0.5)];
      expect(Math.abs(wait - middle)).toBeLessThanOrEqual(middle * 0.2 + 1);
    });
    fc.assert(holds, { seed: 8, numRuns: 200 });
  });
});

describe('a delivery', () => {
  test('is tried until it arrives, with one id and one body', async () => {
    const { listening, deliver, gradebook, clock } = webhookWorld();
    const { id, webhook } = await listening();
    await gradebook.testWebhook(admin, id, webhook.id);
    const [first] = await deliver(500);
    expect(await deliver()).toEqual([]);
    clock.now = new Date(clock.now.getTime() + 5 * second);
    const [second_] = await deliver(204);
    expect(second_).toEqual(first);
    clock.now = new Date(clock.now.getTime() + day);
    expect(await deliver()).toEqual([]);
    const page = await gradebook.deliveries(admin, id, webhook.id, {});
    expect(page.items[0]).toMatchObject({ state: 'delivered', tries: 2 });
    const detail = await gradebook.delivery(admin, id, webhook.id, page.items[0]?.id ?? '');
    expect(detail.attempts.map(({ number, status }) => [number, status])).toEqual([
      [1, 500],
      [2, 204],
    ]);
  });

  test.each([301, 302, 307, 400, 404, 500])('%i is no success', async (status) => {
    const { listening, deliver, gradebook } = webhookWorld();
    const { id, webhook } = await listening();
    await gradebook.testWebhook(admin, id, webhook.id);
    await deliver(status);
    const { items } = await gradebook.deliveries(admin, id, webhook.id, { state: 'pending' });
    expect(items).toHaveLength(1);
  });

  test('waits as long as Retry-After asks, but not for ever', async () => {
    const { listening, deliver, gradebook, clock } = webhookWorld();
    const { id, webhook } = await listening();
    await gradebook.testWebhook(admin, id, webhook.id);
    await deliver(429, { retryAfterSeconds: 600 });
    const due = async () =>
      Date.parse((await gradebook.deliveries(admin, id, webhook.id, {})).items[0]?.dueAt ?? '') -
      clock.now.getTime();
    expect(await due()).toBe(600 * second);
    clock.now = new Date(clock.now.getTime() + 600 * second);
    await deliver(503, { retryAfterSeconds: 10 ** 9 });
    expect(await due()).toBe(day);
  });

  test('fails after the last try, disables nothing too early, and can be replayed', async () => {
    const { listening, deliver, gradebook, clock } = webhookWorld();
    const { id, webhook } = await listening();
    await gradebook.testWebhook(admin, id, webhook.id);
    let tries = 0;
    for (; (await deliver(500)).length > 0; tries += 1) {
      const { items } = await gradebook.deliveries(admin, id, webhook.id, {});
      clock.now = new Date(items[0]?.dueAt ?? clock.now);
    }
    expect(tries).toBe(limits.webhooks.tries);
    const failed = await gradebook.deliveries(admin, id, webhook.id, { state: 'failed' });
    expect(failed.items).toHaveLength(1);
    const now = await gradebook.webhook(admin, id, webhook.id);
    expect(now.failingSince).toBeDefined();
    expect(now.disabledAt).toBeUndefined();
    await gradebook.replayDelivery(admin, id, webhook.id, failed.items[0]?.id ?? '');
    expect(types(await deliver())).toEqual(['webhook.test']);
    expect(await gradebook.webhook(admin, id, webhook.id)).not.toHaveProperty('failingSince');
  });
});

describe('an endpoint', () => {
  test('that fails for five days is disabled; what happened meanwhile can be replayed', async () => {
    const { listening, deliver, gradebook, clock } = webhookWorld();
    const { id, webhook, submit } = await listening();
    const before = clock.now.toISOString();
    await submit('1');
    await deliver(500);
    clock.now = new Date(clock.now.getTime() + 5 * day);
    await deliver(500);
    const disabled = await gradebook.webhook(admin, id, webhook.id);
    expect(disabled).toMatchObject({ disabledBecause: 'failing' });
    await submit('2');
    clock.now = new Date(clock.now.getTime() + day);
    expect(await deliver()).toEqual([]);
    const replay = { since: before };
    const refused = gradebook.replayDeliveries(admin, id, webhook.id, replay);
    await expect(refused).rejects.toMatchObject({ code: 'conflict' });
    await gradebook.changeWebhook(admin, id, webhook.id, { enabled: true });
    const { deliveries } = await gradebook.replayDeliveries(admin, id, webhook.id, replay);
    expect(deliveries).toBe(4);
    const sent = types(await deliver());
    expect(sent.toSorted()).toEqual([
      ...['grade.changed', 'grade.changed', 'submission.graded', 'submission.graded'],
    ]);
    expect((await gradebook.replayDeliveries(admin, id, webhook.id, replay)).deliveries).toBe(0);
    const again = { ...replay, delivered: true };
    expect((await gradebook.replayDeliveries(admin, id, webhook.id, again)).deliveries).toBe(4);
  });

  test('that answers 410 is disabled at once', async () => {
    const { listening, deliver, gradebook } = webhookWorld();
    const { id, webhook } = await listening();
    await gradebook.testWebhook(admin, id, webhook.id);
    await deliver(410);
    const { disabledBecause } = await gradebook.webhook(admin, id, webhook.id);
    expect(disabledBecause).toBe('gone');
  });

  test('that fails takes no turn of one that works', async () => {
    const { listening, gradebook, work } = webhookWorld();
    const { id, webhook, submit } = await listening();
    const other = await gradebook.createWebhook(admin, id, { url: 'https://b.example' });
    for (const points of ['1', '2', '3', '4', '5']) await submit(points);
    await work.announceChanges();
    for (const { deliveryId, webhookId } of await work.dueRequests()) {
      const status = webhookId === webhook.id ? 500 : 200;
      await work.settleRequest(deliveryId, { at: work.now(), tookMs: 1, status });
    }
    const next = (await work.dueRequests()).map(({ webhookId }) => webhookId);
    expect(next.filter((one) => one === webhook.id)).toHaveLength(1);
    expect(next).toContain(other.webhook.id);
  });

  test('old messages are forgotten with their deliveries', async () => {
    const { listening, deliver, gradebook, clock } = webhookWorld();
    const { id, webhook } = await listening();
    await gradebook.testWebhook(admin, id, webhook.id);
    await deliver();
    clock.now = new Date(clock.now.getTime() + 31 * day);
    await gradebook.tidy();
    expect((await gradebook.deliveries(admin, id, webhook.id, {})).items).toEqual([]);
  });

  test('a course has so many and no more', async () => {
    const { listening, gradebook } = webhookWorld();
    const { id } = await listening();
    const add = () => gradebook.createWebhook(admin, id, { url: 'https://b.example' });
    for (let more = 1; more < limits.webhooks.perCourse; more += 1) await add();
    await expect(add()).rejects.toMatchObject({ code: 'conflict' });
  });
});
