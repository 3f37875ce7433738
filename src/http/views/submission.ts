import type { Language } from '../../catalogue/render.ts';
import type { Submission, SubmissionResult, SubmissionView } from '../../gradebook/index.ts';
import { viewVerdict } from './verdict.ts';

/** The facts of a submission; the seed of its variant stays inside. */
export function viewSubmission(submission: Submission) {
  const { seed: _seed, answer: _answer, tokenId: _token, ...facts } = submission;
  return facts;
}

export function viewSubmissionDetail(
  { submission, verdict, comment }: SubmissionView,
  language: Language,
) {
  return {
    ...viewSubmission(submission),
    answer: submission.answer,
    ...(verdict && { verdict: viewVerdict(verdict, language) }),
    ...(comment !== undefined && { comment }),
  };
}

/** The answer to a submission: what became of it, why, and what it is worth. */
export function viewResult(
  { submission, verdict, score, attempts, grade }: SubmissionResult,
  language: Language,
) {
  const { parts: _, late: __, ...total } = grade;
  return {
    ...viewSubmission(submission),
    ...(verdict && { verdict: viewVerdict(verdict, language) }),
    score,
    attempts,
    grade: total,
  };
}
