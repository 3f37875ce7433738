import { findAssignment } from './assignments.ts';
import { authorise } from './authorise.ts';
import type { Assignment } from './course.ts';
import type { GradebookParts } from './create-gradebook.ts';
import { actingLearner } from './enrolments.ts';
import type { GradeEvent, GradeFact } from './event.ts';
import type { Gradebook } from './gradebook.ts';
import { timeIsUpAt, windowFor } from './policy/schedule.ts';
import type { Started } from './policy-use-cases.ts';
import type { Exceptions } from './ports.ts';
import { refuseUnreached } from './prerequisites.ts';
import { Refusal } from './refusal.ts';
import { refuseOutsideWindow } from './window.ts';

export function startUseCases(parts: GradebookParts): Pick<Gradebook, 'start'> {
  return {
    start: async (actor, courseId, assignmentId, ask, receipt) => {
      authorise(actor, 'assignment:start', { courseId, learnerId: actor.learnerId });
      const assignment = await findAssignment(parts.store, courseId, assignmentId);
      if (assignment.policy.durationMinutes === undefined) throw notTimed();
      const learner = await actingLearner(parts, actor, courseId, ask.learner);
      await refuseUnreached(parts.store, assignment, learner.id);
      const at = parts.now().toISOString();
      const scope = { courseId, assignmentId, learnerId: learner.id };
      return parts.store.append(scope, (facts, exceptions) => {
        refuseOutsideWindow(windowFor(assignment, exceptions.extensions), at);
        const there = facts.some(({ kind }) => kind === 'start');
        const order = facts.length + 1;
        const { tokenId } = actor;
        const event: GradeEvent = { kind: 'start', order, part: '', at, tokenId };
        const events = there ? [] : [event];
        const result = startedOf(learner.id, assignment, [...facts, ...events], exceptions);
        return { result, events, ...(receipt && { receipt: receipt(result) }) };
      });
    },
  };
}

function startedOf(
  learnerId: string,
  assignment: Assignment,
  facts: readonly GradeFact[],
  { extensions }: Exceptions,
): Started {
  const startedAt = facts.find(({ kind }) => kind === 'start')?.at ?? '';
  const end = timeIsUpAt(assignment, extensions, facts) ?? '';
  const { closesAt } = windowFor(assignment, extensions);
  return {
    learnerId,
    startedAt,
    endsAt: closesAt !== undefined && closesAt < end ? closesAt : end,
  };
}

function notTimed(): Refusal {
  return new Refusal('invalid', 'The assignment is not timed: answers may be handed in at once.');
}
