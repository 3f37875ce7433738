import type { Actor } from './actor.ts';
import { findAssignment, partOf } from './assignments.ts';
import { authorise } from './authorise.ts';
import type { GradebookParts } from './create-gradebook.ts';
import { findEnrolment } from './enrolments.ts';
import type { AnswerAsk, Gradebook } from './gradebook.ts';
import { seedOf } from './submit.ts';
import { refuseOutsideWindow } from './window.ts';

export function checkUseCases(parts: GradebookParts): Pick<Gradebook, 'check'> {
  return {
    check: async (actor, courseId, assignmentId, ask) => {
      authorise(actor, 'answer:check', { courseId, learnerId: actor.learnerId });
      const assignment = await findAssignment(parts.store, courseId, assignmentId);
      if (actor.role === 'learner') refuseOutsideWindow(assignment, parts.now().toISOString());
      const part = partOf(assignment, ask.part).id;
      const seed = seedOf(parts, assignment, await checkedFor(parts, actor, courseId, ask));
      return parts.grader.check(assignment.exercise, { part, seed, answer: ask.answer });
    },
  };
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
