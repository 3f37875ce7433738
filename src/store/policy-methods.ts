import type { ContestStore } from '../gradebook/contest.ts';
import type { ExtensionStore } from '../gradebook/extension.ts';
import type { MarkingStore } from '../gradebook/marking.ts';
import type { OverrideStore } from '../gradebook/override.ts';
import type { Exceptions, LedgerScope, Store } from '../gradebook/ports.ts';
import { keepBeside } from './audit.ts';
import type { Connection } from './connection.ts';
import { findContest, insertContest, listContests, replaceContest } from './contests.ts';
import {
  extensionsInForce,
  findExtension,
  insertExtension,
  listExtensions,
  revokeExtension,
} from './extensions.ts';
import type { GroupCommit } from './group-commit.ts';
import { claimMarking, markingCandidates, releaseMarking } from './marking.ts';
import {
  findOverride,
  insertOverride,
  listOverrides,
  overridesInForce,
  removeOverride,
} from './overrides.ts';

type Write = GroupCommit['write'];
type Read = <T>(work: () => T) => Promise<T>;
type PolicyStore = ExtensionStore &
  OverrideStore &
  MarkingStore &
  ContestStore &
  Pick<Store, 'exceptions' | 'courseExceptions'>;

/** The part of the store that policies, exceptions and the talk about grades need. */
export function policyMethods(connection: Connection, read: Read, write: Write): PolicyStore {
  return {
    ...exceptionMethods(connection, read, write),
    markingCandidates: (courseId, filter, slice) =>
      read(() => markingCandidates(connection, courseId, filter, slice)),
    claimMarking: (claim, now) => write(() => claimMarking(connection, claim, now)),
    releaseMarking: (task, tokenId) => write(() => releaseMarking(connection, task, tokenId)),
    addContest: (contest, beside) =>
      write(() => {
        insertContest(connection, contest);
        keepBeside(connection, beside);
      }),
    contest: (courseId, id) => read(() => findContest(connection, courseId, id)),
    contests: (courseId, filter, slice) =>
      read(() => listContests(connection, courseId, filter, slice)),
    changeContest: (contest, beside) =>
      write(() => {
        const changed = replaceContest(connection, contest);
        if (changed) keepBeside(connection, beside);
        return changed;
      }),
  };
}

/** What holds for one learner's assignment; to be read in the transaction that decides by it. */
export function exceptionsFor(connection: Connection, scope: LedgerScope): Exceptions {
  const here = (one: { assignmentId: string }) => one.assignmentId === scope.assignmentId;
  return {
    extensions: extensionsInForce(connection, scope.courseId, scope.learnerId).filter(here),
    overrides: overridesInForce(connection, scope.courseId, scope.learnerId).filter(here),
  };
}

function exceptionMethods(connection: Connection, read: Read, write: Write) {
  return {
    exceptions: (scope) => read(() => exceptionsFor(connection, scope)),
    courseExceptions: (courseId, learnerId) =>
      read(() => ({
        extensions: extensionsInForce(connection, courseId, learnerId),
        overrides: overridesInForce(connection, courseId, learnerId),
      })),
    addExtensions: (extensions, beside) =>
      write(() => {
        for (const one of extensions) insertExtension(connection, one);
        keepBeside(connection, beside);
      }),
    extension: (courseId, id) => read(() => findExtension(connection, courseId, id)),
    extensions: (courseId, slice) => read(() => listExtensions(connection, courseId, slice)),
    revokeExtension: (id, at, beside) =>
      write(() => {
        const revoked = revokeExtension(connection, id, at);
        if (revoked) keepBeside(connection, beside);
        return revoked;
      }),
    addOverride: (override, beside) =>
      write(() => {
        insertOverride(connection, override);
        keepBeside(connection, beside);
      }),
    override: (courseId, id) => read(() => findOverride(connection, courseId, id)),
    overrides: (courseId, slice) => read(() => listOverrides(connection, courseId, slice)),
    removeOverride: (id, at, beside) =>
      write(() => {
        const removed = removeOverride(connection, id, at);
        if (removed) keepBeside(connection, beside);
        return removed;
      }),
  } satisfies Partial<Store>;
}
