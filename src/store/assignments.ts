import type { AssignedPart, Assignment, LocalTimes } from '../gradebook/course.ts';
import type { Policy, Prerequisite, Release } from '../gradebook/policy/policy.ts';
import { favours, instantOf, isLocalTime } from '../gradebook/policy/time-zone.ts';
import type { Placed } from '../gradebook/ports.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import { present } from './row.ts';
import type { Schema } from './schema.ts';
import { statement } from './statement.ts';

type Columns = Omit<Schema['assignments'], 'place'>;
type Row = Columns & { time_zone: string };

const insert = statement((v: Columns) =>
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
    mode: v.mode,
    weight: v.weight,
    prerequisites: v.prerequisites,
    release: v.release,
    revision: v.revision,
    created_at: v.created_at,
  }),
);

const change = statement((v: Columns & { before: number }) =>
  tables
    .updateTable('assignments')
    .set({
      exercise_version: v.exercise_version,
      exercise_digest: v.exercise_digest,
      parts: v.parts,
      mode: v.mode,
      weight: v.weight,
      prerequisites: v.prerequisites,
      release: v.release,
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

const ofCourse = (courseId: string) =>
  tables
    .selectFrom('assignments')
    .innerJoin('courses', 'courses.id', 'assignments.course_id')
    .selectAll('assignments')
    .select('courses.time_zone')
    .where('assignments.course_id', '=', courseId);

const find = statement((v: { id: string; courseId: string }) =>
  ofCourse(v.courseId).where('assignments.id', '=', v.id),
);

const list = statement((v: { courseId: string }) =>
  ofCourse(v.courseId).orderBy('assignments.place'),
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

/** The same with their places, as rows that refer to them name them. */
export function listPlacedAssignments(
  connection: Connection,
  courseId: string,
): readonly Placed<Assignment>[] {
  const rows = connection.all(list, { courseId });
  return rows.map((row) => ({ place: row.place, value: toAssignment(row) }));
}

export function listAssignments(connection: Connection, courseId: string): readonly Assignment[] {
  return connection.all(list, { courseId }).map(toAssignment);
}

function toRow(one: Assignment): Columns {
  return {
    id: one.id,
    course_id: one.courseId,
    exercise_id: one.exercise.id,
    exercise_version: one.exercise.version,
    exercise_digest: one.exercise.digest,
    title: one.title,
    points: one.points,
    opens_at: one.local.opensAt ?? one.opensAt ?? null,
    due_at: one.local.dueAt ?? one.dueAt ?? null,
    closes_at: one.local.closesAt ?? one.closesAt ?? null,
    parts: JSON.stringify(one.parts),
    policy: JSON.stringify(one.policy),
    mode: one.mode,
    weight: one.weight ?? null,
    prerequisites: JSON.stringify(one.prerequisites),
    release: JSON.stringify({
      ...one.release,
      ...(one.local.gradesAt !== undefined && { grades: one.local.gradesAt }),
      ...(one.local.explanationsAt !== undefined && { explanations: one.local.explanationsAt }),
    }),
    revision: one.revision,
    created_at: one.createdAt,
  };
}

function toAssignment(row: Row): Assignment {
  const { weight } = present(row);
  const release = JSON.parse(row.release) as Release;
  const times = readTimes(row, release);
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
    ...times.window,
    parts: JSON.parse(row.parts) as readonly AssignedPart[],
    policy: JSON.parse(row.policy) as Policy,
    mode: row.mode,
    ...(weight !== undefined && { weight }),
    prerequisites: JSON.parse(row.prerequisites) as readonly Prerequisite[],
    release: { ...release, ...times.release },
    timeZone: row.time_zone,
    local: times.local,
    revision: row.revision,
    createdAt: row.created_at,
  };
}

/** Local times are kept as they were told, so that they follow the course's time zone. */
function readTimes(row: Row, release: Release) {
  const local: Record<string, string> = {};
  const read = (name: keyof LocalTimes, text: string | null): string | undefined => {
    if (text === null || !isLocalTime(text)) return text ?? undefined;
    local[name] = text;
    return instantOf(text, row.time_zone, favours[name]);
  };
  const [opensAt, dueAt] = [read('opensAt', row.opens_at), read('dueAt', row.due_at)];
  const closesAt = read('closesAt', row.closes_at);
  const window = {
    ...(opensAt !== undefined && { opensAt }),
    ...(dueAt !== undefined && { dueAt }),
    ...(closesAt !== undefined && { closesAt }),
  };
  const grades = read('gradesAt', release.grades) ?? release.grades;
  const explanations = read('explanationsAt', release.explanations) ?? release.explanations;
  return { window, release: { grades, explanations }, local: local as LocalTimes };
}
