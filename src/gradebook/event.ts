import type { Instant } from './course.ts';

interface FactBase {
  /** Its place among the events of one learner's assignment, from 1. */
  readonly order: number;
  /** Empty for what concerns the whole assignment. */
  readonly part: string;
  readonly at: Instant;
}

/** A graded answer. Rejected answers and our own faults make no event: they cost nothing. */
export interface AttemptFact extends FactBase {
  readonly kind: 'attempt';
  readonly points: number;
  /** What the part was worth then; absent: what it is worth now. */
  readonly maximum?: number;
  /** Points may still come from a person. */
  readonly awaitsMarking: boolean;
}

/** A hint taken: its number in the part, from 0, and what it cost. */
export interface HintFact extends FactBase {
  readonly kind: 'hint';
  readonly hint: number;
  readonly cost: number;
}

/** A person's points for a part: they win over every automatic one. */
export interface MarkFact extends FactBase {
  readonly kind: 'mark';
  readonly points: number;
  readonly comment?: string;
}

/**
 * An attempt judged anew. Its points stand in place of the attempt's; its place in the order, its
 * instant and the hints before it remain the attempt's own. The newest regrade of an attempt holds.
 */
export interface RegradeFact extends FactBase {
  readonly kind: 'regrade';
  /** The `order` of the attempt. */
  readonly attempt: number;
  readonly points: number;
  readonly maximum?: number;
  readonly awaitsMarking: boolean;
  /** `never-lower`: only if it is more than what the attempt was worth before. */
  readonly keep: RegradePolicy;
  /** Which regrade it belongs to. */
  readonly regradeId: string;
}

export const regradePolicies = ['never-lower', 'as-judged'] as const;
export type RegradePolicy = (typeof regradePolicies)[number];

/** A learner began a timed assignment; the first start holds. */
export interface StartFact extends FactBase {
  readonly kind: 'start';
}

/** What happened to one learner's assignment. */
export type GradeFact = AttemptFact | HintFact | MarkFact | RegradeFact | StartFact;

/** A fact with by whose token; an attempt's submission is appended with it. */
export type GradeEvent = GradeFact & { readonly tokenId: string };

/** What staff changed: who, what, when, before and after. */
export interface AuditEvent {
  readonly id: string;
  readonly at: Instant;
  readonly tokenId: string;
  readonly action: string;
  readonly courseId?: string;
  /** The id of what was changed. */
  readonly subject: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Why, in the words of whoever changed it. */
  readonly reason?: string;
  /** The HTTP request it was asked for by, as it stands in the log. */
  readonly requestId?: string;
  /** The people it concerns: found by them, and blanked when they are forgotten. */
  readonly learnerIds?: readonly string[];
}
