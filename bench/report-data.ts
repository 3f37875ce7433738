import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadExercises } from '../src/exercise/load.ts';
import type { Assignment } from '../src/gradebook/index.ts';
import { databasePath, exercisesFolder } from '../src/lab.ts';
import { loadDriver } from '../src/store/dialect.ts';
import { openStore } from '../src/store/index.ts';

/** A course to be filled: attempts are those each learner makes at each assignment. */
export interface CourseSize {
  readonly id: string;
  readonly learners: number;
  readonly assignments: number;
  readonly attempts: number;
}

const epoch = Date.parse('2026-09-01T08:00:00Z');
const instant = (minutes: number) => new Date(epoch + minutes * 60_000).toISOString();
const exercise = loadExercises(exercisesFolder).get('first-clusterip');

/** A new data folder with these courses in it. */
export async function dataFolder(courses: readonly CourseSize[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'service-lab-bench-'));
  for (const course of courses) await addCourse(folder, course);
  return folder;
}

/** Courses, people and assignments as the product writes them; what they did, in bulk. */
export async function addCourse(folder: string, course: CourseSize): Promise<void> {
  const store = openStore({ file: databasePath(folder) });
  const { id } = course;
  const at = instant(0);
  await store.addCourse({ id, title: id, timeZone: 'UTC', revision: 1, createdAt: at }, {});
  await Promise.all([
    ...range(course.assignments).map((index) => store.addAssignment(assignmentOf(id, index), {})),
    ...range(course.learners).map((index) =>
      store.addEnrolment(
        {
          ...{ id: `${id}-l${index}`, courseId: id, externalId: `${id}-${index}` },
          ...{ name: `Learner ${index}`, role: 'learner', revision: 1, createdAt: at },
        },
        {},
      ),
    ),
  ]);
  const label = {
    id: `${id}-token`,
    hash: id,
    label: 'bench',
    role: 'lms',
    courseIds: [id],
  } as const;
  await store.addToken({ ...label, createdAt: at }, {});
  await store.close();
  fill(databasePath(folder), course);
}

function assignmentOf(courseId: string, index: number): Assignment {
  if (exercise === undefined) throw new Error('the exercise of the bench is gone');
  const { id, version, digest, parts } = exercise;
  return {
    ...{ id: `${courseId}-a${index}`, courseId, exercise: { id, version, digest } },
    ...{ title: `Assignment ${index}`, points: 10, dueAt: instant(3 * index), timeZone: 'UTC' },
    parts: parts.slice(0, 1).map(({ id: part, title, kind, points }) => ({
      ...{ id: part, title, kind, points },
    })),
    policy: {
      ...{ counts: 'best', hintsCost: true },
      late: { per: 'hour', unit: 'percentage', amount: 1, cap: 20 },
    },
    mode: 'graded',
    prerequisites: [],
    release: { grades: 'at-once', explanations: 'at-once' },
    local: {},
    revision: 1,
    createdAt: instant(0),
  };
}

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

/** Every learner's attempts, a share of them right by a hash of their place: no two runs differ. */
function fill(file: string, { id, attempts }: CourseSize): void {
  const database = new (loadDriver(file))(file);
  database.pragma('synchronous = OFF');
  database.function('instant', { deterministic: true }, (minutes: unknown) =>
    instant(Number(minutes)),
  );
  for (const sql of statements) database.prepare(sql).run({ id, attempts });
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

const attempted = `
  WITH RECURSIVE tries(number) AS (
    VALUES (1) UNION ALL SELECT number + 1 FROM tries WHERE number < @attempts
  ), answers AS (
    SELECT courses.place AS course, enrolments.place AS learner, assignments.place AS assignment,
      json_extract(parts, '$[0].id') AS part, json_extract(parts, '$[0].points') AS maximum,
      number, abs(enrolments.place * 7919 + assignments.place * 104729 + number * 31) % 10 AS luck,
      @id || enrolments.place || '-' || assignments.place || '-' || number AS id
    FROM courses
    JOIN enrolments ON enrolments.course_id = courses.id
    JOIN assignments ON assignments.course_id = courses.id
    JOIN tries WHERE courses.id = @id
  )`;

/** Three kinds of verdicts, as different as analytics see them. */
const shapes = ['right', 'selector', 'port'];
const verdictOf = (name: string) => ({
  shape: `{"checks":[["reaches","${name === 'right' ? 'passed' : 'failed'}",1,1]],"codes":${name === 'right' ? '[]' : `["check-${name}"]`}}`,
  signature: `{"failed":${name === 'right' ? '[]' : '["reaches"]'},"codes":${name === 'right' ? '[]' : `["check-${name}"]`}}`,
});

const statements = [
  ...shapes.map((name) => {
    const { shape, signature } = verdictOf(name);
    return `INSERT OR IGNORE INTO verdict_shapes (shape, signature) SELECT '${shape}', '${signature}' WHERE @id <> '' AND @attempts > 0`;
  }),
  `INSERT OR IGNORE INTO shape_checks SELECT place, 'reaches', json_extract(shape, '$.checks[0][1]'), 1, 1 FROM verdict_shapes WHERE @id <> '' AND @attempts > 0`,
  `INSERT OR IGNORE INTO shape_findings SELECT place, value FROM verdict_shapes, json_each(shape, '$.codes') WHERE @id <> '' AND @attempts > 0`,
  `${attempted}
  INSERT INTO submissions (id, course, assignment, learner, part, outcome, attempt, exercise_id,
    exercise_version, exercise_digest, seed, engine_version, answer, verdict, points, maximum, late,
    token, at)
  SELECT answers.id, course, assignment, learner, part, 'graded', number, 'bench', 1, '', '', '', '{}', '{}',
    CASE WHEN luck < 4 THEN maximum ELSE maximum * luck / 10.0 END, maximum, 0, tokens.place,
    instant(assignment % 50 * 3 + number)
  FROM answers JOIN tokens ON tokens.id = @id || '-token'`,
  `INSERT INTO grade_events (course, learner, assignment, seq, kind, part, points, maximum,
    awaits_marking, submission, token, at)
  SELECT course, learner, assignment, attempt, 'attempt', part, points, maximum, 0, place, token, at
  FROM submissions WHERE course = (SELECT place FROM courses WHERE id = @id) AND @attempts > 0
  ORDER BY course, learner, assignment, attempt`,
  `INSERT INTO judged_answers (course, assignment, part, learner, submission, attempt, points,
    maximum, shape, variant, at)
  SELECT course, assignment, part, learner, place, attempt, points, maximum,
    1 + CASE WHEN points = maximum THEN 0 ELSE 1 + place % 2 END, place % 3,
    unixepoch(at) * 1000
  FROM submissions WHERE course = (SELECT place FROM courses WHERE id = @id) AND @attempts > 0
  ORDER BY course, assignment, part, learner, place`,
] as const;
