import type { ExerciseKey } from '../exercise/exercise.ts';
import type { PartAnswer, Verdict } from '../grading/verdict.ts';
import type { VerdictShape } from './analytics/verdict-shape.ts';
import type { Instant } from './course.ts';
import type { Grade } from './grade.ts';
import type { Shown } from './policy/release.ts';

/** `fault` is ours: kept for replay, and costs the learner nothing. */
export type Outcome = 'graded' | 'rejected' | 'fault';

/** A learner's answer and what was said of it, with all the verdict depended on. Immutable. */
export interface Submission {
  readonly id: string;
  readonly courseId: string;
  readonly assignmentId: string;
  readonly learnerId: string;
  readonly part: string;
  readonly outcome: Outcome;
  /** Which attempt at the part it was, from 1; only graded answers are attempts. */
  readonly attempt?: number;
  readonly exercise: ExerciseKey;
  readonly seed: string;
  readonly engineVersion: string;
  readonly answer: PartAnswer;
  /** Whether its learner was erased: the answer is gone, and it can be judged no more. */
  readonly erased?: boolean;
  /** The engine's points, before hint costs; 0 unless graded. */
  readonly points: number;
  readonly maximum: number;
  /** By the due date that held when it was handed in; grades derive lateness anew. */
  readonly late: boolean;
  readonly tokenId: string;
  readonly at: Instant;
}

/** A submission as its reader may see it: without points while they are withheld. */
export type ShownSubmission = Omit<Submission, 'points'> & { readonly points?: number };

/** A submission as the store keeps it: the verdict to the byte, or the error of a fault. */
export interface StoredSubmission extends Submission {
  /** JSON text. */
  readonly verdict?: string;
  /** For the operator only. */
  readonly error?: string;
  /** What analytics keep of the verdict, and which variant it was; only on the way in. */
  readonly shape?: VerdictShape;
  readonly variant?: number;
}

export interface Attempts {
  readonly used: number;
  readonly limit?: number;
  readonly left?: number;
}

/** What this one answer is worth. */
export interface AttemptScore {
  readonly points: number;
  /** What the hints taken before it cost. */
  readonly hintCost: number;
  /** Points less hint cost, never below 0. */
  readonly net: number;
  readonly maximum: number;
}

/** The whole answer to a submission. */
export interface SubmissionResult {
  readonly submission: Submission;
  /** Absent for a fault. */
  readonly verdict?: Verdict;
  readonly score: AttemptScore;
  /** Attempts at this part, after this one. */
  readonly attempts: Attempts;
  /** The assignment's grade, after this one. */
  readonly grade: Grade;
  /** What of this whoever handed it in may see. */
  readonly shown: Shown;
}
