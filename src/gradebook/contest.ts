import type { Instant } from './course.ts';
import type { Beside, Placed, Slice } from './ports.ts';

export const contestStates = ['open', 'answered', 'closed'] as const;
export type ContestState = (typeof contestStates)[number];

export interface ContestMessage {
  readonly id: string;
  readonly sender: 'learner' | 'staff';
  readonly tokenId: string;
  readonly text: string;
  readonly at: Instant;
}

/**
 * A learner's question about a grade, and what was said of it. A learner's message opens it,
 * staff's answers it; closed threads stay readable.
 */
export interface Contest {
  readonly id: string;
  readonly courseId: string;
  readonly assignmentId: string;
  readonly learnerId: string;
  readonly part?: string;
  readonly state: ContestState;
  readonly messages: readonly ContestMessage[];
  readonly revision: number;
  readonly createdAt: Instant;
}

export interface ContestFilter {
  readonly learnerId?: string;
  readonly state?: ContestState;
}

export interface ContestStore {
  addContest(contest: Contest, beside: Beside): Promise<void>;
  contest(courseId: string, id: string): Promise<Contest | undefined>;
  /** Newest first; `after` is the place of the last one seen. */
  contests(
    courseId: string,
    filter: ContestFilter,
    slice: Slice,
  ): Promise<readonly Placed<Contest>[]>;
  /** State and revision, and the messages that are new; false when it was changed meanwhile. */
  changeContest(contest: Contest, beside: Beside): Promise<boolean>;
}
