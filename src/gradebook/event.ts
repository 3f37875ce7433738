import type { Instant } from './course.ts';

interface FactBase {
  /** Its place among the events of one learner's assignment, from 1. */
  readonly order: number;
  readonly part: string;
}

/** A graded answer. Rejected answers and our own faults make no event: they cost nothing. */
export interface AttemptFact extends FactBase {
  readonly kind: 'attempt';
  readonly points: number;
  /** Points may still come from a person. */
  readonly awaitsMarking: boolean;
  readonly late: boolean;
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

/** What happened to one learner's assignment; a grade is derived from these and nothing else. */
export type GradeFact = AttemptFact | HintFact | MarkFact;

/** A fact with when and by whose token; an attempt's submission is appended with it. */
export type GradeEvent = GradeFact & { readonly at: Instant; readonly tokenId: string };

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
}
