import type { Instant } from './course.ts';

interface EventBase {
  /** Its place among the events of one learner's assignment, from 1. */
  readonly order: number;
  readonly part: string;
  readonly at: Instant;
  readonly tokenId: string;
}

/** A graded answer. Rejected answers and our own faults make no event: they cost nothing. */
export interface AttemptEvent extends EventBase {
  readonly kind: 'attempt';
  readonly submissionId: string;
  readonly points: number;
  readonly maximum: number;
  /** Points may still come from a person. */
  readonly awaitsMarking: boolean;
  readonly late: boolean;
}

/** A hint taken: its number in the part, from 0, and what it cost. */
export interface HintEvent extends EventBase {
  readonly kind: 'hint';
  readonly hint: number;
  readonly cost: number;
}

/** A person's points for a part: they win over every automatic one. */
export interface MarkEvent extends EventBase {
  readonly kind: 'mark';
  readonly points: number;
  readonly comment?: string;
}

/** What happened to one learner's assignment; a grade is derived from these and nothing else. */
export type GradeEvent = AttemptEvent | HintEvent | MarkEvent;

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
