import { findAssignment } from './assignments.ts';
import { authorise } from './authorise.ts';
import type { GradebookParts } from './create-gradebook.ts';
import type { Gradebook } from './gradebook.ts';
import { previewSeed } from './preview.ts';
import { notFound } from './refusal.ts';
import { seedOf } from './submit.ts';

export function variantUseCases(parts: GradebookParts): Pick<Gradebook, 'variant'> {
  return {
    variant: async (actor, courseId, assignmentId, learnerId = actor.learnerId) => {
      authorise(actor, 'assignment:read', { courseId });
      const assignment = await findAssignment(parts.store, courseId, assignmentId);
      if (learnerId === undefined) return { exercise: assignment.exercise, seed: previewSeed };
      authorise(actor, 'enrolment:read', { courseId, learnerId });
      const learner = await parts.store.enrolment(courseId, learnerId);
      if (learner === undefined) throw notFound('learner');
      return { exercise: assignment.exercise, seed: seedOf(parts, assignment, learner.externalId) };
    },
  };
}
