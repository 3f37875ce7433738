import type { Verdict } from '../grading/verdict.ts';
import { authorise } from './authorise.ts';
import type { GradebookParts } from './create-gradebook.ts';
import type { Gradebook } from './gradebook.ts';
import type { StoredSubmission } from './submission.ts';
import { findSubmission, verdictOf } from './submissions.ts';

export function replayUseCases(parts: GradebookParts): Pick<Gradebook, 'replay'> {
  return {
    replay: async (actor, submissionId) => {
      const submission = await findSubmission(parts.store, actor, submissionId);
      authorise(actor, 'submission:replay', submission);
      const again = judgeAgain(parts, submission);
      const kept = verdictOf(submission);
      return {
        submissionId,
        same: again.now !== undefined && JSON.stringify(again.now) === submission.verdict,
        engineThen: submission.engineVersion,
        engineNow: parts.grader.engineVersion,
        ...(kept !== undefined && { kept }),
        ...again,
      };
    },
  };
}

/** Asks the engine the very question that was asked then. */
function judgeAgain(
  { grader }: GradebookParts,
  { exercise, part, seed, answer }: StoredSubmission,
): { readonly now?: Verdict; readonly error?: string } {
  try {
    return { now: grader.grade(exercise, { part, seed, answer }) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
