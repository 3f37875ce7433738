import type { Store } from '../gradebook/ports.ts';
import type { SandboxStore } from '../sandboxes/ports.ts';
import {
  findAssignment,
  insertAssignment,
  listAssignments,
  replaceAssignment,
} from './assignments.ts';
import { auditEvents, keepBeside } from './audit.ts';
import { Connection } from './connection.ts';
import { findCourse, insertCourse, listCourses } from './courses.ts';
import { storeUnavailable, tables, translate } from './dialect.ts';
import {
  findByExternal,
  findEnrolment,
  insertEnrolment,
  listEnrolments,
  listLearners,
} from './enrolments.ts';
import { attemptsMade, insertEvent, listFacts, readLedger } from './events.ts';
import { GroupCommit } from './group-commit.ts';
import { launchMethods } from './launches.ts';
import { ledgerKey } from './ledger-key.ts';
import { type OpenOptions, openDatabase } from './open-database.ts';
import { exceptionsFor, policyMethods } from './policy-methods.ts';
import { deleteReceipts, findReceipt } from './receipts.ts';
import { regradeMethods } from './regrade-methods.ts';
import { findRiskRules, replaceRiskRules } from './risk-rules.ts';
import { rosterMethods } from './roster-methods.ts';
import { sandboxMethods } from './sandbox-methods.ts';
import { statement } from './statement.ts';
import { findSubmission, keepSubmission, listHistory } from './submissions.ts';
import {
  adoptToken,
  findToken,
  findTokenByHash,
  grantCourse,
  insertToken,
  listTokens,
  revokeToken,
  touchTokens,
} from './tokens.ts';
import { webhookMethods } from './webhook-methods.ts';

/** The store in a file of its own. Throws a StoreError when the file will not do. */
export function openStore(options: OpenOptions): Store & SandboxStore {
  const { database, unlock } = openDatabase(options);
  const connection = new Connection(database);
  const commits = new GroupCommit(connection);
  return joinStore(connection, commits, unlock);
}

const anyCourse = statement((_: object) => tables.selectFrom('courses').select('id').limit(1));

type Write = GroupCommit['write'];
type Read = <T>(work: () => T) => Promise<T>;

function joinStore(
  connection: Connection,
  commits: GroupCommit,
  unlock: () => void,
): Store & SandboxStore {
  let closed = false;
  const write: Write = (work) => commits.write(work);
  const read: Read = async (work) => {
    if (closed) throw storeUnavailable('it is shutting down');
    try {
      return work();
    } catch (error) {
      throw translate(error);
    }
  };
  return {
    ...courseMethods(connection, read, write),
    ...enrolmentMethods(connection, read, write),
    ...tokenMethods(connection, read, write),
    ...ledgerMethods(connection, read, write),
    ...recordMethods(connection, read, write),
    ...policyMethods(connection, read, write),
    ...regradeMethods(connection, read, write),
    ...launchMethods(connection, read, write),
    ...webhookMethods(connection, read, write),
    ...rosterMethods(connection, read, write),
    ...sandboxMethods(connection, read, write),
    queueLength: () => commits.length,
    close: async () => {
      if (closed) return;
      commits.close();
      closed = true;
      connection.close();
      unlock();
    },
  };
}

function courseMethods(connection: Connection, read: Read, write: Write) {
  return {
    addCourse: (course, beside, owner) =>
      write(() => {
        insertCourse(connection, course);
        if (owner !== undefined) grantCourse(connection, owner, course.id);
        keepBeside(connection, beside);
      }),
    course: (id) => read(() => findCourse(connection, id)),
    courses: (slice, among) => read(() => listCourses(connection, slice, among)),
    addAssignment: (assignment, beside) =>
      write(() => {
        insertAssignment(connection, assignment);
        keepBeside(connection, beside);
      }),
    changeAssignment: (assignment, beside) =>
      write(() => {
        const changed = replaceAssignment(connection, assignment);
        if (changed) keepBeside(connection, beside);
        return changed;
      }),
    assignment: (courseId, id) => read(() => findAssignment(connection, courseId, id)),
    assignments: (courseId) => read(() => listAssignments(connection, courseId)),
    attemptsMade: (courseId, id) => read(() => attemptsMade(connection, courseId, id)),
  } satisfies Partial<Store>;
}

function enrolmentMethods(connection: Connection, read: Read, write: Write) {
  return {
    addEnrolment: (enrolment, beside) =>
      write(() => {
        insertEnrolment(connection, enrolment);
        keepBeside(connection, beside);
      }),
    ensureEnrolment: (enrolment) =>
      write(() => {
        const there = findByExternal(connection, enrolment.courseId, enrolment.externalId);
        if (there === undefined) insertEnrolment(connection, enrolment);
        return there ?? enrolment;
      }),
    enrolment: (courseId, id) => read(() => findEnrolment(connection, courseId, id)),
    enrolmentByExternalId: (courseId, externalId) =>
      read(() => findByExternal(connection, courseId, externalId)),
    enrolments: (courseId, slice) => read(() => listEnrolments(connection, courseId, slice)),
    learners: (courseId) => read(() => listLearners(connection, courseId)),
  } satisfies Partial<Store>;
}

function tokenMethods(connection: Connection, read: Read, write: Write) {
  return {
    addToken: (token, beside) =>
      write(() => {
        insertToken(connection, token);
        keepBeside(connection, beside);
      }),
    adoptToken: (token) => write(() => adoptToken(connection, token)),
    token: (id) => read(() => findToken(connection, id)),
    tokenByHash: (hash) => read(() => findTokenByHash(connection, hash)),
    tokens: (slice, courseIds) => read(() => listTokens(connection, slice, courseIds)),
    revokeToken: (id, at, beside) =>
      write(() => {
        revokeToken(connection, id, at);
        keepBeside(connection, beside);
      }),
    touchTokens: (uses) => write(() => touchTokens(connection, uses)),
  } satisfies Partial<Store>;
}

function ledgerMethods(connection: Connection, read: Read, write: Write) {
  return {
    append: (scope, decide) =>
      write(() => {
        const key = ledgerKey(connection, scope);
        const entry = decide(listFacts(connection, key), exceptionsFor(connection, scope));
        const place = entry.submission && keepSubmission(connection, key, entry.submission);
        for (const event of entry.events) insertEvent(connection, key, event, place);
        keepBeside(connection, entry);
        return entry.result;
      }),
    facts: (scope) => read(() => listFacts(connection, ledgerKey(connection, scope))),
    ledger: (courseId, learnerId) => read(() => readLedger(connection, courseId, learnerId)),
    submission: (id) => read(() => findSubmission(connection, id)),
    history: (courseId, learnerId, slice, assignmentId) =>
      read(() => listHistory(connection, courseId, learnerId, slice, assignmentId)),
  } satisfies Partial<Store>;
}

function recordMethods(connection: Connection, read: Read, write: Write) {
  return {
    audit: (filter, slice) => read(() => auditEvents(connection, filter, slice)),
    receipt: (name) => read(() => findReceipt(connection, name)),
    forgetReceipts: (before) => write(() => deleteReceipts(connection, before)),
    isEmpty: () => read(() => connection.first(anyCourse, {}) === undefined),
    riskRules: (courseId) => read(() => findRiskRules(connection, courseId)),
    changeRiskRules: (courseId, changed, beside) =>
      write(() => {
        const replaced = replaceRiskRules(connection, courseId, changed);
        if (replaced) keepBeside(connection, beside);
        return replaced;
      }),
    ping: () =>
      read(() => {
        connection.first(anyCourse, {});
      }),
  } satisfies Partial<Store>;
}
