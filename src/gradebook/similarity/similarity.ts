import type { ExerciseKey } from '../../exercise/exercise.ts';
import type { PartAnswer } from '../../grading/verdict.ts';
import type { Enrolment, Instant } from '../course.ts';

/**
 * What makes two answers alike. `identical`: byte for byte. `equal-but-layout`: but for comments,
 * blanks and indentation. `equal-under-variant`: once the names each was dealt are taken for each
 * other. `foreign-names`: one holds names that only the other's variant has. `comments` and
 * `layout`: they share words to nobody and odd blanks that few others have. `overlap`: runs of
 * words are the same.
 */
export const reasonKinds = [
  'identical',
  'equal-but-layout',
  'equal-under-variant',
  'foreign-names',
  'comments',
  'layout',
  'overlap',
] as const;
export type ReasonKind = (typeof reasonKinds)[number];

export interface Reason {
  readonly kind: ReasonKind;
  /** From 0 to 1: how much it says, less the more learners share it. */
  readonly weight: number;
  /** Learners who share it; absent where it is between these two alone. */
  readonly learners?: number;
  /** A few of the comments, lines or names. */
  readonly examples: readonly string[];
}

/** One of two answers that are alike. */
export interface AlikeAnswer {
  readonly learner: Enrolment;
  readonly submissionId: string;
  readonly at: Instant;
  readonly points: number;
}

export interface AlikePair {
  readonly part: string;
  /** From 0 to 1: all reasons together. A reason to look, and no proof of anything. */
  readonly strength: number;
  /** The share of the runs of words that both have, rare ones counting more. */
  readonly overlap: number;
  readonly sameVariant: boolean;
  readonly reasons: readonly Reason[];
  /** The one that came first. */
  readonly first: AlikeAnswer;
  readonly second: AlikeAnswer;
}

/** An answer so many gave, but for layout and variant, that it says nothing of two of them. */
export interface CommonAnswer {
  readonly part: string;
  readonly learners: number;
  readonly submissionId: string;
}

export interface SimilarityReport {
  /** Parts that are written; what is picked from a list is not compared. */
  readonly parts: readonly string[];
  readonly answers: number;
  readonly learners: number;
  /** Whether there was more than the bounds let be compared. */
  readonly truncated: boolean;
  /** Strongest first. */
  readonly pairs: readonly AlikePair[];
  readonly common: readonly CommonAnswer[];
}

/** An answer as it is compared. */
export interface WrittenAnswer {
  readonly submissionId: string;
  readonly learnerId: string;
  readonly exercise: ExerciseKey;
  readonly seed: string;
  readonly answer: PartAnswer;
  readonly points: number;
  readonly at: Instant;
}

export interface SimilarityStore {
  /**
   * Graded answers to a part before that place, newest first; reads a bounded number of rows.
   * `next` is where to go on, absent at the end.
   */
  writtenAnswers(
    of: { readonly courseId: string; readonly assignmentId: string; readonly part: string },
    before: number,
  ): Promise<{ readonly answers: readonly WrittenAnswer[]; readonly next?: number }>;
}
