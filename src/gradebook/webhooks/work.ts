import { limits } from '../../limits.ts';
import type { GradebookParts } from '../create-gradebook.ts';
import { announcementOf, changesAtOnce } from './announce.ts';
import { settle } from './retry.ts';
import { signedRequest } from './sign.ts';
import type { WebhookWork } from './webhook-use-cases.ts';

/** The work behind webhooks. `random` gives numbers from 0 to 1: it spreads tries. */
export function webhookWork(parts: GradebookParts, random: () => number): WebhookWork {
  const { store } = parts;
  const now = () => parts.now().toISOString();
  return {
    now,
    announceChanges: async () => {
      const at = now();
      const made = await store.announce(
        at,
        changesAtOnce,
        (changes) => announcementOf(changes, at, parts.newId),
        parts.newId,
      );
      return made === changesAtOnce;
    },
    dueRequests: async () => {
      const date = parts.now();
      const { atOncePerEndpoint } = limits.webhooks;
      const due = await store.dueDeliveries(date.toISOString(), atOncePerEndpoint);
      return due.map((one) => signedRequest(one, date));
    },
    settleRequest: (deliveryId, outcome) =>
      store.settleDelivery(deliveryId, outcome, (webhook, delivery) =>
        settle(webhook, delivery, outcome, random()),
      ),
  };
}

/** Messages past their time, with their deliveries, and links that nobody opened. */
export async function forgetOld({ store, now }: GradebookParts): Promise<void> {
  const time = now().getTime();
  await store.forgetMessages(new Date(time - limits.webhooks.keptMs).toISOString());
  await store.forgetLaunches(new Date(time - limits.webhooks.keptMs).toISOString());
}
