import type { Instant } from './course.ts';
import type { Beside, Placed, Slice } from './ports.ts';

/**
 * A person's word on a part or, without one, on the assignment: points in place of whatever the
 * events make, excused, or a comment alone. It wins over attempts, marks and regrades.
 */
export interface Override {
  readonly id: string;
  readonly courseId: string;
  readonly assignmentId: string;
  readonly learnerId: string;
  readonly part?: string;
  /** Of the part; for the assignment, in its own points. Never together with `excused`. */
  readonly points?: number;
  /** Counts neither for nor against the learner. */
  readonly excused: boolean;
  /** For the learner to read. */
  readonly comment?: string;
  /** For the audit. */
  readonly reason: string;
  readonly tokenId: string;
  readonly createdAt: Instant;
  readonly removedAt?: Instant;
}

export interface OverrideStore {
  addOverride(override: Override, beside: Beside): Promise<void>;
  override(courseId: string, id: string): Promise<Override | undefined>;
  /** In the order of creation, removed ones too. */
  overrides(courseId: string, slice: Slice): Promise<readonly Placed<Override>[]>;
  /** False when it was removed already. */
  removeOverride(id: string, at: Instant, beside: Beside): Promise<boolean>;
}
