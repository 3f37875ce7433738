import type { Actor } from './actor.ts';
import { findAssignment, partOf } from './assignments.ts';
import { auditOf } from './audit.ts';
import { authorise } from './authorise.ts';
import type { Assignment } from './course.ts';
import { besideOf, findCourse } from './courses.ts';
import type { GradebookParts } from './create-gradebook.ts';
import { findEnrolment } from './enrolments.ts';
import { deriveGrade } from './grade.ts';
import type { Gradebook } from './gradebook.ts';
import { Complaints } from './input.ts';
import type { Override } from './override.ts';
import { pageOf, sliceOf } from './paging.ts';
import type { OverrideAsk } from './policy-use-cases.ts';
import type { Exceptions, Store } from './ports.ts';
import { notFound } from './refusal.ts';

type OverrideUseCases = Pick<Gradebook, 'giveOverride' | 'overrides' | 'removeOverride'>;

export function overrideUseCases(parts: GradebookParts): OverrideUseCases {
  const { store } = parts;
  return {
    giveOverride: async (actor, courseId, assignmentId, ask, receipt) => {
      authorise(actor, 'override:give', { courseId, learnerId: ask.learnerId });
      const assignment = await findAssignment(store, courseId, assignmentId);
      if (ask.part !== undefined) partOf(assignment, ask.part);
      const { id: learnerId } = await findEnrolment(store, courseId, ask.learnerId);
      const given = newOverride(parts, actor, assignment, { ...ask, learnerId });
      const numbers = await numbersAround(store, assignment, given);
      const note = { action: 'override:give', courseId, subject: given.id, reason: ask.reason };
      const audit = auditOf(parts, actor, {
        ...note,
        before: numbers.without,
        after: { ...numbers.with, override: given },
      });
      await store.addOverride(given, besideOf(audit, given, receipt));
      return given;
    },
    overrides: async (actor, courseId, page = {}) => {
      authorise(actor, 'override:read', { courseId });
      await findCourse(store, courseId);
      const slice = sliceOf(page);
      return pageOf(await store.overrides(courseId, slice), slice);
    },
    removeOverride: async (actor, courseId, overrideId, reason) => {
      authorise(actor, 'override:give', { courseId });
      const before = await store.override(courseId, overrideId);
      if (before === undefined) throw notFound('override');
      if (before.removedAt !== undefined) return before;
      const assignment = await findAssignment(store, courseId, before.assignmentId);
      const numbers = await numbersAround(store, assignment, before);
      const at = parts.now().toISOString();
      const audit = auditOf(parts, actor, {
        ...{ action: 'override:remove', courseId, subject: overrideId, reason },
        before: { ...numbers.with, override: before },
        after: numbers.without,
      });
      await store.removeOverride(overrideId, at, { audit });
      return { ...before, removedAt: at };
    },
  };
}

function newOverride(
  parts: GradebookParts,
  actor: Actor,
  { id: assignmentId, courseId }: Assignment,
  ask: OverrideAsk,
): Override {
  const { learnerId, part, points, comment, reason, excused = false } = ask;
  const complaints = new Complaints();
  const some = points !== undefined || excused || comment !== undefined;
  complaints.require(some, '', 'must have points, excused or a comment');
  complaints.require(points === undefined || !excused, '/excused', 'must not come with points');
  const fits = points === undefined || (points >= 0 && points <= 100_000);
  complaints.require(fits, '/points', 'must be from 0 to 100000');
  complaints.refuse('The override cannot be given so.');
  return {
    ...{ id: parts.newId(), courseId, assignmentId, learnerId },
    ...(part !== undefined && { part }),
    ...(points !== undefined && { points }),
    excused,
    ...(comment !== undefined && { comment }),
    ...{ reason, tokenId: actor.tokenId, createdAt: parts.now().toISOString() },
  };
}

/** The grade with this override and without it, for the audit. */
async function numbersAround(store: Store, assignment: Assignment, one: Override) {
  const { courseId, assignmentId, learnerId } = one;
  const scope = { courseId, assignmentId, learnerId };
  const [facts, exceptions] = [await store.facts(scope), await store.exceptions(scope)];
  const overrides = exceptions.overrides.filter(({ id }) => id !== one.id);
  const numbers = (among: Exceptions['overrides']) => {
    const grade = deriveGrade(facts, assignment, { ...exceptions, overrides: among });
    const part = grade.parts.find(({ part: id }) => id === one.part);
    const { score, outOf, excused } = grade;
    return { score, outOf, excused, ...(part && { part: part.part, points: part.points }) };
  };
  return { with: numbers([...overrides, one]), without: numbers(overrides) };
}
