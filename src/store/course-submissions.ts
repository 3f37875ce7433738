import { sql } from 'kysely';
import type { SubmissionFilter } from '../gradebook/courses/course-use-cases.ts';
import type { Placed, Slice } from '../gradebook/ports.ts';
import type { StoredSubmission } from '../gradebook/submission.ts';
import type { Connection } from './connection.ts';
import { type Statement, statement } from './statement.ts';
import { type SubmissionRow, submissionRows, toSubmission } from './submissions.ts';

type Wanted = { [K in keyof SubmissionFilter]-?: Exclude<SubmissionFilter[K], undefined> | null };
type Window = Wanted & {
  readonly courseId: string;
  readonly after: number;
  readonly limit: number;
};

const inCourse = (v: Window) =>
  submissionRows
    .where('submissions.course', '=', (one) =>
      one.selectFrom('courses').select('place').where('id', '=', v.courseId),
    )
    .where('submissions.place', '<', v.after)
    .where(sql<boolean>`(${v.assignmentId} IS NULL OR assignments.id = ${v.assignmentId})`)
    .where(sql<boolean>`(${v.part} IS NULL OR submissions.part = ${v.part})`)
    .where(sql<boolean>`(${v.outcome} IS NULL OR submissions.outcome = ${v.outcome})`)
    .where(sql<boolean>`(${v.from} IS NULL OR submissions.at >= ${v.from})`)
    .where(sql<boolean>`(${v.to} IS NULL OR submissions.at < ${v.to})`)
    .orderBy('submissions.place', 'desc')
    .limit(v.limit);

const ofAll = statement(inCourse);

/** By the learner's own index: a class of thousands does not make one learner's list slow. */
const ofLearner = statement((v: Window) =>
  inCourse(v).where('submissions.learner', '=', (one) =>
    one.selectFrom('enrolments').select('place').where('id', '=', sql<string>`${v.learnerId}`),
  ),
);

/** Newest first; `after` is the place of the last one seen. */
export function listCourseSubmissions(
  connection: Connection,
  courseId: string,
  filter: SubmissionFilter,
  slice: Slice,
): readonly Placed<StoredSubmission>[] {
  const { learnerId, assignmentId, part, outcome, from, to } = filter;
  const wanted: Wanted = {
    ...{ learnerId: learnerId ?? null, assignmentId: assignmentId ?? null, part: part ?? null },
    ...{ outcome: outcome ?? null, from: from ?? null, to: to ?? null },
  };
  const after = slice.after ?? Number.MAX_SAFE_INTEGER;
  const query: Statement<Window, SubmissionRow> = learnerId === undefined ? ofAll : ofLearner;
  return connection
    .all(query, { ...wanted, courseId, after, limit: slice.limit })
    .map((row) => ({ place: row.place, value: toSubmission(row) }));
}
