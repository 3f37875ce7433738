import type { AttemptFact, GradeEvent, GradeFact, RegradePolicy } from '../gradebook/event.ts';
import type { LedgerRow } from '../gradebook/ports.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import type { LedgerKey } from './ledger-key.ts';
import type { Bit, Schema } from './schema.ts';
import { statement } from './statement.ts';

type Row = Schema['grade_events'];
type Columns = Omit<Row, 'token'> & { tokenId: string };

const insert = statement((v: Columns) =>
  tables.insertInto('grade_events').values(({ selectFrom }) => ({
    course: v.course,
    learner: v.learner,
    assignment: v.assignment,
    seq: v.seq,
    kind: v.kind,
    part: v.part,
    points: v.points,
    maximum: v.maximum,
    hint: v.hint,
    awaits_marking: v.awaits_marking,
    comment: v.comment,
    attempt: v.attempt,
    keep: v.keep,
    regrade: v.regrade,
    submission: v.submission,
    token: selectFrom('tokens').select('place').where('id', '=', v.tokenId),
    at: v.at,
  })),
);

export const factColumns = [
  'seq',
  'kind',
  'part',
  'points',
  'at',
  'maximum',
  'hint',
  'awaits_marking',
  'comment',
  'attempt',
  'keep',
  'regrade',
] as const;

/** The values of `factColumns`. */
export type FactTuple = [
  order: number,
  kind: GradeFact['kind'],
  part: string,
  points: number,
  at: string,
  maximum: number | null,
  hint: number | null,
  awaitsMarking: Bit | null,
  comment: string | null,
  attempt: number | null,
  keep: RegradePolicy | null,
  regrade: string | null,
];

type Tuple = [...fact: FactTuple, learner: number, assignment: number];

const ofAssignment = statement((v: LedgerKey) =>
  tables
    .selectFrom('grade_events')
    .select(factColumns)
    .where('course', '=', v.course)
    .where('learner', '=', v.learner)
    .where('assignment', '=', v.assignment)
    .orderBy('seq'),
);

const ofCourse = (courseId: string) =>
  tables
    .selectFrom('grade_events')
    .select([...factColumns, 'learner', 'assignment'])
    .where('course', '=', (one) =>
      one.selectFrom('courses').select('place').where('id', '=', courseId),
    );

const courseFacts = statement((v: { courseId: string }) => ofCourse(v.courseId));

const learnerFacts = statement((v: { courseId: string; learnerId: string }) =>
  ofCourse(v.courseId).where('learner', '=', (one) =>
    one.selectFrom('enrolments').select('place').where('id', '=', v.learnerId),
  ),
);

const enrolmentNames = statement((v: { courseId: string }) =>
  tables.selectFrom('enrolments').select(['place', 'id']).where('course_id', '=', v.courseId),
);

const assignmentNames = statement((v: { courseId: string }) =>
  tables.selectFrom('assignments').select(['place', 'id']).where('course_id', '=', v.courseId),
);

const made = statement((v: { courseId: string; assignmentId: string }) =>
  ofCourse(v.courseId)
    .clearSelect()
    .select((one) => [
      one.fn.countAll<number>().as('attempts'),
      one.fn.count<number>('learner').distinct().as('learners'),
    ])
    .where('kind', '=', 'attempt')
    .where('assignment', '=', (one) =>
      one.selectFrom('assignments').select('place').where('id', '=', v.assignmentId),
    ),
);

/** Graded attempts at an assignment, and by how many learners. */
export function attemptsMade(connection: Connection, courseId: string, assignmentId: string) {
  return connection.first(made, { courseId, assignmentId }) ?? { attempts: 0, learners: 0 };
}

/** `submission`: the place of the one an attempt was appended with. */
export function insertEvent(
  connection: Connection,
  key: LedgerKey,
  event: GradeEvent,
  submission: number | undefined,
): void {
  connection.run(insert, {
    ...key,
    seq: event.order,
    kind: event.kind,
    part: event.part,
    ...{ points: 0, maximum: null, hint: null, awaits_marking: null, comment: null },
    ...{ attempt: null, keep: null, regrade: null },
    ...ownColumns(event),
    submission: submission ?? null,
    tokenId: event.tokenId,
    at: event.at,
  });
}

function ownColumns(event: GradeEvent): Partial<Columns> {
  switch (event.kind) {
    case 'attempt':
      return judgedColumns(event);
    case 'regrade': {
      const { attempt, keep, regradeId: regrade } = event;
      return { ...judgedColumns(event), attempt, keep, regrade };
    }
    case 'hint':
      return { points: event.cost, hint: event.hint };
    case 'mark':
      return { points: event.points, comment: event.comment ?? null };
    case 'start':
      return {};
  }
}

function judgedColumns(event: Pick<AttemptFact, 'points' | 'maximum' | 'awaitsMarking'>) {
  const awaits_marking: Bit = event.awaitsMarking ? 1 : 0;
  return { points: event.points, maximum: event.maximum ?? null, awaits_marking };
}

/** Of one learner's assignment, in order. */
export function listFacts(connection: Connection, key: LedgerKey): readonly GradeFact[] {
  return connection.tuples<FactTuple, LedgerKey>(ofAssignment, key).map(toFact);
}

/** Of a whole course, or of one learner in it. */
export function readLedger(
  connection: Connection,
  courseId: string,
  learnerId?: string,
): readonly LedgerRow[] {
  const learners = names(connection.all(enrolmentNames, { courseId }));
  const assignments = names(connection.all(assignmentNames, { courseId }));
  const rows: Tuple[] =
    learnerId === undefined
      ? connection.tuples<Tuple, { courseId: string }>(courseFacts, { courseId })
      : connection.tuples<Tuple, { courseId: string; learnerId: string }>(learnerFacts, {
          courseId,
          learnerId,
        });
  return rows.map((row) => ({
    learnerId: learners.get(row[12]) ?? '',
    assignmentId: assignments.get(row[13]) ?? '',
    fact: toFact(row),
  }));
}

function names(rows: readonly { place: number; id: string }[]): ReadonlyMap<number, string> {
  return new Map(rows.map(({ place, id }) => [place, id]));
}

/** One row of `factColumns`, whatever follows them. */
export function toFact(row: FactTuple | readonly [...FactTuple, ...unknown[]]): GradeFact {
  const [order, kind, part, points, at, maximum, hint, awaits, comment] = row;
  const awaitsMarking = awaits === 1;
  switch (kind) {
    case 'attempt':
      return maximum === null
        ? { kind, order, part, at, points, awaitsMarking }
        : { kind, order, part, at, points, maximum, awaitsMarking };
    case 'hint':
      return { kind, order, part, at, hint: hint ?? 0, cost: points };
    case 'mark':
      return { kind, order, part, at, points, ...(comment !== null && { comment }) };
    case 'start':
      return { kind, order, part, at };
    case 'regrade':
      return {
        ...{ kind, order, part, at, points, awaitsMarking, ...(maximum !== null && { maximum }) },
        ...{ attempt: row[9] ?? 0, keep: row[10] ?? 'as-judged', regradeId: row[11] ?? '' },
      };
  }
}
