import { sql } from 'kysely';
import type { Instant } from '../gradebook/course.ts';
import type { ReplaySpan } from '../gradebook/webhooks/webhook.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import { statement } from './statement.ts';
import { insertDelivery } from './webhook-outbox.ts';

const again = statement((v: { id: string; now: Instant }) =>
  tables
    .updateTable('webhook_deliveries')
    .set({ state: 'pending', tries: 0, due_at: v.now })
    .where('id', '=', v.id),
);

interface Span {
  readonly webhookId: string;
  readonly since: Instant;
  readonly until: Instant;
  readonly delivered: number;
  readonly limit: number;
}

/** Messages that the endpoint listens to, with its delivery of each if there is one. */
const inSpan = statement((v: Span) =>
  tables
    .selectFrom('webhook_endpoints')
    .innerJoin('webhook_messages', 'webhook_messages.course', 'webhook_endpoints.course')
    .leftJoin('webhook_deliveries', (join) =>
      join
        .onRef('webhook_deliveries.message', '=', 'webhook_messages.place')
        .onRef('webhook_deliveries.endpoint', '=', 'webhook_endpoints.place'),
    )
    .select([
      'webhook_messages.place as message',
      'webhook_endpoints.place as endpoint',
      'webhook_deliveries.id as delivery_id',
    ])
    .where('webhook_endpoints.id', '=', v.webhookId)
    .where('webhook_messages.at', '>=', v.since)
    .where('webhook_messages.at', '<=', v.until)
    .where(sql<boolean>`webhook_messages.event in (select value from json_each(events))`)
    .where(sql<boolean>`(state is null or state <> 'delivered' or ${v.delivered} = 1)`)
    .orderBy('webhook_messages.at')
    .orderBy('webhook_messages.place')
    .limit(v.limit),
);

const forget = statement((v: { before: Instant }) =>
  tables.deleteFrom('webhook_messages').where('at', '<', v.before),
);

export function replayDelivery(connection: Connection, id: string, now: Instant): void {
  connection.run(again, { id, now });
}

/** How many will be sent. */
export function replaySpan(
  connection: Connection,
  webhookId: string,
  span: ReplaySpan & { readonly limit: number },
  now: Instant,
  newId: () => string,
): number {
  const asked = { ...span, webhookId, delivered: span.delivered ? 1 : 0 };
  const found = connection.all(inSpan, asked);
  for (const { message, endpoint, delivery_id } of found) {
    if (delivery_id !== null) replayDelivery(connection, delivery_id, now);
    else
      connection.run(insertDelivery, {
        id: newId(),
        endpoint,
        message,
        due_at: now,
        created_at: now,
      });
  }
  return found.length;
}

/** With all deliveries of them. */
export function forgetMessages(connection: Connection, before: Instant): void {
  connection.run(forget, { before });
}
