import type { Placed, Slice } from '../gradebook/ports.ts';
import type { StoredSubmission } from '../gradebook/submission.ts';
import type { PartAnswer } from '../grading/verdict.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import { insertJudged } from './judged-answers.ts';
import type { LedgerKey } from './ledger-key.ts';
import { present } from './row.ts';
import type { Schema } from './schema.ts';
import { statement } from './statement.ts';

type Columns = Omit<Schema['submissions'], 'place' | 'token'> & { tokenId: string };
/** A row of submissions with the ids of what it refers to. */
export type SubmissionRow = Omit<Columns, 'course' | 'assignment' | 'learner' | 'tokenId'> & {
  place: number;
  course_id: string;
  assignment_id: string;
  learner_id: string;
  token_id: string;
};

const insert = statement((v: Columns) =>
  tables.insertInto('submissions').values(({ selectFrom }) => ({
    id: v.id,
    course: v.course,
    assignment: v.assignment,
    learner: v.learner,
    part: v.part,
    outcome: v.outcome,
    attempt: v.attempt,
    exercise_id: v.exercise_id,
    exercise_version: v.exercise_version,
    exercise_digest: v.exercise_digest,
    seed: v.seed,
    engine_version: v.engine_version,
    answer: v.answer,
    verdict: v.verdict,
    error: v.error,
    points: v.points,
    maximum: v.maximum,
    late: v.late,
    token: selectFrom('tokens').select('place').where('id', '=', v.tokenId),
    at: v.at,
  })),
);

/** All of them, to be narrowed. */
export const submissionRows = tables
  .selectFrom('submissions')
  .innerJoin('courses', 'courses.place', 'submissions.course')
  .innerJoin('assignments', 'assignments.place', 'submissions.assignment')
  .innerJoin('enrolments', 'enrolments.place', 'submissions.learner')
  .innerJoin('tokens', 'tokens.place', 'submissions.token')
  .selectAll('submissions')
  .select([
    'courses.id as course_id',
    'assignments.id as assignment_id',
    'enrolments.id as learner_id',
    'tokens.id as token_id',
  ]);

const find = statement((v: { id: string }) => submissionRows.where('submissions.id', '=', v.id));

interface Window {
  readonly courseId: string;
  readonly learnerId: string;
  readonly after: number;
  readonly limit: number;
}

const ofLearner = (v: Window) =>
  submissionRows
    .where('submissions.learner', '=', (one) =>
      one
        .selectFrom('enrolments')
        .select('place')
        .where('id', '=', v.learnerId)
        .where('course_id', '=', v.courseId),
    )
    .where('submissions.place', '<', v.after)
    .orderBy('submissions.place', 'desc')
    .limit(v.limit);

const history = statement(ofLearner);

const historyOfAssignment = statement((v: Window & { assignmentId: string }) =>
  ofLearner(v).where('assignments.id', '=', v.assignmentId),
);

/** What is left of the answer of a learner who was erased. */
const erasedAnswer = '{}';

/** With what analytics need of it, in the transaction that keeps it. Its place. */
export function keepSubmission(
  connection: Connection,
  key: LedgerKey,
  submission: StoredSubmission,
): number {
  const place = connection.insert(insert, toColumns(key, submission));
  insertJudged(connection, key, place, submission);
  return place;
}

export function findSubmission(connection: Connection, id: string): StoredSubmission | undefined {
  const row = connection.first(find, { id });
  return row && toSubmission(row);
}

/** Newest first. */
export function listHistory(
  connection: Connection,
  courseId: string,
  learnerId: string,
  slice: Slice,
  assignmentId?: string,
): readonly Placed<StoredSubmission>[] {
  const after = slice.after ?? Number.MAX_SAFE_INTEGER;
  const window = { courseId, learnerId, after, limit: slice.limit };
  const rows =
    assignmentId === undefined
      ? connection.all(history, window)
      : connection.all(historyOfAssignment, { ...window, assignmentId });
  return rows.map((row) => ({ place: row.place, value: toSubmission(row) }));
}

function toColumns(key: LedgerKey, one: StoredSubmission): Columns {
  return {
    ...key,
    tokenId: one.tokenId,
    id: one.id,
    part: one.part,
    outcome: one.outcome,
    attempt: one.attempt ?? null,
    exercise_id: one.exercise.id,
    exercise_version: one.exercise.version,
    exercise_digest: one.exercise.digest,
    seed: one.seed,
    engine_version: one.engineVersion,
    answer: JSON.stringify(one.answer),
    verdict: one.verdict ?? null,
    error: one.error ?? null,
    points: one.points,
    maximum: one.maximum,
    late: one.late ? 1 : 0,
    at: one.at,
  };
}

export function toSubmission(row: SubmissionRow): StoredSubmission {
  const { attempt, verdict, error } = present(row);
  return {
    id: row.id,
    courseId: row.course_id,
    assignmentId: row.assignment_id,
    learnerId: row.learner_id,
    part: row.part,
    outcome: row.outcome,
    ...(attempt !== undefined && { attempt }),
    exercise: {
      id: row.exercise_id,
      version: row.exercise_version,
      digest: row.exercise_digest,
    },
    seed: row.seed,
    engineVersion: row.engine_version,
    answer: JSON.parse(row.answer) as PartAnswer,
    ...(row.answer === erasedAnswer && { erased: true }),
    points: row.points,
    maximum: row.maximum,
    late: row.late === 1,
    tokenId: row.token_id,
    at: row.at,
    ...(verdict !== undefined && { verdict }),
    ...(error !== undefined && { error }),
  };
}
