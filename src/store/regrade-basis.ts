import type { Basis } from '../gradebook/regrade/basis.ts';
import { rulesText } from '../gradebook/regrade/basis.ts';
import type { Regrade } from '../gradebook/regrade/regrade.ts';
import { listAssignments } from './assignments.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import { extensionsInForce } from './extensions.ts';
import { overridesInForce } from './overrides.ts';
import { statement } from './statement.ts';

const revisions = statement((v: { courseId: string }) =>
  tables
    .selectFrom('ledger_revisions')
    .innerJoin('assignments', 'assignments.place', 'ledger_revisions.assignment')
    .select(['assignments.id', 'ledger_revisions.revision'])
    .where('ledger_revisions.course', '=', (one) =>
      one.selectFrom('courses').select('place').where('id', '=', v.courseId),
    ),
);

const factsOf = statement((v: { courseId: string; learnerId: string }) =>
  tables
    .selectFrom('grade_events')
    .select((one) => one.fn.countAll<number>().as('facts'))
    .where('course', '=', (one) =>
      one.selectFrom('courses').select('place').where('id', '=', v.courseId),
    )
    .where('learner', '=', (one) =>
      one.selectFrom('enrolments').select('place').where('id', '=', v.learnerId),
    ),
);

/**
 * What a regrade rests on. Where it names learners, only what concerns these; else one number an
 * assignment, for events are only ever added.
 */
export function basisOf(connection: Connection, regrade: Regrade): string {
  const { courseId, targets, scope } = regrade;
  const meant = new Set(targets.map(({ assignmentId }) => assignmentId));
  const assignments = listAssignments(connection, courseId).filter(({ id }) => meant.has(id));
  const rules = Object.fromEntries(assignments.map((one) => [one.id, rulesText(one)]));
  const ledger =
    scope.learnerIds === undefined
      ? ofAssignments(connection, courseId, meant)
      : Object.fromEntries(
          scope.learnerIds.map((id) => [id, ofLearner(connection, courseId, id)] as const),
        );
  return JSON.stringify({ rules, ledger } satisfies Basis);
}

function ofAssignments(
  connection: Connection,
  courseId: string,
  meant: ReadonlySet<string>,
): Basis['ledger'] {
  const rows = connection.all(revisions, { courseId }).filter(({ id }) => meant.has(id));
  return Object.fromEntries(rows.map(({ id, revision }) => [id, String(revision)]));
}

function ofLearner(connection: Connection, courseId: string, learnerId: string): string {
  const facts = connection.first(factsOf, { courseId, learnerId })?.facts ?? 0;
  const extensions = extensionsInForce(connection, courseId, learnerId).map(({ id }) => id);
  const overrides = overridesInForce(connection, courseId, learnerId).map(({ id }) => id);
  return JSON.stringify([facts, extensions, overrides]);
}
