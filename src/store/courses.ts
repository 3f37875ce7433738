import type { Course } from '../gradebook/course.ts';
import type { Placed, Slice } from '../gradebook/ports.ts';
import type { Connection } from './connection.ts';
import { elements, tables } from './dialect.ts';
import { present } from './row.ts';
import type { Schema } from './schema.ts';
import { statement } from './statement.ts';

type Columns = Omit<Schema['courses'], 'place'>;
type Row = Columns & { place: number };

const insert = statement((v: Columns) =>
  tables.insertInto('courses').values({
    id: v.id,
    title: v.title,
    time_zone: v.time_zone,
    term: v.term,
    archived_at: v.archived_at,
    revision: v.revision,
    created_at: v.created_at,
  }),
);

const change = statement((v: Columns) =>
  tables
    .updateTable('courses')
    .set({
      title: v.title,
      time_zone: v.time_zone,
      term: v.term,
      archived_at: v.archived_at,
      revision: v.revision,
    })
    .where('id', '=', v.id)
    .where('revision', '<', v.revision),
);

const columns = tables.selectFrom('courses').selectAll();

const find = statement((v: { id: string }) => columns.where('id', '=', v.id));

const page = statement((v: { after: number; limit: number }) =>
  columns.where('place', '>', v.after).orderBy('place').limit(v.limit),
);

const pageAmong = statement((v: { after: number; limit: number; among: string }) =>
  columns
    .where('id', 'in', elements(v.among))
    .where('place', '>', v.after)
    .orderBy('place')
    .limit(v.limit),
);

export function insertCourse(connection: Connection, course: Course): void {
  connection.run(insert, toColumns(course));
}

/** False when it was changed meanwhile. */
export function replaceCourse(connection: Connection, course: Course): boolean {
  return connection.run(change, toColumns(course)) === 1;
}

export function findCourse(connection: Connection, id: string): Course | undefined {
  const row = connection.first(find, { id });
  return row && toCourse(row).value;
}

export function listCourses(
  connection: Connection,
  slice: Slice,
  among?: readonly string[],
): readonly Placed<Course>[] {
  const window = { after: slice.after ?? 0, limit: slice.limit };
  const rows =
    among === undefined
      ? connection.all(page, window)
      : connection.all(pageAmong, { ...window, among: JSON.stringify(among) });
  return rows.map(toCourse);
}

function toColumns(course: Course): Columns {
  return {
    id: course.id,
    title: course.title,
    time_zone: course.timeZone,
    term: course.term ?? null,
    archived_at: course.archivedAt ?? null,
    revision: course.revision,
    created_at: course.createdAt,
  };
}

function toCourse(row: Row): Placed<Course> {
  const { place, time_zone, archived_at, created_at, revision, ...rest } = present(row);
  const value = {
    ...{ ...rest, timeZone: time_zone },
    ...(archived_at !== undefined && { archivedAt: archived_at }),
    ...{ revision, createdAt: created_at },
  };
  return { place, value };
}
