import { sql } from 'kysely';
import type { Instant } from '../gradebook/course.ts';
import type { Placed, Slice } from '../gradebook/ports.ts';
import type {
  AttemptOutcome,
  Delivery,
  DeliveryAttempt,
  DeliveryDetail,
  DeliveryFilter,
  DueDelivery,
  Settlement,
  Webhook,
} from '../gradebook/webhooks/webhook.ts';
import type { Connection } from './connection.ts';
import { elements, tables } from './dialect.ts';
import { present } from './row.ts';
import type { Schema } from './schema.ts';
import { statement } from './statement.ts';
import { endpoints, noteEndpoint, toWebhook } from './webhook-endpoints.ts';

const withMessages = tables
  .selectFrom('webhook_deliveries')
  .innerJoin('webhook_messages', 'webhook_messages.place', 'webhook_deliveries.message')
  .innerJoin('webhook_endpoints', 'webhook_endpoints.place', 'webhook_deliveries.endpoint')
  .selectAll('webhook_deliveries')
  .select([
    'webhook_messages.id as message_id',
    'webhook_messages.event',
    'webhook_messages.at as message_at',
    'webhook_messages.body',
    'webhook_endpoints.id as webhook_id',
  ]);

type Row = Omit<Schema['webhook_deliveries'], 'place'> & {
  place: number;
  message_id: string;
  message_at: string;
  event: Delivery['event'];
  body: string;
  webhook_id: string;
};

const waiting = statement((v: { now: Instant }) =>
  endpoints
    .where('disabled_at', 'is', null)
    .where((one) =>
      one.exists(
        one
          .selectFrom('webhook_deliveries')
          .select('webhook_deliveries.id')
          .whereRef('webhook_deliveries.endpoint', '=', 'webhook_endpoints.place')
          .where('state', '=', sql.lit('pending'))
          .where('due_at', '<=', v.now),
      ),
    ),
);

const due = statement((v: { endpoint: number; now: Instant; limit: number }) =>
  withMessages
    .where('endpoint', '=', v.endpoint)
    .where('state', '=', sql.lit('pending'))
    .where('due_at', '<=', v.now)
    .orderBy('due_at')
    .orderBy('webhook_deliveries.place')
    .limit(v.limit),
);

const find = statement((v: { id: string }) =>
  withMessages.where('webhook_deliveries.id', '=', v.id),
);

const endpointAt = statement((v: { place: number }) =>
  endpoints.where('webhook_endpoints.place', '=', v.place),
);

const page = statement(
  (v: { webhookId: string; after: number; limit: number; states: string; event: string }) =>
    withMessages
      .where('webhook_endpoints.id', '=', v.webhookId)
      .where('webhook_deliveries.place', '<', v.after)
      .where((one) => one.cast<string>('state', 'text'), 'in', elements(v.states))
      .where(sql<boolean>`(${v.event} = '' or webhook_messages.event = ${v.event})`)
      .orderBy('webhook_deliveries.place', 'desc')
      .limit(v.limit),
);

const attemptsOf = statement((v: { among: string }) =>
  tables
    .selectFrom('webhook_attempts')
    .selectAll()
    .where('delivery', 'in', sql<number>`(select value from json_each(${v.among}))`)
    .orderBy('number'),
);

const settled = statement((v: Pick<Row, 'place' | 'state' | 'tries' | 'due_at'>) =>
  tables
    .updateTable('webhook_deliveries')
    .set({ state: v.state, tries: v.tries, due_at: v.due_at })
    .where('place', '=', v.place),
);

type AttemptColumns = Omit<Schema['webhook_attempts'], 'number'>;

const noteAttempt = statement((v: AttemptColumns) =>
  tables.insertInto('webhook_attempts').values(({ selectFrom }) => ({
    delivery: v.delivery,
    number: selectFrom('webhook_attempts')
      .select(sql<number>`1 + coalesce(max(number), 0)`.as('next'))
      .where('delivery', '=', v.delivery),
    at: v.at,
    took_ms: v.took_ms,
    status: v.status,
    error: v.error,
    excerpt: v.excerpt,
  })),
);

