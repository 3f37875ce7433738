import type { Store } from '../gradebook/ports.ts';
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
import { insertEvent, listEvents, readLedger } from './events.ts';
import { GroupCommit } from './group-commit.ts';
import { type OpenOptions, openDatabase } from './open-database.ts';
import { deleteReceipts, findReceipt } from './receipts.ts';
import { statement } from './statement.ts';
import { findSubmission, insertSubmission, listHistory } from './submissions.ts';
import {
  findToken,
  findTokenByHash,
  grantCourse,
  insertToken,
  listTokens,
  revokeToken,
  touchTokens,
} from './tokens.ts';

/** The store in a file of its own. Throws a StoreError when the file will not do. */
export function openStore(options: OpenOptions): Store {
  const { database, unlock } = openDatabase(options);
  const connection = new Connection(database);
  const commits = new GroupCommit(connection);
  return joinStore(connection, commits, unlock);
}

const anything = statement((_: object) =>
  tables
    .selectFrom('tokens')
    .select('id')
    .unionAll(tables.selectFrom('courses').select('id'))
    .limit(1),
);

function joinStore(connection: Connection, commits: GroupCommit, unlock: () => void): Store {
  const write: GroupCommit['write'] = (work) => commits.write(work);
  const read = reader();
  const c = connection;
  let closed = false;

  return {
    addCourse: (course, beside) =>
      write(() => {
        insertCourse(c, course);
        keepBeside(c, beside);
      }),
    course: (id) => read(() => findCourse(c, id)),
    courses: (slice, among) => read(() => listCourses(c, slice, among)),

    addAssignment: (assignment, beside) =>
      write(() => {
        insertAssignment(c, assignment);
        keepBeside(c, beside);
      }),
    changeAssignment: (assignment, beside) =>
      write(() => {
        const changed = replaceAssignment(c, assignment);
        if (changed) keepBeside(c, beside);
        return changed;
      }),
    assignment: (courseId, id) => read(() => findAssignment(c, courseId, id)),
    assignments: (courseId) => read(() => listAssignments(c, courseId)),

    addEnrolment: (enrolment, beside) =>
      write(() => {
        insertEnrolment(c, enrolment);
        keepBeside(c, beside);
      }),
    ensureEnrolment: (enrolment) =>
      write(() => {
        const there = findByExternal(c, enrolment.courseId, enrolment.externalId);
        if (there === undefined) insertEnrolment(c, enrolment);
        return there ?? enrolment;
      }),
    enrolment: (courseId, id) => read(() => findEnrolment(c, courseId, id)),
    enrolmentByExternalId: (courseId, externalId) =>
      read(() => findByExternal(c, courseId, externalId)),
    enrolments: (courseId, slice) => read(() => listEnrolments(c, courseId, slice)),
    learners: (courseId) => read(() => listLearners(c, courseId)),

    addToken: (token, beside) =>
      write(() => {
        insertToken(c, token);
        keepBeside(c, beside);
      }),
    grantCourse: (tokenId, courseId) => write(() => grantCourse(c, tokenId, courseId)),
    token: (id) => read(() => findToken(c, id)),
    tokenByHash: (hash) => read(() => findTokenByHash(c, hash)),
    tokens: (slice, courseIds) => read(() => listTokens(c, slice, courseIds)),
    revokeToken: (id, at, beside) =>
      write(() => {
        revokeToken(c, id, at);
        keepBeside(c, beside);
      }),
    touchTokens: (uses) => write(() => touchTokens(c, uses)),

    append: (scope, decide) =>
      write(() => {
        const entry = decide(listEvents(c, scope));
        if (entry.submission !== undefined) insertSubmission(c, entry.submission);
        for (const event of entry.events) insertEvent(c, scope, event);
        keepBeside(c, entry);
        return entry.result;
      }),
    events: (scope) => read(() => listEvents(c, scope)),
    ledger: (courseId, learnerId) => read(() => readLedger(c, courseId, learnerId)),
    submission: (id) => read(() => findSubmission(c, id)),
    history: (courseId, learnerId, slice, assignmentId) =>
      read(() => listHistory(c, courseId, learnerId, slice, assignmentId)),

    audit: (courseId, slice) => read(() => auditEvents(c, courseId, slice)),

    receipt: (name) => read(() => findReceipt(c, name)),
    forgetReceipts: (before) => write(() => deleteReceipts(c, before)),

    isEmpty: () => read(() => c.first(anything, {}) === undefined),
    queueLength: () => commits.length,
    ping: () =>
      read(() => {
        c.first(anything, {});
      }),
    close: async () => {
      if (closed) return;
      closed = true;
      commits.close();
      connection.close();
      unlock();
    },
  };

  function reader() {
    return async <T>(work: () => T): Promise<T> => {
      if (closed) throw storeUnavailable('it is shutting down');
      try {
        return work();
      } catch (error) {
        throw translate(error);
      }
    };
  }
}
