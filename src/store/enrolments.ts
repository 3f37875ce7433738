import { sql } from 'kysely';
import type { Enrolment } from '../gradebook/course.ts';
import type { Placed, Slice } from '../gradebook/ports.ts';
import type { EnrolmentFilter } from '../gradebook/roster/roster-store.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import { present } from './row.ts';
import type { Schema } from './schema.ts';
import { statement } from './statement.ts';

type Row = Omit<Schema['enrolments'], 'place'> & { place: number };

const insert = statement((v: Omit<Row, 'place'>) =>
  tables.insertInto('enrolments').values({
    id: v.id,
    course_id: v.course_id,
    external_id: v.external_id,
    name: v.name,
    role: v.role,
    section_id: v.section_id,
    deactivated_at: v.deactivated_at,
    erased_at: v.erased_at,
    revision: v.revision,
    created_at: v.created_at,
  }),
);

const change = statement((v: Omit<Row, 'place'>) =>
  tables
    .updateTable('enrolments')
    .set({
      name: v.name,
      role: v.role,
      section_id: v.section_id,
      deactivated_at: v.deactivated_at,
      revision: v.revision,
    })
    .where('id', '=', v.id)
    .where('revision', '<', v.revision)
    .where('erased_at', 'is', null),
);

const ofCourse = (courseId: string) =>
  tables.selectFrom('enrolments').selectAll().where('course_id', '=', courseId);

const find = statement((v: { courseId: string; id: string }) =>
  ofCourse(v.courseId).where('id', '=', v.id),
);

const findByExternalId = statement((v: { courseId: string; externalId: string }) =>
  ofCourse(v.courseId).where('external_id', '=', v.externalId),
);

const page = statement((v: { courseId: string; after: number; limit: number }) =>
  ofCourse(v.courseId).where('place', '>', v.after).orderBy('place').limit(v.limit),
);

const everybody = statement((v: { courseId: string }) => ofCourse(v.courseId).orderBy('place'));

type Filtered = { readonly [K in keyof EnrolmentFilter]-?: string | number | null };

const filtered = statement(
  (v: Filtered & { readonly courseId: string; readonly after: number; readonly limit: number }) =>
    ofCourse(v.courseId)
      .where('place', '>', v.after)
      .where(sql<boolean>`(${v.externalId} IS NULL OR external_id = ${v.externalId})`)
      .where(sql<boolean>`(${v.role} IS NULL OR role = ${v.role})`)
      .where(sql<boolean>`(${v.sectionId} IS NULL OR section_id = ${v.sectionId})`)
      .where(sql<boolean>`(${v.active} IS NULL OR (deactivated_at IS NULL) = ${v.active})`)
      .orderBy('place')
      .limit(v.limit),
);

const learners = statement((v: { courseId: string }) =>
  ofCourse(v.courseId).where('role', '=', 'learner').orderBy('place'),
);

const learnersAfter = statement((v: { courseId: string; after: number; limit: number }) =>
  ofCourse(v.courseId)
    .where('role', '=', 'learner')
    .where('place', '>', v.after)
    .orderBy('place')
    .limit(v.limit),
);

export function insertEnrolment(connection: Connection, enrolment: Enrolment): void {
  connection.run(insert, toColumns(enrolment));
}

/** False when it was changed meanwhile. */
export function replaceEnrolment(connection: Connection, enrolment: Enrolment): boolean {
  return connection.run(change, toColumns(enrolment)) === 1;
}

export function findEnrolment(
  connection: Connection,
  courseId: string,
  id: string,
): Enrolment | undefined {
  const row = connection.first(find, { courseId, id });
  return row && toEnrolment(row);
}

export function findByExternal(
  connection: Connection,
  courseId: string,
  externalId: string,
): Enrolment | undefined {
  const row = connection.first(findByExternalId, { courseId, externalId });
  return row && toEnrolment(row);
}

export function listEnrolments(
  connection: Connection,
  courseId: string,
  slice: Slice,
): readonly Placed<Enrolment>[] {
  const rows = connection.all(page, { courseId, after: slice.after ?? 0, limit: slice.limit });
  return rows.map((row) => ({ place: row.place, value: toEnrolment(row) }));
}

export function findEnrolmentsBy(
  connection: Connection,
  courseId: string,
  filter: EnrolmentFilter,
  slice: Slice,
): readonly Placed<Enrolment>[] {
  const { externalId = null, role = null, sectionId = null, active } = filter;
  const wanted = {
    externalId,
    role,
    sectionId,
    active: active === undefined ? null : Number(active),
  };
  const window = { ...wanted, courseId, after: slice.after ?? 0, limit: slice.limit };
  const rows = connection.all(filtered, window);
  return rows.map((row) => ({ place: row.place, value: toEnrolment(row) }));
}

/** Of all roles, those who left and those who were erased, too. */
export function allEnrolments(connection: Connection, courseId: string): readonly Enrolment[] {
  return connection.all(everybody, { courseId }).map(toEnrolment);
}

/** At most `limit` of a course's learners who stand after a place. */
export function listLearnersAfter(
  connection: Connection,
  courseId: string,
  after: number,
  limit: number,
): readonly Placed<Enrolment>[] {
  const rows = connection.all(learnersAfter, { courseId, after, limit });
  return rows.map((row) => ({ place: row.place, value: toEnrolment(row) }));
}

export function findLearnerAt(
  connection: Connection,
  courseId: string,
  place: number,
): Enrolment | undefined {
  const [row] = connection.all(learnersAfter, { courseId, after: place - 1, limit: 1 });
  return row?.place === place ? toEnrolment(row) : undefined;
}

export function listLearners(connection: Connection, courseId: string): readonly Enrolment[] {
  return connection.all(learners, { courseId }).map(toEnrolment);
}

function toColumns(enrolment: Enrolment): Omit<Row, 'place'> {
  return {
    id: enrolment.id,
    course_id: enrolment.courseId,
    external_id: enrolment.externalId,
    name: enrolment.name ?? null,
    role: enrolment.role,
    section_id: enrolment.sectionId ?? null,
    deactivated_at: enrolment.deactivatedAt ?? null,
    erased_at: enrolment.erasedAt ?? null,
    revision: enrolment.revision,
    created_at: enrolment.createdAt,
  };
}

function toEnrolment(row: Row): Enrolment {
  const { id, name, role, section_id, deactivated_at, erased_at } = present(row);
  return {
    ...{ id, courseId: row.course_id, externalId: row.external_id },
    ...(name !== undefined && { name }),
    role,
    ...(section_id !== undefined && { sectionId: section_id }),
    ...(deactivated_at !== undefined && { deactivatedAt: deactivated_at }),
    ...(erased_at !== undefined && { erasedAt: erased_at }),
    ...{ revision: row.revision, createdAt: row.created_at },
  };
}
