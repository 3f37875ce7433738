import { limits } from '../limits.ts';
import { findAssignment, partOf } from './assignments.ts';
import { authorise } from './authorise.ts';
import { findCourse } from './courses.ts';
import type { GradebookParts } from './create-gradebook.ts';
import { findEnrolment } from './enrolments.ts';
import { deriveGrade } from './grade.ts';
import type { Gradebook } from './gradebook.ts';
import type { MarkingTask } from './marking.ts';
import { pageOf, sliceOf } from './paging.ts';
import type { Store } from './ports.ts';
import { Refusal } from './refusal.ts';

type MarkingUseCases = Pick<Gradebook, 'markingQueue' | 'claimMarking' | 'releaseMarking'>;

export function markingUseCases(parts: GradebookParts): MarkingUseCases {
  const { store } = parts;
  return {
    markingQueue: async (actor, courseId, { assignmentId, ...ask }) => {
      authorise(actor, 'marking:read', { courseId });
      await findCourse(store, courseId);
      const slice = sliceOf(ask);
      const filter = assignmentId === undefined ? {} : { assignmentId };
      const page = pageOf(await store.markingCandidates(courseId, filter, slice), slice);
      const now = parts.now().toISOString();
      const items = [];
      for (const { claim, ...one } of page.items) {
        if (!(await awaitsMarking(store, courseId, one))) continue;
        const held = claim !== undefined && claim.until > now;
        items.push(held ? { ...one, claim } : one);
      }
      return { ...page, items };
    },
    claimMarking: async (actor, courseId, task) => {
      authorise(actor, 'marking:claim', { courseId, learnerId: task.learnerId });
      await findTask(store, courseId, task);
      const now = parts.now();
      const until = new Date(now.getTime() + limits.markingClaimMinutes * 60_000).toISOString();
      const { tokenId } = actor;
      const held = await store.claimMarking({ ...task, tokenId, until }, now.toISOString());
      if (held.tokenId === tokenId) return held;
      const detail = `The token ${held.tokenId} is marking this until ${held.until}.`;
      throw new Refusal('conflict', detail);
    },
    releaseMarking: async (actor, courseId, task) => {
      authorise(actor, 'marking:claim', { courseId, learnerId: task.learnerId });
      await findTask(store, courseId, task);
      await store.releaseMarking(task, actor.tokenId);
    },
  };
}

/** Deriving the grade is the last word: an override or a regrade may have settled it. */
async function awaitsMarking(store: Store, courseId: string, task: MarkingTask): Promise<boolean> {
  const { assignmentId, learnerId, part } = task;
  const assignment = await findAssignment(store, courseId, assignmentId);
  const scope = { courseId, assignmentId, learnerId };
  const [facts, exceptions] = [await store.facts(scope), await store.exceptions(scope)];
  const grade = deriveGrade(facts, assignment, exceptions);
  return grade.awaitsMarking && grade.parts.some((one) => one.part === part && one.awaitsMarking);
}

async function findTask(store: Store, courseId: string, task: MarkingTask): Promise<void> {
  partOf(await findAssignment(store, courseId, task.assignmentId), task.part);
  await findEnrolment(store, courseId, task.learnerId);
}
