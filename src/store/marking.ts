import { sql } from 'kysely';
import type { MarkingCandidate, MarkingClaim, MarkingTask } from '../gradebook/marking.ts';
import type { Placed, Slice } from '../gradebook/ports.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import { present } from './row.ts';
import { statement } from './statement.ts';

interface Window {
  readonly courseId: string;
  readonly after: number;
  readonly limit: number;
}

/** An attempt or a regrade that asks for a person, and its attempt is the newest and unmarked. */
const waiting = (v: Window) =>
  tables
    .selectFrom('grade_events as asked')
    .innerJoin('submissions', 'submissions.place', 'asked.submission')
    .innerJoin('enrolments', 'enrolments.place', 'asked.learner')
    .innerJoin('assignments', 'assignments.place', 'asked.assignment')
    .leftJoin('marking_claims', (join) =>
      join
        .onRef('marking_claims.assignment_id', '=', 'assignments.id')
        .onRef('marking_claims.learner_id', '=', 'enrolments.id')
        .onRef('marking_claims.part', '=', 'asked.part'),
    )
    .select([
      'asked.submission as place',
      'asked.part',
      'asked.at',
      'submissions.id as submissionId',
      'enrolments.id as learnerId',
      'assignments.id as assignmentId',
      'marking_claims.token_id as tokenId',
      'marking_claims.until',
    ])
    .where('asked.course', '=', (one) =>
      one.selectFrom('courses').select('place').where('id', '=', v.courseId),
    )
    .where('asked.awaits_marking', '=', sql.lit(1))
    .where('asked.kind', '=', 'attempt')
    .where('asked.submission', '>', v.after)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('grade_events as later')
            .select('later.seq')
            .whereRef('later.course', '=', 'asked.course')
            .whereRef('later.learner', '=', 'asked.learner')
            .whereRef('later.assignment', '=', 'asked.assignment')
            .whereRef('later.part', '=', 'asked.part')
            .whereRef('later.seq', '>', 'asked.seq')
            .where('later.kind', 'in', ['attempt', 'mark']),
        ),
      ),
    )
    .orderBy('asked.submission')
    .limit(v.limit);

const queue = statement(waiting);
const queueOfAssignment = statement((v: Window & { assignmentId: string }) =>
  waiting(v).where('assignments.id', '=', v.assignmentId),
);

type ClaimColumns = MarkingClaim & { now: string };

const claim = statement((v: ClaimColumns) =>
  tables
    .insertInto('marking_claims')
    .values({
      assignment_id: v.assignmentId,
      learner_id: v.learnerId,
      part: v.part,
      token_id: v.tokenId,
      until: v.until,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['assignment_id', 'learner_id', 'part'])
        .doUpdateSet({ token_id: v.tokenId, until: v.until })
        .where((one) =>
          one.or([
            one('marking_claims.until', '<=', v.now),
            one('marking_claims.token_id', '=', v.tokenId),
          ]),
        ),
    ),
);

const ofTask = statement((v: MarkingTask) =>
  tables
    .selectFrom('marking_claims')
    .select(['token_id', 'until'])
    .where('assignment_id', '=', v.assignmentId)
    .where('learner_id', '=', v.learnerId)
    .where('part', '=', v.part),
);

const release = statement((v: MarkingTask & { tokenId: string }) =>
  tables
    .deleteFrom('marking_claims')
    .where('assignment_id', '=', v.assignmentId)
    .where('learner_id', '=', v.learnerId)
    .where('part', '=', v.part)
    .where('token_id', '=', v.tokenId),
);

/** Oldest first; places are those of the submissions. */
export function markingCandidates(
  connection: Connection,
  courseId: string,
  { assignmentId }: { readonly assignmentId?: string },
  slice: Slice,
): readonly Placed<MarkingCandidate>[] {
  const window = { courseId, after: slice.after ?? 0, limit: slice.limit };
  const rows =
    assignmentId === undefined
      ? connection.all(queue, window)
      : connection.all(queueOfAssignment, { ...window, assignmentId });
  return rows.map((row) => {
    const { place, tokenId, until, ...task } = present(row);
    const claimed = tokenId !== undefined && until !== undefined;
    return { place: place ?? 0, value: { ...task, ...(claimed && { claim: { tokenId, until } }) } };
  });
}

export function claimMarking(connection: Connection, ask: MarkingClaim, now: string): MarkingClaim {
  connection.run(claim, { ...ask, now });
  const held = connection.first(ofTask, ask);
  return held === undefined ? ask : { ...ask, tokenId: held.token_id, until: held.until };
}

export function releaseMarking(connection: Connection, task: MarkingTask, tokenId: string): void {
  connection.run(release, { ...task, tokenId });
}
