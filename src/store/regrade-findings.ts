import { sql } from 'kysely';
import type { Placed, Slice } from '../gradebook/ports.ts';
import type {
  AttemptChange,
  CheckChange,
  CheckMark,
  GradeChange,
  GradeSummary,
  Judgement,
} from '../gradebook/regrade/regrade.ts';
import type { JudgedStretch } from '../gradebook/regrade/regrade-store.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import type { RegradeSchema } from './regrade-schema.ts';
import { statement } from './statement.ts';

type Columns<T extends keyof RegradeSchema> = Omit<RegradeSchema[T], 'place'>;

const placeOfEnrolment = (id: string) =>
  tables.selectFrom('enrolments').select('place').where('id', '=', id);
const placeOfAssignment = (id: string) =>
  tables.selectFrom('assignments').select('place').where('id', '=', id);
const placeOfRegrade = (id: string) =>
  tables.selectFrom('regrades').select('place').where('id', '=', id);

const insertJudgement = statement((v: Columns<'regrade_judgements'>) =>
  tables
    .insertInto('regrade_judgements')
    .values({
      ...{ regrade: v.regrade, digest: v.digest, outcome: v.outcome, points: v.points },
      ...{ maximum: v.maximum, awaits_marking: v.awaits_marking, checks: v.checks },
    })
    .onConflict((conflict) => conflict.doNothing()),
);

interface AttemptColumns
  extends Pick<
    Columns<'regrade_attempts'>,
    'regrade' | 'attempt' | 'part' | 'counts' | 'before_points' | 'before_maximum' | 'checks'
  > {
  readonly learnerId: string;
  readonly assignmentId: string;
  readonly submissionId: string;
  readonly digest: string;
}

const insertAttempt = statement((v: AttemptColumns) =>
  tables.insertInto('regrade_attempts').values(({ selectFrom }) => ({
    ...{ regrade: v.regrade, attempt: v.attempt, part: v.part, counts: v.counts },
    learner: placeOfEnrolment(v.learnerId),
    assignment: placeOfAssignment(v.assignmentId),
    submission: selectFrom('submissions').select('place').where('id', '=', v.submissionId),
    judgement: selectFrom('regrade_judgements')
      .select('place')
      .where('regrade', '=', v.regrade)
      .where('digest', '=', v.digest),
    ...{ before_points: v.before_points, before_maximum: v.before_maximum, checks: v.checks },
  })),
);

const insertChange = statement(
  (
    v: Pick<Columns<'regrade_changes'>, 'regrade' | 'changed' | 'before' | 'after'> & {
      readonly learnerId: string;
      readonly assignmentId: string;
    },
  ) =>
    tables.insertInto('regrade_changes').values({
      ...{ regrade: v.regrade, changed: v.changed, before: v.before, after: v.after },
      learner: placeOfEnrolment(v.learnerId),
      assignment: placeOfAssignment(v.assignmentId),
    }),
);

const deletions = (['regrade_changes', 'regrade_attempts', 'regrade_judgements'] as const).map(
  (table) =>
    statement((v: { regrade: number }) =>
      tables.deleteFrom(table).where('regrade', '=', v.regrade as never),
    ),
);

const judgementOf = statement((v: { regradeId: string; digest: string }) =>
  tables
    .selectFrom('regrade_judgements')
    .selectAll()
    .where('regrade', '=', placeOfRegrade(v.regradeId))
    .where('digest', '=', v.digest),
);

const attempts = (v: { regradeId: string; learnerId: string }) =>
  tables
    .selectFrom('regrade_attempts as one')
    .innerJoin('regrade_judgements as judged', 'judged.place', 'one.judgement')
    .innerJoin('submissions', 'submissions.place', 'one.submission')
    .innerJoin('assignments', 'assignments.place', 'one.assignment')
    .select([
      ...(['one.attempt', 'one.part', 'one.counts', 'one.before_points'] as const),
      ...(['one.before_maximum', 'one.checks', 'one.submission'] as const),
      ...(['judged.outcome', 'judged.points', 'judged.maximum'] as const),
      ...(['judged.awaits_marking', 'judged.checks as marks'] as const),
      'submissions.id as submissionId',
      'assignments.id as assignmentId',
    ])
    .where('one.regrade', '=', placeOfRegrade(v.regradeId))
    .where('one.learner', '=', placeOfEnrolment(v.learnerId))
    .orderBy('one.assignment')
    .orderBy('one.attempt');

const ofLearner = statement(attempts);
const ofCell = statement((v: { regradeId: string; learnerId: string; assignmentId: string }) =>
  attempts(v).where('one.assignment', '=', placeOfAssignment(v.assignmentId)),
);

const changes = statement((v: { regradeId: string; after: number; limit: number; least: number }) =>
  tables
    .selectFrom('regrade_changes as one')
    .innerJoin('enrolments', 'enrolments.place', 'one.learner')
    .innerJoin('assignments', 'assignments.place', 'one.assignment')
    .select([
      ...(['one.place', 'one.changed', 'one.before', 'one.after'] as const),
      'enrolments.id as learnerId',
      'assignments.id as assignmentId',
    ])
    .where('one.regrade', '=', placeOfRegrade(v.regradeId))
    .where('one.place', '>', v.after)
    .where('one.changed', '>=', v.least as never)
    .orderBy('one.place')
    .limit(v.limit),
);

const span = statement((v: { regradeId: string }) =>
  tables
    .selectFrom('regrade_changes')
    .select((one) => [
      one.fn.min<number | null>('place').as('first'),
      one.fn.max<number | null>('place').as('last'),
    ])
    .where('regrade', '=', placeOfRegrade(v.regradeId)),
);

