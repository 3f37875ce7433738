import type { AssignedPart, Assignment, Policy } from '../gradebook/course.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import { present } from './row.ts';
import type { Schema } from './schema.ts';
import { statement } from './statement.ts';

type Row = Omit<Schema['assignments'], 'place'>;

const insert = statement((v: Row) =>
  tables.insertInto('assignments').values({
    id: v.id,
    course_id: v.course_id,
    exercise_id: v.exercise_id,
    exercise_version: v.exercise_version,
    exercise_digest: v.exercise_digest,
    title: v.title,
    points: v.points,
    opens_at: v.opens_at,
    due_at: v.due_at,
    closes_at: v.closes_at,
    parts: v.parts,
    policy: v.policy,
    revision: v.revision,
    created_at: v.created_at,
  }),
);

const change = statement((v: Row & { before: number }) =>
  tables
    .updateTable('assignments')
    .set({
      title: v.title,
      points: v.points,
      opens_at: v.opens_at,
      due_at: v.due_at,
      closes_at: v.closes_at,
      policy: v.policy,
      revision: v.revision,
    })
    .where('id', '=', v.id)
    .where('revision', '=', v.before),
);

const find = statement((v: { id: string; courseId: string }) =>
  tables
    .selectFrom('assignments')
    .selectAll()
    .where('id', '=', v.id)
    .where('course_id', '=', v.courseId),
);

const list = statement((v: { courseId: string }) =>
  tables.selectFrom('assignments').selectAll().where('course_id', '=', v.courseId).orderBy('place'),
);

export function insertAssignment(connection: Connection, assignment: Assignment): void {
  connection.run(insert, toRow(assignment));
}

export function replaceAssignment(connection: Connection, assignment: Assignment): boolean {
  const before = assignment.revision - 1;
  return connection.run(change, { ...toRow(assignment), before }) === 1;
}

export function findAssignment(
  connection: Connection,
  courseId: string,
  id: string,
): Assignment | undefined {
  const row = connection.first(find, { courseId, id });
  return row && toAssignment(row);
}

export function listAssignments(connection: Connection, courseId: string): readonly Assignment[] {
  return connection.all(list, { courseId }).map(toAssignment);
}

function toRow(one: Assignment): Row {
  return {
    id: one.id,
    course_id: one.courseId,
    exercise_id: one.exercise.id,
    exercise_version: one.exercise.version,
    exercise_digest: one.exercise.digest,
    title: one.title,
    points: one.points,
    opens_at: one.opensAt ?? null,
    due_at: one.dueAt ?? null,
    closes_at: one.closesAt ?? null,
    parts: JSON.stringify(one.parts),
    policy: JSON.stringify(one.policy),
    revision: one.revision,
    created_at: one.createdAt,
  };
}

function toAssignment(row: Row): Assignment {
  const { opens_at, due_at, closes_at } = present(row);
  return {
    id: row.id,
    courseId: row.course_id,
    exercise: {
      id: row.exercise_id,
      version: row.exercise_version,
      digest: row.exercise_digest,
    },
    title: row.title,
    points: row.points,
    ...(opens_at !== undefined && { opensAt: opens_at }),
    ...(due_at !== undefined && { dueAt: due_at }),
    ...(closes_at !== undefined && { closesAt: closes_at }),
    parts: JSON.parse(row.parts) as readonly AssignedPart[],
    policy: JSON.parse(row.policy) as Policy,
    revision: row.revision,
    createdAt: row.created_at,
  };
}
