import type { Actor } from './actor.ts';
import { findAssignment } from './assignments.ts';
import { authorise, rights } from './authorise.ts';
import type { GradebookParts } from './create-gradebook.ts';
import type { Gradebook } from './gradebook.ts';
import { mayBeExplained } from './policy/explanation.ts';
import { windowFor } from './policy/schedule.ts';
import { previewSeed } from './preview.ts';
import { notFound } from './refusal.ts';
import { seedOf } from './submit.ts';
import { refuseBeforeStart } from './window.ts';

/** Whoever may try an exercise out knows its answers anyway. */
export const mayPreview = ({ role }: Pick<Actor, 'role'>): boolean =>
  rights[role]['exercise:preview'] !== undefined;

export function variantUseCases(parts: GradebookParts): Pick<Gradebook, 'variant'> {
  return {
    variant: async (actor, courseId, assignmentId, learnerId = actor.learnerId) => {
      authorise(actor, 'assignment:read', { courseId });
      const assignment = await findAssignment(parts.store, courseId, assignmentId);
      const { exercise } = assignment;
      if (learnerId === undefined) {
        return { exercise, seed: previewSeed, explained: mayPreview(actor) };
      }
      authorise(actor, 'enrolment:read', { courseId, learnerId });
      const learner = await parts.store.enrolment(courseId, learnerId);
      if (learner === undefined) throw notFound('learner');
      const scope = { courseId, assignmentId, learnerId };
      const facts = await parts.store.facts(scope);
      const exceptions = await parts.store.exceptions(scope);
      const now = parts.now().toISOString();
      if (actor.role === 'learner') {
        // A learner reads the questions from when they may answer them, and on after the close.
        refuseBeforeStart(assignment, windowFor(assignment, exceptions.extensions), facts, now);
      }
      const explained = mayPreview(actor) || mayBeExplained(assignment, facts, exceptions, now);
      return { exercise, seed: seedOf(parts, assignment, learner.externalId), explained };
    },
  };
}
