import type { AuditEvent } from '../gradebook/event.ts';
import type { Beside, Placed, Slice } from '../gradebook/ports.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import { insertReceipt } from './receipts.ts';
import { present } from './row.ts';
import type { Schema } from './schema.ts';
import { statement } from './statement.ts';

type Row = Omit<Schema['audit_events'], 'place'> & { place: number };

const insert = statement((v: Omit<Row, 'place'>) =>
  tables.insertInto('audit_events').values({
    id: v.id,
    at: v.at,
    token_id: v.token_id,
    action: v.action,
    course_id: v.course_id,
    subject: v.subject,
    before: v.before,
    after: v.after,
    reason: v.reason,
    request_id: v.request_id,
  }),
);

const all = tables.selectFrom('audit_events').selectAll().orderBy('place', 'desc');

const newest = statement((v: { after: number; limit: number }) =>
  all.where('place', '<', v.after).limit(v.limit),
);

const newestOfCourse = statement((v: { courseId: string; after: number; limit: number }) =>
  all.where('course_id', '=', v.courseId).where('place', '<', v.after).limit(v.limit),
);

/** Keeps what stands beside a change; call it inside the change's transaction. */
export function keepBeside(connection: Connection, beside: Beside): void {
  if (beside.audit !== undefined) insertAudit(connection, beside.audit);
  if (beside.receipt !== undefined) insertReceipt(connection, beside.receipt);
}

/** Newest first; `after` is the place of the last one seen. */
export function auditEvents(
  connection: Connection,
  courseId: string | undefined,
  slice: Slice,
): readonly Placed<AuditEvent>[] {
  const window = { after: slice.after ?? Number.MAX_SAFE_INTEGER, limit: slice.limit };
  const rows =
    courseId === undefined
      ? connection.all(newest, window)
      : connection.all(newestOfCourse, { ...window, courseId });
  return rows.map((row) => ({ place: row.place, value: toEvent(row) }));
}

function insertAudit(connection: Connection, event: AuditEvent): void {
  connection.run(insert, {
    id: event.id,
    at: event.at,
    token_id: event.tokenId,
    action: event.action,
    course_id: event.courseId ?? null,
    subject: event.subject,
    before: toText(event.before),
    after: toText(event.after),
    reason: event.reason ?? null,
    request_id: event.requestId ?? null,
  });
}

function toText(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

function toEvent(row: Row): AuditEvent {
  const { token_id, course_id, before, after, request_id, place, ...rest } = present(row);
  return {
    ...rest,
    tokenId: token_id,
    ...(course_id !== undefined && { courseId: course_id }),
    ...(before !== undefined && { before: JSON.parse(before) as unknown }),
    ...(after !== undefined && { after: JSON.parse(after) as unknown }),
    ...(request_id !== undefined && { requestId: request_id }),
  };
}
