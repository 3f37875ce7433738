import type { Course } from '../gradebook/course.ts';
import type { Placed, Slice } from '../gradebook/ports.ts';
import type { Connection } from './connection.ts';
import { elements, tables } from './dialect.ts';
import { statement } from './statement.ts';

const insert = statement((v: Course) =>
  tables
    .insertInto('courses')
    .values({ id: v.id, title: v.title, time_zone: v.timeZone, created_at: v.createdAt }),
);

const columns = tables
  .selectFrom('courses')
  .select(['place', 'id', 'title', 'time_zone as timeZone', 'created_at as createdAt']);

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
  connection.run(insert, course);
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

function toCourse({ place, ...value }: Course & { place: number }): Placed<Course> {
  return { place, value };
}
