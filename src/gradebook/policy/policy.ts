import type { Instant } from '../course.ts';

/** Which attempt of a part counts; `mean` is the mean of what all of them are worth. */
export const countings = ['best', 'last', 'first', 'mean'] as const;
export type Counting = (typeof countings)[number];

/** `practice` is never in a total; `exam` withholds grades and feedback until they are released. */
export const modes = ['practice', 'graded', 'exam'] as const;
export type Mode = (typeof modes)[number];

interface LateBase {
  /** What amounts, cap and floor are: percent of the part's points, or points of the assignment. */
  readonly unit: 'percentage' | 'points';
  /** The most that is taken off. */
  readonly cap?: number | undefined;
  /** What being late takes nobody below; whoever earned less keeps that. */
  readonly floor?: number | undefined;
  /** Minutes after the due date that are not late; past them, lateness counts from the due date. */
  readonly graceMinutes?: number | undefined;
}

/**
 * `amount` off for each hour or day begun after the due date. A day is one of the course's
 * calendar: from 18:00 to 18:00, be it 23, 24 or 25 hours.
 */
export interface LatePerTime extends LateBase {
  readonly per: 'hour' | 'day';
  readonly amount: number;
}

/** `amount` off in all once an answer is more than so many minutes late; the last reached holds. */
export interface LateInSteps extends LateBase {
  readonly per: 'step';
  readonly steps: readonly { readonly afterMinutes: number; readonly amount: number }[];
}

/** What being late costs; a policy without one takes nothing off. */
export type LatePolicy = LatePerTime | LateInSteps;

/** How an assignment's attempts and hints make its grade, and how they may be made. */
export interface Policy {
  readonly counts: Counting;
  /** Graded attempts each part allows; absent: as many as one likes. */
  readonly attempts?: number;
  /** Minutes between two graded attempts at a part. A try that comes too early restarts nothing. */
  readonly coolDownMinutes?: number;
  /** Whether a hint lowers the attempts that follow it. */
  readonly hintsCost: boolean;
  readonly late?: LatePolicy;
  /** A timed exam: minutes each learner has from their own start. */
  readonly durationMinutes?: number;
}

/** `at-once`, `manual` (by the action of releasing), or from an instant on. */
export type ReleaseTime = 'at-once' | 'manual' | Instant;

/** When learners see their grades, and the explanations: verdicts with findings. */
export interface Release {
  readonly grades: ReleaseTime;
  readonly explanations: ReleaseTime;
  /** When staff released them by hand. */
  readonly gradesReleasedAt?: Instant;
  readonly explanationsReleasedAt?: Instant;
}

/** An assignment that has to reach a score first. */
export interface Prerequisite {
  readonly assignmentId: string;
  /** In that assignment's own points. */
  readonly minimumScore: number;
}
