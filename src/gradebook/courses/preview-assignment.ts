import type { Verdict } from '../../grading/verdict.ts';
import { findAssignment, partOf } from '../assignments.ts';
import { authorise } from '../authorise.ts';
import type { GradebookParts } from '../create-gradebook.ts';
import { findEnrolment } from '../enrolments.ts';
import { previewSeed } from '../preview.ts';
import { seedOf } from '../submit.ts';
import { visibleTo } from '../visible.ts';
import type { CourseUseCases } from './course-use-cases.ts';

/** How an answer would fare. */
export interface PreviewView {
  readonly part: string;
  readonly verdict: Verdict;
}

/** Nothing of a preview is kept: no report has to leave it out, and none can count it. */
export function assignmentPreviewUseCases(
  parts: GradebookParts,
): Pick<CourseUseCases, 'previewAssignment'> {
  return {
    previewAssignment: async (actor, courseId, assignmentId, ask) => {
      authorise(actor, 'assignment:preview', { courseId });
      const assignment = await findAssignment(parts.store, courseId, assignmentId);
      const part = partOf(assignment, ask.part).id;
      const { answer, learnerId } = ask;
      const learner = learnerId && (await findEnrolment(parts.store, courseId, learnerId));
      const seed = learner ? seedOf(parts, assignment, learner.externalId) : previewSeed;
      const verdict = parts.grader.grade(assignment.exercise, { part, seed, answer });
      const shown = visibleTo({ ...actor, role: 'learner' }, assignment, parts.now().toISOString());
      return { part, verdict, shown };
    },
  };
}
