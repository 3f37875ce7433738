import { Refusal } from '../gradebook/refusal.ts';
import type { Regrade } from '../gradebook/regrade/regrade.ts';
import type { RegradeStore } from '../gradebook/regrade/regrade-store.ts';
import type { SimilarityStore } from '../gradebook/similarity/similarity.ts';
import { replaceAssignment } from './assignments.ts';
import { keepBeside } from './audit.ts';
import type { Connection } from './connection.ts';
import { insertEvent, listFacts } from './events.ts';
import type { GroupCommit } from './group-commit.ts';
import { ledgerKey } from './ledger-key.ts';
import { attemptsToJudge, judgedBy, newestPlace } from './regrade-attempts.ts';
import { basisOf } from './regrade-basis.ts';
import {
  findJudgement,
  forgetFindings,
  insertChanges,
  insertStretch,
  learnersToCompare,
  listAttemptChanges,
  listChanges,
  spanOfChanges,
} from './regrade-findings.ts';
import {
  findRegrade,
  insertRegrade,
  listRegrades,
  regradesAtWork,
  replaceRegrade,
} from './regrades.ts';
import { writtenAnswers } from './written-answers.ts';

type Write = GroupCommit['write'];
type Read = <T>(work: () => T) => Promise<T>;

/** The part of the store that regrades and the similarity report need. */
export function regradeMethods(
  connection: Connection,
  read: Read,
  write: Write,
): RegradeStore & SimilarityStore {
  return {
    ...jobMethods(connection, read, write),
    ...findingMethods(connection, read, write),
    writtenAnswers: (of, before) => read(() => writtenAnswers(connection, of, before)),
    applyNext: (regradeId, limit, decide, ended) =>
      write(() => applyNext(connection, { regradeId, limit, decide, ended })),
  };
}

function jobMethods(connection: Connection, read: Read, write: Write) {
  return {
    addRegrade: (regrade, beside) =>
      write(() => {
        insertRegrade(connection, regrade);
        keepBeside(connection, beside);
      }),
    regrade: (courseId, id) =>
      read(() => {
        const found = findRegrade(connection, id)?.value;
        return found?.courseId === courseId ? found : undefined;
      }),
    regrades: (courseId, slice) => read(() => listRegrades(connection, courseId, slice)),
    regradesAtWork: () => read(() => regradesAtWork(connection)),
    changeRegrade: (regrade, more = {}) =>
      write(() => {
        const { forget = false, moves = [], basis, ...beside } = more;
        if (basis !== undefined && basis !== basisOf(connection, regrade)) return false;
        if (!replaceRegrade(connection, regrade)) return false;
        for (const assignment of moves) {
          // Thrown, so that nothing of it is kept.
          if (!replaceAssignment(connection, assignment)) throw movedMeanwhile();
        }
        const place = findRegrade(connection, regrade.id)?.place;
        if (forget && place !== undefined) forgetFindings(connection, place);
        keepBeside(connection, beside);
        return true;
      }),
    basis: (regrade) => read(() => basisOf(connection, regrade)),
    regradeProgress: (regrade) => read(() => progressOf(connection, regrade)),
    judgedBy: (courseId) => read(() => judgedBy(connection, courseId)),
  } satisfies Partial<RegradeStore>;
}

