import type { Instant } from './course.ts';
import type { Placed, Slice } from './ports.ts';

/** Which part of which learner's assignment a person has to look at. */
export interface MarkingTask {
  readonly assignmentId: string;
  readonly learnerId: string;
  readonly part: string;
}

/** Somebody marks it until then; others are told. */
export interface MarkingClaim extends MarkingTask {
  readonly tokenId: string;
  readonly until: Instant;
}

/** What may await marking: an attempt that asked for a person, with its claim if there is one. */
export interface MarkingCandidate extends MarkingTask {
  readonly submissionId: string;
  readonly at: Instant;
  readonly claim?: Pick<MarkingClaim, 'tokenId' | 'until'>;
}

export interface MarkingStore {
  /**
   * The newest attempts of their parts that asked for a person and no mark followed, oldest first.
   * Overrides are not looked at: deriving the grade is the last word.
   */
  markingCandidates(
    courseId: string,
    filter: { readonly assignmentId?: string },
    slice: Slice,
  ): Promise<readonly Placed<MarkingCandidate>[]>;
  /** Who has it from now on: the asker, unless another's claim holds at that time. */
  claimMarking(claim: MarkingClaim, now: Instant): Promise<MarkingClaim>;
  releaseMarking(task: MarkingTask, tokenId: string): Promise<void>;
}
