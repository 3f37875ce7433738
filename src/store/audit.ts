import { sql } from 'kysely';
import type { AuditFilter } from '../gradebook/audit-filter.ts';
import type { AuditEvent } from '../gradebook/event.ts';
import type { Beside, Placed, Slice } from '../gradebook/ports.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import { insertReceipt } from './receipts.ts';
import { present } from './row.ts';
import type { Schema } from './schema.ts';
import { type Statement, statement } from './statement.ts';

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

const concerns = statement((v: { learnerId: string; event: number }) =>
  tables.insertInto('audit_learners').values({ learner_id: v.learnerId, event: v.event }),
);

const namesOf = statement((v: { event: number }) =>
  tables.selectFrom('audit_learners').select('learner_id').where('event', '=', v.event),
);

type Wanted = { [K in keyof AuditFilter]-?: string | null };
type Window = Wanted & { readonly after: number; readonly limit: number };

const matching = (v: Window) =>
  all
    .where('place', '<', v.after)
    .where(sql<boolean>`(${v.actor} IS NULL OR token_id = ${v.actor})`)
    .where(
      sql<boolean>`(${v.action} IS NULL OR action = ${v.action}
        OR substr(action, 1, length(${v.action}) + 1) = ${v.action} || ':')`,
    )
    .where(sql<boolean>`(${v.subject} IS NULL OR subject = ${v.subject})`)
    .where(sql<boolean>`(${v.from} IS NULL OR at >= ${v.from})`)
    .where(sql<boolean>`(${v.to} IS NULL OR at < ${v.to})`)
    .limit(v.limit);

const ofCourse = (v: Window) => matching(v).where('course_id', '=', sql<string>`${v.courseId}`);

const aboutLearner = (v: Window) => sql<boolean>`place IN (
  SELECT event FROM audit_learners WHERE learner_id = ${v.learner})`;

/** One statement for each way there is an index for. */
const statements = {
  all: statement(matching),
  course: statement(ofCourse),
  learner: statement((v: Window) => matching(v).where(aboutLearner(v))),
  learnerOfCourse: statement((v: Window) => ofCourse(v).where(aboutLearner(v))),
};

/** Keeps what stands beside a change; call it inside the change's transaction. */
export function keepBeside(connection: Connection, beside: Beside): void {
  if (beside.audit !== undefined) insertAudit(connection, beside.audit);
  if (beside.receipt !== undefined) insertReceipt(connection, beside.receipt);
}

/** Newest first; `after` is the place of the last one seen. */
export function auditEvents(
  connection: Connection,
  filter: AuditFilter,
  slice: Slice,
): readonly Placed<AuditEvent>[] {
  const { courseId = null, actor = null, action = null, subject = null, learner = null } = filter;
  const { from = null, to = null } = filter;
  const wanted: Wanted = { courseId, actor, action, subject, learner, from, to };
  const after = slice.after ?? Number.MAX_SAFE_INTEGER;
  const rows = connection.all(queryFor(filter), { ...wanted, after, limit: slice.limit });
  return rows.map((row) => {
    const learnerIds = connection.all(namesOf, { event: row.place }).map((one) => one.learner_id);
    const value = { ...toEvent(row), ...(learnerIds.length > 0 && { learnerIds }) };
    return { place: row.place, value };
  });
}

function queryFor({ courseId, learner }: AuditFilter): Statement<Window, Row> {
  if (learner === undefined) return courseId === undefined ? statements.all : statements.course;
  return courseId === undefined ? statements.learner : statements.learnerOfCourse;
}

function insertAudit(connection: Connection, event: AuditEvent): void {
  const place = connection.insert(insert, {
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
  for (const learnerId of event.learnerIds ?? []) {
    connection.run(concerns, { learnerId, event: place });
  }
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