function findingMethods(connection: Connection, read: Read, write: Write) {
  const keep = (regrade: Regrade, insert: (place: number) => void) =>
    write(() => {
      if (!replaceRegrade(connection, regrade)) return false;
      const place = findRegrade(connection, regrade.id)?.place;
      if (place !== undefined) insert(place);
      return true;
    });
  return {
    attemptsToJudge: (regrade, after, limit) =>
      read(() => attemptsToJudge(connection, regrade, after, limit)),
    judgement: (regradeId, digest) => read(() => findJudgement(connection, regradeId, digest)),
    checksOf: (regradeId, { learnerId, assignmentId, attempt }) =>
      read(() => {
        const all = listAttemptChanges(connection, regradeId, learnerId, assignmentId);
        return all.find(({ change }) => change.attempt === attempt)?.marks ?? [];
      }),
    keepJudged: (regrade, found) =>
      keep(regrade, (place) => insertStretch(connection, place, found)),
    learnersToCompare: ({ id: regradeId, courseId, targets }, after, limit) =>
      read(() => {
        const moved = targets.filter(({ moves }) => moves);
        const assignments = JSON.stringify(moved.map(({ assignmentId }) => assignmentId));
        return learnersToCompare(connection, { regradeId, courseId, assignments, after, limit });
      }),
    attemptChanges: (regradeId, learnerId, assignmentId) =>
      read(() =>
        listAttemptChanges(connection, regradeId, learnerId, assignmentId).map((one) => one.change),
      ),
    keepCompared: (regrade, changes) =>
      keep(regrade, (place) => insertChanges(connection, place, changes)),
    gradeChanges: (regradeId, slice, all) =>
      read(() => listChanges(connection, regradeId, slice, all)),
  } satisfies Partial<RegradeStore>;
}

interface Application {
  readonly regradeId: string;
  readonly limit: number;
  readonly decide: Parameters<RegradeStore['applyNext']>[2];
  readonly ended: Parameters<RegradeStore['applyNext']>[3];
}

/** One transaction: events, audit and how far it came stand or fall together. */
function applyNext(
  connection: Connection,
  { regradeId, limit, decide, ended }: Application,
): Regrade | undefined {
  const before = findRegrade(connection, regradeId)?.value;
  if (before?.state !== 'applying') return undefined;
  const changes = listChanges(connection, regradeId, { after: before.cursor, limit }, true);
  for (const { value: change } of changes) {
    const { learnerId, assignmentId } = change;
    const found = listAttemptChanges(connection, regradeId, learnerId, assignmentId);
    const key = ledgerKey(connection, { courseId: before.courseId, learnerId, assignmentId });
    const facts = listFacts(connection, key);
    const attempts = found.map((one) => one.change);
    const { events, audit } = decide({ change, attempts, facts }, before);
    for (const event of events) {
      const judged = found.find((one) => one.change.attempt === event.attempt);
      insertEvent(connection, key, event, judged?.submission);
    }
    if (audit !== undefined) keepBeside(connection, { audit });
  }
  return advance(connection, before, changes.at(-1)?.place, changes.length, {
    over: changes.length < limit,
    ended,
  });
}

function advance(
  connection: Connection,
  before: Regrade,
  cursor: number | undefined,
  applied: number,
  { over, ended }: { readonly over: boolean; readonly ended: Application['ended'] },
): Regrade {
  const counts = { ...before.counts, applied: before.counts.applied + applied };
  const revision = before.revision + 1;
  const now = { ...before, cursor: cursor ?? before.cursor, counts, revision };
  const end = over ? ended(now) : undefined;
  const after = end?.regrade ?? now;
  replaceRegrade(connection, after);
  if (end !== undefined) keepBeside(connection, { audit: end.audit });
  return after;
}

const shareOf = (part: number, whole: number): number =>
  whole <= 0 ? 0 : Math.min(1, Math.max(0, part / whole));

/** Of the present state; what is not at work any more is done. */
function progressOf(connection: Connection, regrade: Regrade): number {
  const { state, cursor, courseId, id } = regrade;
  if (state === 'judging') return shareOf(cursor, newestPlace(connection, courseId));
  if (state === 'comparing') return 0;
  if (state !== 'applying') return 1;
  const { first, last } = spanOfChanges(connection, id);
  return shareOf(cursor - first + 1, last - first + 1);
}

function movedMeanwhile(): Refusal {
  return new Refusal('dry-run-stale', 'An assignment was changed this very moment: refresh it.');
}
