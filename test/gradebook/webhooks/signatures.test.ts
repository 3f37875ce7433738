import { Webhook as Judge } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { signedRequest } from '../../../src/gradebook/webhooks/sign.ts';
import { admin } from '../world.ts';
import { webhookWorld } from './world.ts';

const hour = 60 * 60 * 1000;

/** The library judges by the real clock, so worlds here live now. */
async function pending() {
  const world = webhookWorld();
  world.clock.now = new Date();
  const course = await world.listening();
  await world.gradebook.testWebhook(admin, course.id, course.webhook.id);
  const request = async () => {
    const [due] = await world.work.dueRequests();
    if (due === undefined) throw new Error('nothing is due');
    return due;
  };
  return { ...world, ...course, request };
}

describe('the library of the specification', () => {
  test('accepts what is sent', async () => {
    const { request, judge } = await pending();
    const { body, headers } = await request();
    expect(judge.verify(body, { ...headers })).toMatchObject({ type: 'webhook.test' });
  });

  test.each([
    ['another body', (body: string) => `${body} `, {}],
    ['another id', (body: string) => body, { 'webhook-id': 'msg_other' }],
    ['another time', (body: string) => body, { 'webhook-timestamp': '1700000000' }],
  ])('refuses %s', async (_name, change, headers) => {
    const { request, judge } = await pending();
    const due = await request();
    expect(() => judge.verify(change(due.body), { ...due.headers, ...headers })).toThrow();
  });

  test('refuses another secret', async () => {
    const [one, other] = [await pending(), await pending()];
    const { body, headers } = await one.request();
    expect(() => other.judge.verify(body, { ...headers })).toThrow();
  });

  test('accepts old and new secrets while they change, then the new one alone', async () => {
    const { gradebook, id, webhook, judge, request, clock } = await pending();
    const ask = { oldSecretHours: 0.001 };
    const { secret } = await gradebook.rotateWebhookSecret(admin, id, webhook.id, ask);
    const during = await request();
    for (const each of [judge, new Judge(secret)]) each.verify(during.body, { ...during.headers });
    clock.now = new Date(clock.now.getTime() + 0.002 * hour);
    const after = await request();
    new Judge(secret).verify(after.body, { ...after.headers });
    expect(() => judge.verify(after.body, { ...after.headers })).toThrow();
  });
});

test('the example of the specification', () => {
  const body = '{"test": 2432232314}';
  const { headers } = signedRequest(
    {
      deliveryId: 'd',
      webhook: {
        ...{ id: 'w', courseId: 'c', url: 'https://a.example', events: [], revision: 1 },
        ...{ createdAt: '', secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
      },
      message: {
        ...{ id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', courseId: 'c', event: 'grade.changed' },
        ...{ body, at: '' },
      },
    },
    new Date(1614265330 * 1000),
  );
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});
