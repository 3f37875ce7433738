import type { Override } from '../gradebook/override.ts';
import type { Placed, Slice } from '../gradebook/ports.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import { present } from './row.ts';
import type { Schema } from './schema.ts';
import { statement } from './statement.ts';

type Columns = Omit<Schema['overrides'], 'place'>;
type Row = Columns & { place: number };

const insert = statement((v: Columns) =>
  tables.insertInto('overrides').values({
    id: v.id,
    course_id: v.course_id,
    assignment_id: v.assignment_id,
    learner_id: v.learner_id,
    part: v.part,
    points: v.points,
    excused: v.excused,
    comment: v.comment,
    reason: v.reason,
    token_id: v.token_id,
    created_at: v.created_at,
    removed_at: v.removed_at,
  }),
);

const ofCourse = (courseId: string) =>
  tables.selectFrom('overrides').selectAll().where('course_id', '=', courseId).orderBy('place');

const find = statement((v: { courseId: string; id: string }) =>
  ofCourse(v.courseId).where('id', '=', v.id),
);

const page = statement((v: { courseId: string; after: number; limit: number }) =>
  ofCourse(v.courseId).where('place', '>', v.after).limit(v.limit),
);

const inForce = (courseId: string) => ofCourse(courseId).where('removed_at', 'is', null);

const allInForce = statement((v: { courseId: string }) => inForce(v.courseId));

const learnersInForce = statement((v: { courseId: string; learnerId: string }) =>
  inForce(v.courseId).where('learner_id', '=', v.learnerId),
);

const remove = statement((v: { id: string; at: string }) =>
  tables
    .updateTable('overrides')
    .set({ removed_at: v.at })
    .where('id', '=', v.id)
    .where('removed_at', 'is', null),
);

export function insertOverride(connection: Connection, one: Override): void {
  connection.run(insert, {
    id: one.id,
    course_id: one.courseId,
    assignment_id: one.assignmentId,
    learner_id: one.learnerId,
    part: one.part ?? null,
    points: one.points ?? null,
    excused: one.excused ? 1 : 0,
    comment: one.comment ?? null,
    reason: one.reason,
    token_id: one.tokenId,
    created_at: one.createdAt,
    removed_at: one.removedAt ?? null,
  });
}

export function findOverride(
  connection: Connection,
  courseId: string,
  id: string,
): Override | undefined {
  const row = connection.first(find, { courseId, id });
  return row && toOverride(row);
}

export function listOverrides(
  connection: Connection,
  courseId: string,
  slice: Slice,
): readonly Placed<Override>[] {
  const rows = connection.all(page, { courseId, after: slice.after ?? 0, limit: slice.limit });
  return rows.map((row) => ({ place: row.place, value: toOverride(row) }));
}

/** Those that are not removed: of a course, or of one learner. */
export function overridesInForce(
  connection: Connection,
  courseId: string,
  learnerId?: string,
): readonly Override[] {
  const rows: Row[] =
    learnerId === undefined
      ? connection.all(allInForce, { courseId })
      : connection.all(learnersInForce, { courseId, learnerId });
  return rows.map(toOverride);
}

export function removeOverride(connection: Connection, id: string, at: string): boolean {
  return connection.run(remove, { id, at }) === 1;
}

function toOverride(row: Row): Override {
  const { part, points, comment, removed_at } = present(row);
  return {
    id: row.id,
    courseId: row.course_id,
    assignmentId: row.assignment_id,
    learnerId: row.learner_id,
    ...(part !== undefined && { part }),
    ...(points !== undefined && { points }),
    excused: row.excused === 1,
    ...(comment !== undefined && { comment }),
    reason: row.reason,
    tokenId: row.token_id,
    createdAt: row.created_at,
    ...(removed_at !== undefined && { removedAt: removed_at }),
  };
}
