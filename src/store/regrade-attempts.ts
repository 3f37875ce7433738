import { sql } from 'kysely';
import type { GradedAttempt, Regrade } from '../gradebook/regrade/regrade.ts';
import type { AttemptWindow, JudgedBy } from '../gradebook/regrade/regrade-store.ts';
import type { PartAnswer } from '../grading/verdict.ts';
import type { Connection } from './connection.ts';
import { elements, tables } from './dialect.ts';
import { statement } from './statement.ts';

/** Submissions that one reading passes over at most, wanted or not. */
const placesAtOnce = 5_000;

interface Wanted {
  readonly course: string;
  readonly after: number;
  readonly until: number;
  readonly limit: number;
  /** JSON lists of ids, and values, or null for all. */
  readonly assignments: string;
  readonly learners: string | null;
  readonly part: string | null;
  readonly exercise: string | null;
  readonly version: number | null;
  readonly engine: string | null;
}

const courseOf = (id: string) => tables.selectFrom('courses').select('place').where('id', '=', id);

/** Erased answers have no seed: there is nothing left of them to judge. */
const wanted = statement((v: Wanted) =>
  tables
    .selectFrom('submissions')
    .innerJoin('assignments', 'assignments.place', 'submissions.assignment')
    .innerJoin('enrolments', 'enrolments.place', 'submissions.learner')
    .innerJoin('grade_events', (join) =>
      join
        .onRef('grade_events.course', '=', 'submissions.course')
        .onRef('grade_events.learner', '=', 'submissions.learner')
        .onRef('grade_events.assignment', '=', 'submissions.assignment')
        .onRef('grade_events.submission', '=', 'submissions.place')
        .on('grade_events.kind', '=', sql.lit('attempt')),
    )
    .select(({ exists, selectFrom }) => [
      ...(['submissions.place', 'submissions.part', 'submissions.seed'] as const),
      ...(['submissions.answer', 'submissions.points', 'submissions.maximum'] as const),
      ...(['submissions.verdict', 'grade_events.awaits_marking'] as const),
      'grade_events.seq as order',
      'submissions.id as submissionId',
      'enrolments.id as learnerId',
      'assignments.id as assignmentId',
      exists(
        selectFrom('grade_events as other')
          .select('other.seq')
          .whereRef('other.course', '=', 'submissions.course')
          .whereRef('other.learner', '=', 'submissions.learner')
          .whereRef('other.assignment', '=', 'submissions.assignment')
          .where('other.kind', '=', sql.lit('regrade')),
      ).as('regraded'),
    ])
    .where('submissions.course', '=', courseOf(v.course))
    .where('submissions.place', '>', v.after)
    .where('submissions.place', '<=', v.until)
    .where('submissions.outcome', '=', sql.lit('graded'))
    .where('submissions.seed', '<>', sql.lit(''))
    .where('assignments.id', 'in', elements(v.assignments))
    .where(sql<boolean>`(${v.learners} is null or enrolments.id in ${elements(v.learners ?? '')})`)
    .where(sql<boolean>`(${v.part} is null or submissions.part = ${v.part})`)
    .where(sql<boolean>`(${v.exercise} is null or submissions.exercise_id = ${v.exercise})`)
    .where(sql<boolean>`(${v.version} is null or submissions.exercise_version = ${v.version})`)
    .where(sql<boolean>`(${v.engine} is null or submissions.engine_version = ${v.engine})`)
    .orderBy('submissions.place')
    .limit(v.limit),
);

const newest = statement((v: { course: string }) =>
  tables
    .selectFrom('submissions')
    .select((one) => one.fn.max<number | null>('place').as('place'))
    .where('course', '=', courseOf(v.course)),
);

const versions = statement((v: { course: string }) =>
  tables
    .selectFrom('submissions')
    .innerJoin('assignments', 'assignments.place', 'submissions.assignment')
    .select((one) => [
      'assignments.id as assignmentId',
      'submissions.exercise_version as exerciseVersion',
      'submissions.engine_version as engineVersion',
      one.fn.countAll<number>().as('attempts'),
    ])
    .where('submissions.course', '=', courseOf(v.course))
    .where('submissions.outcome', '=', sql.lit('graded'))
    .groupBy(['submissions.assignment', 'submissions.exercise_version'])
    .groupBy('submissions.engine_version')
    .orderBy('submissions.assignment')
    .orderBy('submissions.exercise_version')
    .orderBy('submissions.engine_version'),
);

/** The attempts in the scope after that place, in the order in which they came. */
export function attemptsToJudge(
  connection: Connection,
  { courseId, scope, targets }: Regrade,
  after: number,
  limit: number,
): AttemptWindow {
  const until = after + placesAtOnce;
  const rows = connection.all(wanted, {
    ...{ course: courseId, after, until, limit },
    assignments: JSON.stringify(targets.map(({ assignmentId }) => assignmentId)),
    learners: scope.learnerIds === undefined ? null : JSON.stringify(scope.learnerIds),
    part: scope.part ?? null,
    exercise: scope.exercise?.id ?? null,
    version: scope.exercise?.version ?? null,
    engine: scope.engineVersion ?? null,
  });
  const attempts = rows.map(
    ({ answer, verdict, awaits_marking, regraded, ...row }): GradedAttempt => ({
      ...row,
      answer: JSON.parse(answer) as PartAnswer,
      verdict: verdict ?? '',
      awaitsMarking: awaits_marking === 1,
      regraded: Boolean(regraded),
    }),
  );
  const last = attempts.at(-1);
  if (last !== undefined && attempts.length === limit) return { attempts, next: last.place };
  return until < newestPlace(connection, courseId) ? { attempts, next: until } : { attempts };
}

/** The place of the newest submission of a course; 0 if there is none. */
export function newestPlace(connection: Connection, courseId: string): number {
  return connection.first(newest, { course: courseId })?.place ?? 0;
}

export function judgedBy(connection: Connection, courseId: string): readonly JudgedBy[] {
  return connection.all(versions, { course: courseId });
}
