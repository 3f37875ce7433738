import type { ExerciseKey } from '../../exercise/exercise.ts';
import type { CheckResult, PartAnswer } from '../../grading/verdict.ts';
import type { Instant } from '../course.ts';
import type { RegradePolicy } from '../event.ts';

/**
 * `judging` and `comparing` make the dry run, which is `ready` to be looked at; nothing of it
 * counts until it was applied. `applying` writes the events, `applied` has.
 */
export const regradeStates = [
  'judging',
  'comparing',
  'ready',
  'applying',
  'applied',
  'cancelled',
  'failed',
] as const;
export type RegradeState = (typeof regradeStates)[number];

/** Which attempts are judged anew: those that all that is named holds for. */
export interface RegradeScope {
  readonly assignmentIds?: readonly string[] | undefined;
  /** Answers to that exercise, and to that version of it. */
  readonly exercise?: { readonly id: string; readonly version?: number | undefined } | undefined;
  readonly learnerIds?: readonly string[] | undefined;
  readonly part?: string | undefined;
  /** Only attempts whose result in this check becomes another. */
  readonly check?: string | undefined;
  /** Attempts first judged by that version of the engine. */
  readonly engineVersion?: string | undefined;
}

/** What an assignment's answers are judged by. */
export interface RegradeTarget {
  readonly assignmentId: string;
  readonly exercise: ExerciseKey;
  /** Whether applying moves the assignment to it. */
  readonly moves: boolean;
}

export interface RegradeCounts {
  /** Attempts looked at so far. */
  readonly attempts: number;
  /** Judged by the engine; the others equal one of these. */
  readonly judged: number;
  /** Attempts whose points become others. */
  readonly differing: number;
  /** Of these, those that are kept as they were, since the policy never lowers. */
  readonly kept: number;
  /** Attempts that the engine failed at, or whose part is no more: they stay as they were. */
  readonly faults: number;
  /** Learners' assignments whose grade changes, and of these whose score grows or shrinks. */
  readonly changes: number;
  readonly raised: number;
  readonly lowered: number;
  /** Learners' assignments whose events were written. */
  readonly applied: number;
}

export interface Regrade {
  readonly id: string;
  readonly courseId: string;
  readonly state: RegradeState;
  readonly scope: RegradeScope;
  readonly targets: readonly RegradeTarget[];
  readonly keep: RegradePolicy;
  readonly reason: string;
  readonly engineVersion: string;
  /** How far the present state has come. */
  readonly cursor: number;
  readonly counts: RegradeCounts;
  /** What the dry run rests on, as text that is compared. */
  readonly basis?: string;
  /** Names the finished dry run: whoever applies it says that they saw this one. */
  readonly digest?: string;
  /** Why it failed. */
  readonly problem?: string;
  readonly tokenId: string;
  /** Who applied it, by which request. */
  readonly appliedBy?: string;
  readonly requestId?: string;
  readonly createdAt: Instant;
  readonly readyAt?: Instant;
  readonly endedAt?: Instant;
  /** Grows by one at every change of it. */
  readonly revision: number;
}

export const noCounts: RegradeCounts = {
  ...{ attempts: 0, judged: 0, differing: 0, kept: 0, faults: 0 },
  ...{ changes: 0, raised: 0, lowered: 0, applied: 0 },
};

/** A check's result without its words: all that two judgements are compared by. */
export type CheckMark = readonly [check: string, outcome: CheckResult['outcome'], points: number];

/** What the engine says of an answer now; equal answers to the same question share one. */
export interface Judgement {
  readonly digest: string;
  readonly outcome: 'graded' | 'rejected' | 'fault';
  readonly points: number;
  readonly maximum: number;
  readonly awaitsMarking: boolean;
  readonly checks: readonly CheckMark[];
}

/** A check that comes out otherwise; absent on the side that has no such check. */
export interface CheckChange {
  readonly check: string;
  readonly before?: { readonly outcome: CheckResult['outcome']; readonly points: number };
  readonly after?: { readonly outcome: CheckResult['outcome']; readonly points: number };
}

/** An attempt that is judged otherwise than what holds for it. */
export interface AttemptChange {
  readonly learnerId: string;
  readonly assignmentId: string;
  /** Its place among the events of the learner's assignment. */
  readonly attempt: number;
  readonly part: string;
  readonly submissionId: string;
  readonly before: { readonly points: number; readonly maximum: number };
  readonly judgement: Omit<Judgement, 'checks' | 'digest'>;
  /** False where the policy keeps what was, or the engine failed. */
  readonly counts: boolean;
  readonly checks: readonly CheckChange[];
}

/** A grade before and after, in the parts' and in the assignment's own points. */
export interface GradeSummary {
  readonly score: number;
  readonly outOf: number;
  readonly points: number;
  readonly maximum: number;
  readonly awaitsMarking: boolean;
  readonly parts: readonly {
    readonly part: string;
    readonly points: number;
    readonly maximum: number;
  }[];
}

/** What becomes of one learner's assignment. */
export interface GradeChange {
  readonly learnerId: string;
  readonly assignmentId: string;
  /** False where an attempt is judged otherwise, but another counts, or a mark or an override. */
  readonly changed: boolean;
  readonly before: GradeSummary;
  readonly after: GradeSummary;
}

/** An attempt as it was handed in, with all that judging it anew needs. */
export interface GradedAttempt {
  readonly place: number;
  readonly submissionId: string;
  readonly learnerId: string;
  readonly assignmentId: string;
  readonly part: string;
  /** Its place among the events. */
  readonly order: number;
  readonly seed: string;
  readonly answer: PartAnswer;
  readonly points: number;
  readonly maximum: number;
  readonly awaitsMarking: boolean;
  /** JSON text. */
  readonly verdict: string;
  /** Whether an earlier regrade judged anything of the learner's assignment. */
  readonly regraded: boolean;
}
