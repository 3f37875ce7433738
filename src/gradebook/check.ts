import type { Actor } from './actor.ts';
import { findAssignment, partOf } from './assignments.ts';
import { authorise } from './authorise.ts';
import type { Assignment } from './course.ts';
import type { GradebookParts } from './create-gradebook.ts';
import { findEnrolment } from './enrolments.ts';
import type { AnswerAsk, Gradebook } from './gradebook.ts';
import { seedOf } from './submit.ts';
import { refuseUnlessOpen } from './window.ts';

export function checkUseCases(parts: GradebookParts): Pick<Gradebook, 'check'> {
  return {
    check: async (actor, courseId, assignmentId, ask) => {
      authorise(actor, 'answer:check', { courseId, learnerId: actor.learnerId });
      const assignment = await findAssignment(parts.store, courseId, assignmentId);
      if (actor.role === 'learner') await refuseClosed(parts, assignment, actor.learnerId ?? '');
      const part = partOf(assignment, ask.part).id;
      const seed = seedOf(parts, assignment, await checkedFor(parts, actor, courseId, ask));
      return parts.grader.check(assignment.exercise, { part, seed, answer: ask.answer });
    },
  };
}

/** As for an answer that is handed in; attempts are not looked at, for a check is none. */
async function refuseClosed(
  { store, now }: GradebookParts,
  assignment: Assignment,
  learnerId: string,
): Promise<void> {
  const scope = { courseId: assignment.courseId, assignmentId: assignment.id, learnerId };
  const [facts, exceptions] = [await store.facts(scope), await store.exceptions(scope)];
  refuseUnlessOpen(assignment, exceptions, facts, now().toISOString());
}

/** Whose variant it is checked against; nobody is enrolled by it. */
async function checkedFor(
  parts: GradebookParts,
  actor: Actor,
  courseId: string,
  ask: AnswerAsk,
): Promise<string> {
  if (actor.role !== 'learner') return ask.learner?.id ?? '';
  return (await findEnrolment(parts.store, courseId, actor.learnerId ?? '')).externalId;
}
