import type { LedgerScope } from '../gradebook/ports.ts';
import { notFound } from '../gradebook/refusal.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import { statement } from './statement.ts';

/** A learner's assignment by the places of its rows. */
export interface LedgerKey {
  readonly course: number;
  readonly assignment: number;
  readonly learner: number;
}

const find = statement((v: LedgerScope) =>
  tables
    .selectFrom('assignments')
    .innerJoin('courses', 'courses.id', 'assignments.course_id')
    .innerJoin('enrolments', 'enrolments.course_id', 'courses.id')
    .where('assignments.id', '=', v.assignmentId)
    .where('courses.id', '=', v.courseId)
    .where('enrolments.id', '=', v.learnerId)
    .select([
      'courses.place as course',
      'assignments.place as assignment',
      'enrolments.place as learner',
    ]),
);

/** Throws the Refusal `not-found` when course, assignment and learner do not belong together. */
export function ledgerKey(connection: Connection, scope: LedgerScope): LedgerKey {
  const key = connection.first(find, scope);
  if (key === undefined) throw notFound('assignment');
  return key;
}
