import { sql } from 'kysely';
import type { SimilarityStore, WrittenAnswer } from '../gradebook/similarity/similarity.ts';
import type { PartAnswer } from '../grading/verdict.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import { statement } from './statement.ts';

/** Submissions of the course that one reading passes over at most. */
const rowsAtOnce = 2_000;

interface Wanted {
  readonly course: string;
  readonly assignment: string;
  readonly part: string;
  readonly from: number;
  readonly before: number;
}

const courseOf = (id: string) => tables.selectFrom('courses').select('place').where('id', '=', id);

/** The place of the row that many before; null when there are fewer. */
const edge = statement((v: { course: string; before: number }) =>
  tables
    .selectFrom('submissions')
    .select('place')
    .where('course', '=', courseOf(v.course))
    .where('place', '<', v.before)
    .orderBy('place', 'desc')
    .limit(sql.lit(1))
    .offset(sql.lit(rowsAtOnce - 1)),
);

/** Erased answers have no seed. */
const wanted = statement((v: Wanted) =>
  tables
    .selectFrom('submissions')
    .innerJoin('assignments', 'assignments.place', 'submissions.assignment')
    .innerJoin('enrolments', 'enrolments.place', 'submissions.learner')
    .select(['submissions.id', 'submissions.seed', 'submissions.answer', 'submissions.points'])
    .select(['submissions.at', 'enrolments.id as learnerId', 'submissions.exercise_id'])
    .select(['submissions.exercise_version', 'submissions.exercise_digest'])
    .where('submissions.course', '=', courseOf(v.course))
    .where('submissions.place', '>=', v.from)
    .where('submissions.place', '<', v.before)
    .where('assignments.id', '=', v.assignment)
    .where('submissions.part', '=', v.part)
    .where('submissions.outcome', '=', sql.lit('graded'))
    .where('submissions.seed', '<>', sql.lit(''))
    .orderBy('submissions.place', 'desc'),
);

/** Newest first. */
export function writtenAnswers(
  connection: Connection,
  { courseId, assignmentId, part }: Parameters<SimilarityStore['writtenAnswers']>[0],
  before: number,
): Awaited<ReturnType<SimilarityStore['writtenAnswers']>> {
  const from = connection.first(edge, { course: courseId, before })?.place;
  const rows = connection.all(wanted, {
    ...{ course: courseId, assignment: assignmentId, part, from: from ?? 0, before },
  });
  const answers = rows.map(
    (row): WrittenAnswer => ({
      ...{ submissionId: row.id, learnerId: row.learnerId, seed: row.seed },
      exercise: {
        ...{ id: row.exercise_id, version: row.exercise_version, digest: row.exercise_digest },
      },
      ...{ answer: JSON.parse(row.answer) as PartAnswer, points: row.points, at: row.at },
    }),
  );
  return from === undefined ? { answers } : { answers, next: from };
}
