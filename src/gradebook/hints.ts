import type { Hint } from '../exercise/exercise.ts';
import { findAssignment, partOf } from './assignments.ts';
import { authorise } from './authorise.ts';
import type { Assignment } from './course.ts';
import type { GradebookParts } from './create-gradebook.ts';
import { actingLearner } from './enrolments.ts';
import type { GradeEvent, GradeFact } from './event.ts';
import type { Gradebook, HintGiven } from './gradebook.ts';
import { refuseUnreached } from './prerequisites.ts';
import { notFound, Refusal } from './refusal.ts';
import { refuseUnlessOpen } from './window.ts';

export function hintUseCases(parts: GradebookParts): Pick<Gradebook, 'nextHint'> {
  return {
    nextHint: async (actor, courseId, assignmentId, ask, receipt) => {
      authorise(actor, 'hint:take', { courseId, learnerId: actor.learnerId });
      const assignment = await findAssignment(parts.store, courseId, assignmentId);
      const at = parts.now().toISOString();
      const part = partOf(assignment, ask.part).id;
      const hints = hintsOf(parts, assignment, part);
      const learner = await actingLearner(parts, actor, courseId, ask.learner);
      await refuseUnreached(parts.store, assignment, learner.id);
      const scope = { courseId, assignmentId, learnerId: learner.id };
      return parts.store.append(scope, (events, exceptions) => {
        refuseUnlessOpen(assignment, exceptions, events, at);
        const taken = events.filter((event) => isHintFor(event, part));
        const result = give(part, hints, taken.length, assignment.policy.hintsCost);
        const event: GradeEvent = {
          kind: 'hint',
          order: events.length + 1,
          part,
          at,
          tokenId: actor.tokenId,
          hint: taken.length,
          cost: result.cost,
        };
        return { result, events: [event], ...(receipt && { receipt: receipt(result) }) };
      });
    },
  };
}

function hintsOf(parts: GradebookParts, assignment: Assignment, part: string): readonly Hint[] {
  const exercise = parts.library.find(assignment.exercise);
  if (exercise === undefined) throw notFound('exercise version');
  return exercise.parts.find(({ id }) => id === part)?.hints ?? [];
}

function isHintFor(event: GradeFact, part: string): boolean {
  return event.kind === 'hint' && event.part === part;
}

function give(part: string, hints: readonly Hint[], taken: number, cost: boolean): HintGiven {
  const hint = hints[taken];
  if (hint === undefined) {
    const all = `All ${hints.length} hints of this part are taken.`;
    throw new Refusal('no-more-hints', hints.length ? all : 'This part has no hints.');
  }
  const costOf = (one: Hint) => (cost ? one.cost : 0);
  const costBefore = hints.slice(0, taken).reduce((total, one) => total + costOf(one), 0);
  const next = hints[taken + 1];
  return {
    part,
    number: taken + 1,
    text: hint.text,
    cost: costOf(hint),
    costBefore,
    costAfter: costBefore + costOf(hint),
    remaining: hints.length - taken - 1,
    ...(next !== undefined && { nextCost: costOf(next) }),
  };
}
