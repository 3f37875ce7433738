import type { Instant } from '../course.ts';

/** Which part of which assignment, by their ids. */
export interface ItemName {
  readonly assignmentId: string;
  readonly part: string;
}

/** How learners fared at one part; docs/analytics.md defines every number. */
export interface ItemStatistics extends ItemName {
  /** Learners who handed in something, be it refused. */
  readonly learners: number;
  readonly attempts: number;
  readonly refused: number;
  /** Mean share of the points at the first attempt: 1 is easy. Null where nobody was judged. */
  readonly difficulty: number | null;
  /** Correlation of that share with the rest of the course; null where it is not defined. */
  readonly discrimination: number | null;
  /** Learners with more than nothing, and with full points, at some attempt. */
  readonly partly: number;
  readonly solved: number;
  readonly attemptsToPass: { readonly mean: number | null; readonly median: number | null };
  /** From the first answer to the first with full points. */
  readonly minutesToPass: { readonly median: number | null };
}

/** How the first attempts fared at one check. */
export interface CheckStatistics extends ItemName {
  readonly check: string;
  readonly learners: number;
  readonly difficulty: number;
  readonly discrimination: number | null;
  /** Those at which it could not even be tried. */
  readonly skipped: number;
}

/** A finding's code, and whom it met. */
export interface Misconception {
  readonly code: string;
  readonly learners: number;
  readonly answers: number;
  /** Learners' parts where a later answer had it no more, and where the newest still has it. */
  readonly resolved: number;
  readonly open: number;
  /** For how many answers, and for how long from the first to the last of them, it stayed. */
  readonly persists: { readonly medianAnswers: number; readonly medianMinutes: number };
  readonly lastSeenAt: Instant;
}

/** Wrong answers that failed the same checks with the same findings. */
export interface AnswerCluster {
  readonly part: string;
  readonly failed: readonly string[];
  readonly codes: readonly string[];
  readonly learners: number;
  readonly answers: number;
  /** The newest of them; absent when all who gave one were erased. */
  readonly example?: ClusterExample;
}

export interface ClusterExample {
  /** JSON text of the answer as it was handed in. */
  readonly answer: string;
  /** What names the learner, to be taken out. */
  readonly names: readonly string[];
}

/** One variant of a part beside the others. */
export interface VariantStatistics {
  readonly part: string;
  /** From 0; null for answers of before variants were noted. */
  readonly variant: number | null;
  readonly learners: number;
  readonly difficulty: number | null;
  readonly solved: number;
  /** Its difficulty less that of all other variants, and the standard error of that. */
  readonly difference: number | null;
  readonly standardError: number | null;
  /** More than three standard errors from the others: harder or easier than chance would have it. */
  readonly differs: boolean;
}

/** How far the learners of an assignment came; each number is part of the one before. */
export interface Funnel {
  readonly enrolled: number;
  /** Began it, took a hint or answered. */
  readonly began: number;
  readonly answered: number;
  /** Had an answer judged. */
  readonly attempted: number;
  readonly partly: number;
  /** Full points in every part. */
  readonly solved: number;
}

/** What the rules for learners at risk look at beside grades. */
export interface LearnerActivity {
  /** By the place of the learner's row. */
  readonly learner: number;
  readonly lastActiveAt?: Instant;
  /** The most attempts at a part that was never solved; 0 for none. */
  readonly stuckAttempts: number;
}

/** Analytics as the database computes them. Learners are those enrolled as such. */
export interface AnalyticsSource {
  items(courseId: string): readonly ItemStatistics[];
  checks(courseId: string): readonly CheckStatistics[];
  /** Of a course, or of one assignment; the most met first. */
  misconceptions(courseId: string, assignmentId?: string): readonly Misconception[];
  funnel(courseId: string, assignmentId: string): Funnel;
  clusters(courseId: string, assignmentId: string): readonly AnswerCluster[];
  variants(courseId: string, assignmentId: string): readonly VariantStatistics[];
  activity(courseId: string): readonly LearnerActivity[];
}