/** Oldest first, at most `forEach` of each endpoint, and one of one that fails. */
export function dueDeliveries(
  connection: Connection,
  now: Instant,
  forEach: number,
): readonly DueDelivery[] {
  return connection.all(waiting, { now }).flatMap((endpoint) => {
    const limit = endpoint.failing_since === null ? forEach : 1;
    const rows = connection.all(due, { endpoint: endpoint.place, now, limit });
    const webhook = toWebhook(endpoint);
    return rows.map(({ id: deliveryId, message_id: id, event, body, message_at: at }) => ({
      deliveryId,
      webhook,
      message: { id, courseId: webhook.courseId, event, body, at },
    }));
  });
}

export function settleDelivery(
  connection: Connection,
  id: string,
  outcome: AttemptOutcome,
  decide: (webhook: Webhook, delivery: Delivery) => Settlement,
): void {
  const row = connection.first(find, { id });
  const endpoint = row && connection.first(endpointAt, { place: row.endpoint });
  if (row === undefined || endpoint === undefined) return;
  const settlement = decide(toWebhook(endpoint), toDelivery(row));
  const { state, dueAt } = settlement;
  connection.run(noteAttempt, {
    delivery: row.place,
    at: outcome.at,
    took_ms: outcome.tookMs,
    status: outcome.status ?? null,
    error: outcome.error ?? null,
    excerpt: outcome.excerpt ?? null,
  });
  connection.run(settled, { place: row.place, state, tries: row.tries + 1, due_at: dueAt });
  noteEndpoint(connection, endpoint, outcome.at, settlement);
}

const allStates = JSON.stringify(['pending', 'delivered', 'failed']);

/** Newest first; `after` is the place of the last one seen. */
export function listDeliveries(
  connection: Connection,
  webhookId: string,
  { state, event = undefined }: DeliveryFilter,
  slice: Slice,
): readonly Placed<Delivery>[] {
  const rows = connection.all(page, {
    webhookId,
    after: slice.after ?? Number.MAX_SAFE_INTEGER,
    limit: slice.limit,
    states: state === undefined ? allStates : JSON.stringify([state]),
    event: event ?? '',
  });
  const attempts = attemptsByDelivery(connection, rows);
  return rows.map((row) => ({
    place: row.place,
    value: toDelivery(row, attempts.get(row.place)?.at(-1)),
  }));
}

export function findDelivery(
  connection: Connection,
  webhookId: string,
  id: string,
): DeliveryDetail | undefined {
  const row = connection.first(find, { id });
  if (row === undefined || row.webhook_id !== webhookId) return undefined;
  const attempts = attemptsByDelivery(connection, [row]).get(row.place) ?? [];
  return { ...toDelivery(row, attempts.at(-1)), body: row.body, attempts };
}

function attemptsByDelivery(
  connection: Connection,
  rows: readonly Row[],
): ReadonlyMap<number, readonly DeliveryAttempt[]> {
  const among = JSON.stringify(rows.map(({ place }) => place));
  const found = new Map<number, DeliveryAttempt[]>();
  for (const row of connection.all(attemptsOf, { among })) {
    const { delivery, took_ms: tookMs, ...rest } = present(row);
    found.set(delivery, [...(found.get(delivery) ?? []), { ...rest, tookMs }]);
  }
  return found;
}

function toDelivery(row: Row, lastAttempt?: DeliveryAttempt): Delivery {
  return {
    id: row.id,
    webhookId: row.webhook_id,
    messageId: row.message_id,
    event: row.event,
    state: row.state,
    tries: row.tries,
    ...(row.state === 'pending' && { dueAt: row.due_at }),
    createdAt: row.created_at,
    ...(lastAttempt !== undefined && { lastAttempt }),
  };
}
