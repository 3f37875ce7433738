import type { Language } from '../../catalogue/render.ts';
import type { ShownSubmission, SubmissionResult, SubmissionView } from '../../gradebook/index.ts';
import type { PartAnswer } from '../../grading/verdict.ts';
import { viewVerdict } from './verdict.ts';

/** The facts of a submission; the seed of its variant stays inside. */
export function viewSubmission(submission: ShownSubmission) {
  const { seed: _seed, answer: _answer, tokenId: _token, ...facts } = submission;
  return facts;
}

export function viewSubmissionDetail(
  { submission, verdict, comment }: SubmissionView,
  language: Language,
) {
  return {
    ...viewSubmission(submission),
    ...(!submission.erased && { answer: viewAnswer(submission.answer) }),
    ...(verdict && { verdict: viewVerdict(verdict, language) }),
    ...(comment !== undefined && { comment }),
  };
}

/** Of a cluster that was handed in as it stood, what people read: the manifests. */
const viewAnswer = (answer: PartAnswer): PartAnswer =>
  'cluster' in answer ? { manifest: answer.manifest } : answer;

/** The answer to a submission: what became of it and, as far as it is released, what it is worth. */
export function viewResult(result: SubmissionResult, language: Language) {
  const { submission, verdict, score, attempts, shown } = result;
  const { points, ...withheld } = submission;
  const {
    parts: _,
    steps: __,
    late: ___,
    excused: ____,
    overridden: _____,
    ...grade
  } = result.grade;
  const told = shown.explanations || verdict?.outcome === 'rejected';
  return {
    ...viewSubmission(shown.grades ? { ...withheld, points } : withheld),
    ...(verdict && told && { verdict: viewVerdict(verdict, language) }),
    ...(shown.grades && { score }),
    attempts,
    ...(shown.grades && { grade }),
    released: shown,
  };
}
