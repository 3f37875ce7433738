import type { Extension } from '../gradebook/extension.ts';
import { favours, instantOf, isLocalTime } from '../gradebook/policy/time-zone.ts';
import type { Placed, Slice } from '../gradebook/ports.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import { present } from './row.ts';
import type { Schema } from './schema.ts';
import { statement } from './statement.ts';

type Columns = Omit<Schema['extensions'], 'place'>;
type Row = Columns & { place: number; time_zone: string };

const insert = statement((v: Columns) =>
  tables.insertInto('extensions').values({
    id: v.id,
    course_id: v.course_id,
    assignment_id: v.assignment_id,
    learner_id: v.learner_id,
    section_id: v.section_id,
    due_at: v.due_at,
    closes_at: v.closes_at,
    extra_minutes: v.extra_minutes,
    extra_attempts: v.extra_attempts,
    reason: v.reason,
    token_id: v.token_id,
    created_at: v.created_at,
    revoked_at: v.revoked_at,
  }),
);

const ofCourse = (courseId: string) =>
  tables
    .selectFrom('extensions')
    .innerJoin('courses', 'courses.id', 'extensions.course_id')
    .selectAll('extensions')
    .select('courses.time_zone')
    .where('extensions.course_id', '=', courseId)
    .orderBy('extensions.place');

const find = statement((v: { courseId: string; id: string }) =>
  ofCourse(v.courseId).where('extensions.id', '=', v.id),
);

const page = statement((v: { courseId: string; after: number; limit: number }) =>
  ofCourse(v.courseId).where('extensions.place', '>', v.after).limit(v.limit),
);

const inForce = (courseId: string) => ofCourse(courseId).where('extensions.revoked_at', 'is', null);

const allInForce = statement((v: { courseId: string }) => inForce(v.courseId));

const learnersInForce = statement((v: { courseId: string; learnerId: string }) =>
  inForce(v.courseId).where((one) =>
    one.or([
      one('extensions.learner_id', '=', v.learnerId),
      one(
        'extensions.section_id',
        '=',
        one.selectFrom('enrolments').select('section_id').where('enrolments.id', '=', v.learnerId),
      ),
    ]),
  ),
);

const revoke = statement((v: { id: string; at: string }) =>
  tables
    .updateTable('extensions')
    .set({ revoked_at: v.at })
    .where('id', '=', v.id)
    .where('revoked_at', 'is', null),
);

export function insertExtension(connection: Connection, one: Extension): void {
  connection.run(insert, {
    id: one.id,
    course_id: one.courseId,
    assignment_id: one.assignmentId,
    learner_id: one.learnerId ?? null,
    section_id: one.sectionId ?? null,
    due_at: one.local?.dueAt ?? one.dueAt ?? null,
    closes_at: one.local?.closesAt ?? one.closesAt ?? null,
    extra_minutes: one.extraMinutes ?? null,
    extra_attempts: one.extraAttempts ?? null,
    reason: one.reason,
    token_id: one.tokenId,
    created_at: one.createdAt,
    revoked_at: one.revokedAt ?? null,
  });
}

export function findExtension(
  connection: Connection,
  courseId: string,
  id: string,
): Extension | undefined {
  const row = connection.first(find, { courseId, id });
  return row && toExtension(row);
}

export function listExtensions(
  connection: Connection,
  courseId: string,
  slice: Slice,
): readonly Placed<Extension>[] {
  const rows = connection.all(page, { courseId, after: slice.after ?? 0, limit: slice.limit });
  return rows.map((row) => ({ place: row.place, value: toExtension(row) }));
}

/** Those that are not revoked: of a course, or of one learner and their section. */
export function extensionsInForce(
  connection: Connection,
  courseId: string,
  learnerId?: string,
): readonly Extension[] {
  const rows: Row[] =
    learnerId === undefined
      ? connection.all(allInForce, { courseId })
      : connection.all(learnersInForce, { courseId, learnerId });
  return rows.map(toExtension);
}

export function revokeExtension(connection: Connection, id: string, at: string): boolean {
  return connection.run(revoke, { id, at }) === 1;
}

function toExtension(row: Row): Extension {
  const { learner_id, section_id, extra_minutes, extra_attempts, revoked_at } = present(row);
  return {
    id: row.id,
    courseId: row.course_id,
    assignmentId: row.assignment_id,
    ...(learner_id !== undefined && { learnerId: learner_id }),
    ...(section_id !== undefined && { sectionId: section_id }),
    ...times(row),
    ...(extra_minutes !== undefined && { extraMinutes: extra_minutes }),
    ...(extra_attempts !== undefined && { extraAttempts: extra_attempts }),
    reason: row.reason,
    tokenId: row.token_id,
    createdAt: row.created_at,
    ...(revoked_at !== undefined && { revokedAt: revoked_at }),
  };
}

/** Local times follow the course's zone, as those of assignments do. */
function times(row: Row): Pick<Extension, 'dueAt' | 'closesAt' | 'local'> {
  const { due_at, closes_at, time_zone } = present(row);
  const local = {
    ...(due_at !== undefined && isLocalTime(due_at) && { dueAt: due_at }),
    ...(closes_at !== undefined && isLocalTime(closes_at) && { closesAt: closes_at }),
  };
  const instant = (text: string) =>
    isLocalTime(text) ? instantOf(text, time_zone, favours.dueAt) : text;
  return {
    ...(due_at !== undefined && { dueAt: instant(due_at) }),
    ...(closes_at !== undefined && { closesAt: instant(closes_at) }),
    ...(Object.keys(local).length > 0 && { local }),
  };
}