const learnersDiffering = statement((v: { regradeId: string; after: number; limit: number }) =>
  tables
    .selectFrom('regrade_attempts as one')
    .innerJoin('enrolments', 'enrolments.place', 'one.learner')
    .select(['one.learner as place', 'enrolments.id'])
    .distinct()
    .where('one.regrade', '=', placeOfRegrade(v.regradeId))
    .where('one.learner', '>', v.after)
    .orderBy('one.learner')
    .limit(v.limit),
);

interface Moved {
  readonly courseId: string;
  /** A JSON list of ids. */
  readonly assignments: string;
  readonly after: number;
  readonly limit: number;
}

const learnersMoved = statement((v: Moved) =>
  tables
    .selectFrom('grade_events as one')
    .innerJoin('enrolments', 'enrolments.place', 'one.learner')
    .innerJoin('assignments', 'assignments.place', 'one.assignment')
    .select(['one.learner as place', 'enrolments.id'])
    .distinct()
    .where('one.course', '=', (course) =>
      course.selectFrom('courses').select('place').where('id', '=', v.courseId),
    )
    .where('one.learner', '>', v.after)
    .where(sql<boolean>`assignments.id in (select value from json_each(${v.assignments}))`)
    .orderBy('one.learner')
    .limit(v.limit),
);

/** `regrade`: its place. */
export function insertStretch(
  connection: Connection,
  regrade: number,
  { judgements, attempts: found }: JudgedStretch,
): void {
  for (const one of judgements) {
    const awaits_marking = one.awaitsMarking ? 1 : 0;
    connection.run(insertJudgement, {
      ...{ regrade, digest: one.digest, outcome: one.outcome, points: one.points },
      ...{ maximum: one.maximum, awaits_marking, checks: JSON.stringify(one.checks) },
    });
  }
  for (const { before, counts, checks, ...one } of found) {
    connection.run(insertAttempt, {
      ...{ regrade, ...one, counts: counts ? 1 : 0, checks: JSON.stringify(checks) },
      ...{ before_points: before.points, before_maximum: before.maximum },
    });
  }
}

export function insertChanges(
  connection: Connection,
  regrade: number,
  found: readonly GradeChange[],
): void {
  for (const { learnerId, assignmentId, changed, before, after } of found) {
    connection.run(insertChange, {
      ...{ regrade, learnerId, assignmentId, changed: changed ? 1 : 0 },
      ...{ before: JSON.stringify(before), after: JSON.stringify(after) },
    });
  }
}

/** All that it had found. */
export function forgetFindings(connection: Connection, regrade: number): void {
  for (const deletion of deletions) connection.run(deletion, { regrade });
}

export function findJudgement(
  connection: Connection,
  regradeId: string,
  digest: string,
): Judgement | undefined {
  const row = connection.first(judgementOf, { regradeId, digest });
  return (
    row && {
      ...{ digest, outcome: row.outcome, points: row.points, maximum: row.maximum },
      awaitsMarking: row.awaits_marking === 1,
      checks: JSON.parse(row.checks) as readonly CheckMark[],
    }
  );
}

/** An attempt with the place of its submission and what its judgement says of the checks. */
export interface FoundAttempt {
  readonly change: AttemptChange;
  readonly submission: number;
  readonly marks: readonly CheckMark[];
}

/** In the order of assignments and attempts. */
export function listAttemptChanges(
  connection: Connection,
  regradeId: string,
  learnerId: string,
  assignmentId?: string,
): readonly FoundAttempt[] {
  const rows =
    assignmentId === undefined
      ? connection.all(ofLearner, { regradeId, learnerId })
      : connection.all(ofCell, { regradeId, learnerId, assignmentId });
  return rows.map((row) => ({
    submission: row.submission,
    marks: JSON.parse(row.marks) as readonly CheckMark[],
    change: {
      ...{ learnerId, assignmentId: row.assignmentId, attempt: row.attempt, part: row.part },
      submissionId: row.submissionId,
      before: { points: row.before_points, maximum: row.before_maximum },
      judgement: {
        ...{ outcome: row.outcome, points: row.points, maximum: row.maximum },
        awaitsMarking: row.awaits_marking === 1,
      },
      counts: row.counts === 1,
      checks: JSON.parse(row.checks) as readonly CheckChange[],
    },
  }));
}

/** In the order of learners; `all`: those too whose grade stays. */
export function listChanges(
  connection: Connection,
  regradeId: string,
  slice: Slice,
  all: boolean,
): readonly Placed<GradeChange>[] {
  const { after = 0, limit } = slice;
  return connection.all(changes, { regradeId, after, limit, least: all ? 0 : 1 }).map((row) => ({
    place: row.place,
    value: {
      ...{ learnerId: row.learnerId, assignmentId: row.assignmentId, changed: row.changed === 1 },
      before: JSON.parse(row.before) as GradeSummary,
      after: JSON.parse(row.after) as GradeSummary,
    },
  }));
}

/** The places of its first and last change. */
export function spanOfChanges(connection: Connection, regradeId: string) {
  const found = connection.first(span, { regradeId });
  return { first: found?.first ?? 0, last: found?.last ?? 0 };
}

/** Learners of whom an attempt is judged otherwise, or with facts in an assignment that is moved. */
export function learnersToCompare(
  connection: Connection,
  { regradeId, ...moved }: Moved & { readonly regradeId: string },
): readonly Placed<string>[] {
  const found = new Map<number, string>();
  for (const { place, id } of connection.all(learnersDiffering, { regradeId, ...moved })) {
    found.set(place, id);
  }
  if (moved.assignments !== '[]') {
    for (const { place, id } of connection.all(learnersMoved, moved)) found.set(place, id);
  }
  const sorted = [...found].sort(([a], [b]) => a - b).slice(0, moved.limit);
  return sorted.map(([place, value]) => ({ place, value }));
}
