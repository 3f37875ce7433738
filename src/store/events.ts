import type { GradeEvent, GradeFact } from '../gradebook/event.ts';
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
    hint: v.hint,
    awaits_marking: v.awaits_marking,
    late: v.late,
    comment: v.comment,
    submission: v.submission,
    token: selectFrom('tokens').select('place').where('id', '=', v.tokenId),
    at: v.at,
  })),
);

const factColumns = [
  'seq',
  'kind',
  'part',
  'points',
  'hint',
  'awaits_marking',
  'late',
  'comment',
] as const;

/** The values of `factColumns`. */
type FactTuple = [
  order: number,
  kind: GradeFact['kind'],
  part: string,
  points: number,
  hint: number | null,
  awaitsMarking: Bit | null,
  late: Bit | null,
  comment: string | null,
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

/** `submission`: the place of the one an attempt was appended with. */
export function insertEvent(
  connection: Connection,
  key: LedgerKey,
  event: GradeEvent,
  submission: number | undefined,
): void {
  const attempt = event.kind === 'attempt' ? event : undefined;
  connection.run(insert, {
    ...key,
    seq: event.order,
    kind: event.kind,
    part: event.part,
    points: event.kind === 'hint' ? event.cost : event.points,
    hint: event.kind === 'hint' ? event.hint : null,
    awaits_marking: attempt === undefined ? null : attempt.awaitsMarking ? 1 : 0,
    late: attempt === undefined ? null : attempt.late ? 1 : 0,
    comment: event.kind === 'mark' ? (event.comment ?? null) : null,
    submission: submission ?? null,
    tokenId: event.tokenId,
    at: event.at,
  });
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
    learnerId: learners.get(row[8]) ?? '',
    assignmentId: assignments.get(row[9]) ?? '',
    fact: toFact(row),
  }));
}

function names(rows: readonly { place: number; id: string }[]): ReadonlyMap<number, string> {
  return new Map(rows.map(({ place, id }) => [place, id]));
}

function toFact(row: FactTuple | Tuple): GradeFact {
  const [order, kind, part, points, hint, awaits, late, comment] = row;
  switch (kind) {
    case 'attempt':
      return { kind, order, part, points, awaitsMarking: awaits === 1, late: late === 1 };
    case 'hint':
      return { kind, order, part, hint: hint ?? 0, cost: points };
    case 'mark':
      return { kind, order, part, points, ...(comment !== null && { comment }) };
  }
}
