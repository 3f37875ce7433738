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

/**
 * The newest word on an attempt that asks for a person, its own or a regrade's, where the attempt is
 * the newest of its part and no mark followed it.
 */
const waiting = (v: Window) =>
  tables
    .selectFrom('grade_events as asked')
    .innerJoin('grade_events as tried', (join) =>
      join
        .onRef('tried.course', '=', 'asked.course')
        .onRef('tried.learner', '=', 'asked.learner')
        .onRef('tried.assignment', '=', 'asked.assignment')
        .on('tried.seq', '=', sql<number>`coalesce(asked.attempt, asked.seq)`),
    )
    .innerJoin('submissions', 'submissions.place', 'tried.submission')
    .innerJoin('enrolments', 'enrolments.place', 'asked.learner')
    .innerJoin('assignments', 'assignments.place', 'asked.assignment')
    .leftJoin('marking_claims', (join) =>
      join
        .onRef('marking_claims.assignment_id', '=', 'assignments.id')
        .onRef('marking_claims.learner_id', '=', 'enrolments.id')
        .onRef('marking_claims.part', '=', 'asked.part'),
    )
    .select([
      'tried.submission as place',
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
    .where('tried.kind', '=', 'attempt')
    .where('tried.submission', '>', v.after)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('grade_events as later')
            .select('later.seq')
            .whereRef('later.course', '=', 'asked.course')
            .whereRef('later.learner', '=', 'asked.learner')
            .whereRef('later.assignment', '=', 'asked.assignment')
            .whereRef('later.part', '=', 'asked.part')
            .whereRef('later.seq', '>', 'tried.seq')
            .where('later.kind', 'in', ['attempt', 'mark']),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('grade_events as again')
            .select('again.seq')
            .whereRef('again.course', '=', 'asked.course')
            .whereRef('again.learner', '=', 'asked.learner')
            .whereRef('again.assignment', '=', 'asked.assignment')
            .whereRef('again.attempt', '=', 'tried.seq')
            .whereRef('again.seq', '>', 'asked.seq')
            .where('again.awaits_marking', '=', sql.lit(1)),
        ),
      ),
    )
    .orderBy('tried.submission')
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
