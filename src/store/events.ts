import type { GradeEvent } from '../gradebook/event.ts';
import type { LedgerRow, LedgerScope } from '../gradebook/ports.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import type { Schema } from './schema.ts';
import { statement } from './statement.ts';

type Row = Schema['grade_events'];

const insert = statement((v: Row) =>
  tables.insertInto('grade_events').values({
    course_id: v.course_id,
    learner_id: v.learner_id,
    assignment_id: v.assignment_id,
    seq: v.seq,
    kind: v.kind,
    part: v.part,
    points: v.points,
    maximum: v.maximum,
    hint: v.hint,
    awaits_marking: v.awaits_marking,
    late: v.late,
    submission_id: v.submission_id,
    comment: v.comment,
    token_id: v.token_id,
    at: v.at,
  }),
);

const ofCourse = (courseId: string) =>
  tables
    .selectFrom('grade_events')
    .selectAll()
    .where('course_id', '=', courseId)
    .orderBy('learner_id')
    .orderBy('assignment_id')
    .orderBy('seq');

const course = statement((v: { courseId: string }) => ofCourse(v.courseId));

const learner = statement((v: { courseId: string; learnerId: string }) =>
  ofCourse(v.courseId).where('learner_id', '=', v.learnerId),
);

const assignment = statement((v: LedgerScope) =>
  ofCourse(v.courseId)
    .where('learner_id', '=', v.learnerId)
    .where('assignment_id', '=', v.assignmentId),
);

export function insertEvent(connection: Connection, scope: LedgerScope, event: GradeEvent): void {
  connection.run(insert, toRow(scope, event));
}

/** Of one learner's assignment, in order. */
export function listEvents(connection: Connection, scope: LedgerScope): readonly GradeEvent[] {
  return connection.all(assignment, scope).map(toEvent);
}

/** Of a whole course, or of one learner in it: learner by learner, assignment by assignment. */
export function readLedger(
  connection: Connection,
  courseId: string,
  learnerId?: string,
): readonly LedgerRow[] {
  const rows =
    learnerId === undefined
      ? connection.all(course, { courseId })
      : connection.all(learner, { courseId, learnerId });
  return rows.map((row) => ({
    learnerId: row.learner_id,
    assignmentId: row.assignment_id,
    event: toEvent(row),
  }));
}

function toRow(scope: LedgerScope, event: GradeEvent): Row {
  const attempt = event.kind === 'attempt' ? event : undefined;
  return {
    course_id: scope.courseId,
    learner_id: scope.learnerId,
    assignment_id: scope.assignmentId,
    seq: event.order,
    kind: event.kind,
    part: event.part,
    points: event.kind === 'hint' ? event.cost : event.points,
    maximum: attempt?.maximum ?? null,
    hint: event.kind === 'hint' ? event.hint : null,
    awaits_marking: attempt === undefined ? null : attempt.awaitsMarking ? 1 : 0,
    late: attempt === undefined ? null : attempt.late ? 1 : 0,
    submission_id: attempt?.submissionId ?? null,
    comment: event.kind === 'mark' ? (event.comment ?? null) : null,
    token_id: event.tokenId,
    at: event.at,
  };
}

function toEvent(row: Row): GradeEvent {
  const { part, at, points } = row;
  const order = row.seq;
  const tokenId = row.token_id;
  switch (row.kind) {
    case 'attempt':
      return {
        kind: 'attempt',
        order,
        part,
        at,
        tokenId,
        points,
        maximum: row.maximum ?? 0,
        submissionId: row.submission_id ?? '',
        awaitsMarking: row.awaits_marking === 1,
        late: row.late === 1,
      };
    case 'hint':
      return { kind: 'hint', order, part, at, tokenId, hint: row.hint ?? 0, cost: points };
    case 'mark': {
      const comment = row.comment === null ? {} : { comment: row.comment };
      return { kind: 'mark', order, part, at, tokenId, points, ...comment };
    }
  }
}
