import { findAssignment } from './assignments.ts';
import { authorise } from './authorise.ts';
import type { GradebookParts } from './create-gradebook.ts';
import { findEnrolment } from './enrolments.ts';
import { deriveGrade } from './grade.ts';
import type { Gradebook } from './gradebook.ts';
import { windowFor } from './policy/schedule.ts';
import { Refusal } from './refusal.ts';
import { visibleTo } from './visible.ts';

export function explainUseCases(parts: GradebookParts): Pick<Gradebook, 'explain'> {
  const { store } = parts;
  return {
    explain: async (actor, courseId, learnerId, assignmentId) => {
      authorise(actor, 'grade:explain', { courseId, learnerId });
      const assignment = await findAssignment(store, courseId, assignmentId);
      const learner = await findEnrolment(store, courseId, learnerId);
      const { grades } = visibleTo(actor, assignment, parts.now().toISOString());
      if (!grades) throw new Refusal('not-released', 'The grade is not released yet.');
      const scope = { courseId, assignmentId, learnerId };
      const [facts, exceptions] = [await store.facts(scope), await store.exceptions(scope)];
      return {
        ...{ learner, assignment, grade: deriveGrade(facts, assignment, exceptions) },
        window: windowFor(assignment, exceptions.extensions),
        extensions: exceptions.extensions,
      };
    },
  };
}
