import type { CourseStore } from '../gradebook/courses/course-store.ts';
import type { RosterEntry, RosterStore } from '../gradebook/roster/roster-store.ts';
import { insertAssignment } from './assignments.ts';
import { keepBeside } from './audit.ts';
import type { Connection } from './connection.ts';
import { listCourseSubmissions } from './course-submissions.ts';
import { insertCourse, replaceCourse } from './courses.ts';
import {
  allEnrolments,
  findEnrolmentsBy,
  insertEnrolment,
  replaceEnrolment,
} from './enrolments.ts';
import { eraseLearner, findErasure } from './erasure.ts';
import type { GroupCommit } from './group-commit.ts';
import {
  countInvitation,
  findInvitation,
  findInvitationByHash,
  insertInvitation,
  listInvitations,
  revokeInvitation,
} from './invitations.ts';
import { readLearnerRecord } from './learner-record.ts';
import { insertSection, listSections, removeSection, renameSection } from './sections.ts';
import { grantCourse, insertToken, revokeLearnerTokens } from './tokens.ts';

type Write = GroupCommit['write'];
type Read = <T>(work: () => T) => Promise<T>;

/** The part of the store that keeps courses as a whole, and the people in them. */
export function rosterMethods(
  connection: Connection,
  read: Read,
  write: Write,
): CourseStore & RosterStore {
  return {
    ...courseMethods(connection, read, write),
    ...peopleMethods(connection, read, write),
    ...invitationMethods(connection, read, write),
  };
}

function courseMethods(connection: Connection, read: Read, write: Write): CourseStore {
  return {
    addWholeCourse: (whole, beside, owner) =>
      write(() => {
        const { course, sections = [], assignments = [], enrolments = [], tokens = [] } = whole;
        insertCourse(connection, course);
        if (owner !== undefined) grantCourse(connection, owner, course.id);
        for (const one of sections) insertSection(connection, one);
        for (const one of assignments) insertAssignment(connection, one);
        for (const one of enrolments) insertEnrolment(connection, one);
        for (const one of tokens) insertToken(connection, one);
        keepBeside(connection, beside);
      }),
    changeCourse: (course, beside) =>
      write(() => {
        const changed = replaceCourse(connection, course);
        if (changed) keepBeside(connection, beside);
        return changed;
      }),
    addSection: (section, beside) =>
      write(() => {
        insertSection(connection, section);
        keepBeside(connection, beside);
      }),
    sections: (courseId) => read(() => listSections(connection, courseId)),
    renameSection: (section, beside) =>
      write(() => {
        renameSection(connection, section);
        keepBeside(connection, beside);
      }),
    removeSection: (section, beside) =>
      write(() => {
        const removed = removeSection(connection, section);
        if (removed) keepBeside(connection, beside);
        return removed;
      }),
    courseSubmissions: (courseId, filter, slice) =>
      read(() => listCourseSubmissions(connection, courseId, filter, slice)),
  };
}

function peopleMethods(connection: Connection, read: Read, write: Write) {
  return {
    findEnrolments: (courseId, filter, slice) =>
      read(() => findEnrolmentsBy(connection, courseId, filter, slice)),
    changeEnrolment: (enrolment, beside) =>
      write(() => {
        const changed = replaceEnrolment(connection, enrolment);
        if (changed) keepBeside(connection, beside);
        return changed;
      }),
    importRoster: (courseId, decide) =>
      write(() => {
        const enrolments = allEnrolments(connection, courseId);
        const entry = decide({ enrolments, sections: listSections(connection, courseId) });
        keepRoster(connection, entry);
        return entry.result;
      }),
    learnerRecord: (courseId, learnerId) =>
      read(() => readLearnerRecord(connection, courseId, learnerId)),
    erasure: (learnerId) => read(() => findErasure(connection, learnerId)),
    eraseLearner: (learnerId, erasure, audit) =>
      write(() => {
        eraseLearner(connection, learnerId, erasure);
        keepBeside(connection, { audit });
      }),
    addTokens: (tokens, beside, revokeOthers) =>
      write(() => {
        for (const { learnerId } of tokens) {
          if (revokeOthers === undefined || learnerId === undefined) continue;
          revokeLearnerTokens(connection, learnerId, revokeOthers);
        }
        for (const one of tokens) insertToken(connection, one);
        keepBeside(connection, beside);
      }),
  } satisfies Partial<RosterStore>;
}

function keepRoster(connection: Connection, entry: RosterEntry<unknown>): void {
  for (const one of entry.sections) insertSection(connection, one);
  for (const one of entry.created) insertEnrolment(connection, one);
  for (const one of entry.changed) replaceEnrolment(connection, one);
  for (const audit of entry.audits) keepBeside(connection, { audit });
  if (entry.receipt !== undefined) keepBeside(connection, { receipt: entry.receipt });
}

function invitationMethods(connection: Connection, read: Read, write: Write) {
  return {
    addInvitation: (invitation, hash, beside) =>
      write(() => {
        insertInvitation(connection, invitation, hash);
        keepBeside(connection, beside);
      }),
    invitation: (courseId, id) => read(() => findInvitation(connection, courseId, id)),
    invitationByHash: (hash) => read(() => findInvitationByHash(connection, hash)),
    invitations: (courseId, slice) => read(() => listInvitations(connection, courseId, slice)),
    revokeInvitation: (id, at, beside) =>
      write(() => {
        if (revokeInvitation(connection, id, at)) keepBeside(connection, beside);
      }),
    acceptInvitation: (id, { enrolment, token, audit }) =>
      write(() => {
        if (!countInvitation(connection, id)) return false;
        insertEnrolment(connection, enrolment);
        insertToken(connection, token);
        keepBeside(connection, { audit });
        return true;
      }),
  } satisfies Partial<RosterStore>;
}
