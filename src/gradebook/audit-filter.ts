import type { Instant } from './course.ts';

/** Which entries of the audit are asked for; what is absent filters nothing. */
export interface AuditFilter {
  readonly courseId?: string | undefined;
  /** The id of the token that acted. */
  readonly actor?: string | undefined;
  /** A whole action such as `roster:import`, or all of a kind: `roster`. */
  readonly action?: string | undefined;
  /** The id of what was changed. */
  readonly subject?: string | undefined;
  /** The enrolment it concerns. */
  readonly learner?: string | undefined;
  readonly from?: Instant | undefined;
  /** Before that instant. */
  readonly to?: Instant | undefined;
}
