import { Refusal } from '../gradebook/refusal.ts';
import type { Settlement, WebhookEvent, WebhookRow } from '../gradebook/webhooks/webhook.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import { present } from './row.ts';
import type { Schema } from './schema.ts';
import { statement } from './statement.ts';

type Columns = Omit<Schema['webhook_endpoints'], 'place' | 'course'>;
/** A row with the place it has and the course it is of. */
export type EndpointRow = Columns & { place: number; course_id: string };

const insert = statement((v: Columns & { courseId: string }) =>
  tables.insertInto('webhook_endpoints').values(({ selectFrom }) => ({
    course: selectFrom('courses').select('place').where('id', '=', v.courseId),
    id: v.id,
    url: v.url,
    description: v.description,
    events: v.events,
    secret: v.secret,
    old_secret: v.old_secret,
    old_secret_until: v.old_secret_until,
    disabled_at: v.disabled_at,
    disabled_because: v.disabled_because,
    failing_since: v.failing_since,
    revision: v.revision,
    created_at: v.created_at,
  })),
);

const change = statement((v: Columns) =>
  tables
    .updateTable('webhook_endpoints')
    .set({
      url: v.url,
      description: v.description,
      events: v.events,
      secret: v.secret,
      old_secret: v.old_secret,
      old_secret_until: v.old_secret_until,
      disabled_at: v.disabled_at,
      disabled_because: v.disabled_because,
      failing_since: v.failing_since,
      revision: v.revision,
    })
    .where('id', '=', v.id)
    .where('revision', '<', v.revision),
);

type Health = Pick<Columns, 'disabled_at' | 'disabled_because' | 'failing_since'>;

const noteHealth = statement((v: Health & { place: number }) =>
  tables
    .updateTable('webhook_endpoints')
    .set({
      disabled_at: v.disabled_at,
      disabled_because: v.disabled_because,
      failing_since: v.failing_since,
    })
    .where('place', '=', v.place),
);

const remove = statement((v: { id: string }) =>
  tables.deleteFrom('webhook_endpoints').where('id', '=', v.id),
);

/** Endpoints with the id of their course. */
export const endpoints = tables
  .selectFrom('webhook_endpoints')
  .innerJoin('courses', 'courses.place', 'webhook_endpoints.course')
  .selectAll('webhook_endpoints')
  .select('courses.id as course_id');

const ofCourse = statement((v: { courseId: string }) =>
  endpoints.where('courses.id', '=', v.courseId).orderBy('webhook_endpoints.place'),
);

const find = statement((v: { courseId: string; id: string }) =>
  endpoints.where('courses.id', '=', v.courseId).where('webhook_endpoints.id', '=', v.id),
);

export function insertWebhook(connection: Connection, webhook: WebhookRow, most: number): void {
  const { courseId } = webhook;
  if (connection.all(ofCourse, { courseId }).length >= most) {
    throw new Refusal('conflict', `A course has at most ${most} webhooks: remove one first.`);
  }
  connection.run(insert, { ...toColumns(webhook), courseId });
}

/** False when it was changed meanwhile. */
export function replaceWebhook(connection: Connection, webhook: WebhookRow): boolean {
  return connection.run(change, toColumns(webhook)) === 1;
}

/** What a try says of the endpoint; one that is disabled already stays so for its own reason. */
export function noteEndpoint(
  connection: Connection,
  row: EndpointRow,
  at: string,
  { failingSince, disabledBecause }: Settlement,
): void {
  const disables = disabledBecause !== undefined && row.disabled_at === null;
  connection.run(noteHealth, {
    place: row.place,
    failing_since: failingSince ?? null,
    disabled_at: disables ? at : row.disabled_at,
    disabled_because: disables ? disabledBecause : row.disabled_because,
  });
}

export function deleteWebhook(connection: Connection, id: string): void {
  connection.run(remove, { id });
}

export function findWebhook(
  connection: Connection,
  courseId: string,
  id: string,
): WebhookRow | undefined {
  const row = connection.first(find, { courseId, id });
  return row && toWebhook(row);
}

export function listWebhooks(connection: Connection, courseId: string): readonly WebhookRow[] {
  return connection.all(ofCourse, { courseId }).map(toWebhook);
}

function toColumns(webhook: WebhookRow): Columns {
  return {
    id: webhook.id,
    url: webhook.url,
    description: webhook.description ?? null,
    events: JSON.stringify(webhook.events),
    secret: webhook.secret,
    old_secret: webhook.oldSecret ?? null,
    old_secret_until: webhook.oldSecretUntil ?? null,
    disabled_at: webhook.disabledAt ?? null,
    disabled_because: webhook.disabledBecause ?? null,
    failing_since: webhook.failingSince ?? null,
    revision: webhook.revision,
    created_at: webhook.createdAt,
  };
}

export function toWebhook(row: EndpointRow): WebhookRow {
  const { id, url, description, secret, old_secret, old_secret_until, ...rest } = present(row);
  const { disabled_at, disabled_because, failing_since } = rest;
  return {
    ...{ id, courseId: row.course_id, url },
    ...(description !== undefined && { description }),
    events: JSON.parse(row.events) as readonly WebhookEvent[],
    secret,
    ...(old_secret !== undefined && { oldSecret: old_secret }),
    ...(old_secret_until !== undefined && { oldSecretUntil: old_secret_until }),
    ...(disabled_at !== undefined && { disabledAt: disabled_at }),
    ...(disabled_because !== undefined && { disabledBecause: disabled_because }),
    ...(failing_since !== undefined && { failingSince: failing_since }),
    ...{ revision: row.revision, createdAt: row.created_at },
  };
}
