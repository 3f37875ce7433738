import { limits } from '../../limits.ts';
import { authorise } from '../authorise.ts';
import { besideOf } from '../courses.ts';
import type { GradebookParts } from '../create-gradebook.ts';
import { Complaints } from '../input.ts';
import { pageOf, sliceOf } from '../paging.ts';
import { notFound, Refusal } from '../refusal.ts';
import { messageOf } from './announce.ts';
import { findWebhook, noteOf, shown } from './endpoints.ts';
import { type Delivery, testEvent, type Webhook } from './webhook.ts';
import type { ReplayAsk, WebhookUseCases } from './webhook-use-cases.ts';

type DeliveryUseCases = Pick<
  WebhookUseCases,
  'testWebhook' | 'deliveries' | 'delivery' | 'replayDelivery' | 'replayDeliveries'
>;

/** Looking into what was sent, and sending it once more. */
export function deliveryUseCases(parts: GradebookParts): DeliveryUseCases {
  const { store } = parts;
  return {
    testWebhook: async (actor, courseId, webhookId, receipt) => {
      authorise(actor, 'webhook:manage', { courseId });
      const webhook = await findWebhook(store, courseId, webhookId);
      refuseDisabled(webhook);
      const at = parts.now().toISOString();
      const message = messageOf(testEvent, { courseId, webhookId }, at, parts.newId);
      const delivery: Delivery = {
        ...{ id: parts.newId(), webhookId, messageId: message.id, event: testEvent },
        ...{ state: 'pending', tries: 0, dueAt: at, createdAt: at },
      };
      const audit = noteOf(parts, actor, 'webhook:test', webhook, { after: delivery });
      await store.addDelivery(webhookId, message, delivery.id, besideOf(audit, delivery, receipt));
      return delivery;
    },
    deliveries: async (actor, courseId, webhookId, ask) => {
      authorise(actor, 'webhook:read', { courseId });
      await findWebhook(store, courseId, webhookId);
      const slice = sliceOf(ask);
      return pageOf(await store.deliveries(webhookId, ask, slice), slice);
    },
    delivery: async (actor, courseId, webhookId, deliveryId) => {
      authorise(actor, 'webhook:read', { courseId });
      await findWebhook(store, courseId, webhookId);
      const found = await store.delivery(webhookId, deliveryId);
      if (found === undefined) throw notFound('delivery');
      return found;
    },
    replayDelivery: async (actor, courseId, webhookId, deliveryId, receipt) => {
      authorise(actor, 'webhook:manage', { courseId });
      const webhook = await findWebhook(store, courseId, webhookId);
      refuseDisabled(webhook);
      const found = await store.delivery(webhookId, deliveryId);
      if (found === undefined) throw notFound('delivery');
      const { body: _body, attempts: _attempts, ...delivery } = found;
      const at = parts.now().toISOString();
      const after: Delivery = { ...delivery, state: 'pending', tries: 0, dueAt: at };
      const audit = noteOf(parts, actor, 'webhook:replay', webhook, { after: { deliveryId } });
      await store.replayDelivery(deliveryId, at, besideOf(audit, after, receipt));
      return after;
    },
    replayDeliveries: async (actor, courseId, webhookId, ask) => {
      authorise(actor, 'webhook:manage', { courseId });
      const webhook = await findWebhook(store, courseId, webhookId);
      refuseDisabled(webhook);
      const at = parts.now().toISOString();
      const span = spanOf(ask, at);
      const limit = limits.webhooks.replayAtOnce;
      const audit = noteOf(parts, actor, 'webhook:replay', webhook, { after: span });
      const asked = { ...span, limit };
      const deliveries = await store.replaySpan(shown(webhook), asked, at, parts.newId, { audit });
      return { deliveries, truncated: deliveries === limit };
    },
  };
}

function spanOf(ask: ReplayAsk, now: string) {
  const complaints = new Complaints();
  const since = complaints.instant(ask.since, '/since') ?? now;
  const until = complaints.instant(ask.until, '/until') ?? now;
  complaints.require(since <= until, '/since', 'must not be later than until, or now');
  complaints.refuse('Nothing can be replayed so.');
  return { since, until, delivered: ask.delivered ?? false };
}

function refuseDisabled({ disabledAt }: Webhook): void {
  if (disabledAt === undefined) return;
  const detail = 'The webhook is disabled: PATCH it with {"enabled": true} first.';
  throw new Refusal('conflict', detail);
}
