import type { WebhookStore } from '../gradebook/webhooks/webhook.ts';
import { keepBeside } from './audit.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import type { GroupCommit } from './group-commit.ts';
import { statement } from './statement.ts';
import {
  dueDeliveries,
  findDelivery,
  listDeliveries,
  settleDelivery,
} from './webhook-deliveries.ts';
import {
  deleteWebhook,
  findWebhook,
  insertWebhook,
  listWebhooks,
  replaceWebhook,
} from './webhook-endpoints.ts';
import { announce, sendTo } from './webhook-outbox.ts';
import { forgetMessages, replayDelivery, replaySpan } from './webhook-replay.ts';

type Write = GroupCommit['write'];
type Read = <T>(work: () => T) => Promise<T>;

const place = statement((v: { id: string }) =>
  tables.selectFrom('webhook_endpoints').select('place').where('id', '=', v.id),
);

/** The part of the store that webhooks need. */
export function webhookMethods(connection: Connection, read: Read, write: Write): WebhookStore {
  return {
    ...endpointMethods(connection, read, write),
    ...deliveryMethods(connection, read, write),
    announce: async (now, limit, decide, newId) =>
      (await read(() => connection.first(anyNote, { now }))) === undefined
        ? 0
        : write(() => announce(connection, { now, limit }, decide, newId)),
  };
}

const anyNote = statement((v: { now: string }) =>
  tables.selectFrom('webhook_changes').select('place').where('not_before', '<=', v.now).limit(1),
);

function endpointMethods(connection: Connection, read: Read, write: Write) {
  return {
    addWebhook: (webhook, most, beside) =>
      write(() => {
        insertWebhook(connection, webhook, most);
        keepBeside(connection, beside);
      }),
    webhook: (courseId, id) => read(() => findWebhook(connection, courseId, id)),
    webhooks: (courseId) => read(() => listWebhooks(connection, courseId)),
    changeWebhook: (webhook, beside) =>
      write(() => {
        const changed = replaceWebhook(connection, webhook);
        if (changed) keepBeside(connection, beside);
        return changed;
      }),
    removeWebhook: (id, beside) =>
      write(() => {
        deleteWebhook(connection, id);
        keepBeside(connection, beside);
      }),
  } satisfies Partial<WebhookStore>;
}

function deliveryMethods(connection: Connection, read: Read, write: Write) {
  return {
    addDelivery: (webhookId, message, deliveryId, beside) =>
      write(() => {
        const to = connection.all(place, { id: webhookId });
        sendTo(connection, message, to, () => deliveryId);
        keepBeside(connection, beside);
      }),
    dueDeliveries: (now, forEach) => read(() => dueDeliveries(connection, now, forEach)),
    settleDelivery: (id, outcome, decide) =>
      write(() => settleDelivery(connection, id, outcome, decide)),
    deliveries: (webhookId, filter, slice) =>
      read(() => listDeliveries(connection, webhookId, filter, slice)),
    delivery: (webhookId, id) => read(() => findDelivery(connection, webhookId, id)),
    replayDelivery: (id, now, beside) =>
      write(() => {
        replayDelivery(connection, id, now);
        keepBeside(connection, beside);
      }),
    replaySpan: (webhook, span, now, newId, beside) =>
      write(() => {
        const sent = replaySpan(connection, webhook.id, span, now, newId);
        keepBeside(connection, beside);
        return sent;
      }),
    forgetMessages: (before) => write(() => forgetMessages(connection, before)),
  } satisfies Partial<WebhookStore>;
}
