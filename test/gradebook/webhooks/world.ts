import { Webhook as Judge } from 'standardwebhooks';
import {
  type GradebookParts,
  type NewAssignment,
  webhookWork,
} from '../../../src/gradebook/index.ts';
import { admin, makeWorld } from '../world.ts';

/** A world whose sender is played by the test: it sees each request, and says how it ended. */
export function webhookWorld() {
  const world = makeWorld({ webhookAddress: () => '' });
  const { gradebook } = world;

  async function listening(ask: Partial<NewAssignment> = {}) {
    const course = await world.course(ask);
    const { webhook, secret } = await gradebook.createWebhook(admin, course.id, {
      url: 'https://lms.example.edu/hooks',
    });
    return { ...course, webhook, judge: new Judge(secret), secret };
  }

  return { ...world, ...senderOf(world.parts), listening };
}

/** Plays the sender. */
export function senderOf(parts: GradebookParts) {
  const work = webhookWork(parts, () => 0.5);

  /** All that is due now, as events; each is settled with the status. */
  async function deliver(status = 200, more: { retryAfterSeconds?: number } = {}) {
    while (await work.announceChanges());
    const sent: { type: string; data: Record<string, unknown>; id: string }[] = [];
    for (;;) {
      const due = await work.dueRequests();
      if (due.length === 0) return sent;
      for (const { deliveryId, body, headers } of due) {
        sent.push({ ...JSON.parse(body), id: headers['webhook-id'] });
        await work.settleRequest(deliveryId, { at: work.now(), tookMs: 1, status, ...more });
      }
    }
  }

  return { work, deliver };
}

export const types = (sent: readonly { readonly type: string }[]) => sent.map(({ type }) => type);
