import type { Actor } from '../actor.ts';
import type { Assignment, Course, Enrolment, Instant } from '../course.ts';
import type { LearnerName, Receipt } from '../gradebook.ts';
import type { Beside, TokenRow } from '../ports.ts';

/** Permission to become one learner for a while, opened once, at one assignment. */
export interface Launch {
  readonly id: string;
  readonly courseId: string;
  readonly assignmentId: string;
  readonly learnerId: string;
  /** How long the learner's token lasts from when the link is opened. */
  readonly tokenMinutes: number;
  readonly expiresAt: Instant;
  readonly createdAt: Instant;
}

export interface LaunchRow extends Launch {
  /** SHA-256 of the code, hexadecimal. */
  readonly hash: string;
  /** Whose token asked for it. */
  readonly tokenId: string;
}

export interface LaunchAsk {
  readonly learner: LearnerName;
  readonly linkMinutes?: number | undefined;
  readonly tokenMinutes?: number | undefined;
}

/** The only time the code is seen: a retry with the same idempotency key gets it empty. */
export interface IssuedLaunch {
  readonly launch: Launch;
  readonly code: string;
}

/** What a link is for, before it is opened. */
export interface LaunchView {
  readonly launch: Launch;
  readonly course: Course;
  readonly assignment: Assignment;
}

/** A link that was opened: the learner's token, whose secret is shown this once. */
export interface OpenedLaunch extends LaunchView {
  readonly learner: Enrolment;
  readonly secret: string;
  readonly expiresAt: Instant;
}

export interface LaunchStore {
  addLaunch(launch: LaunchRow, beside: Beside): Promise<void>;
  /** One that can still be opened. */
  launch(hash: string, now: Instant): Promise<LaunchRow | undefined>;
  /** Marks it as opened and keeps the token; false when it cannot be opened any more. */
  openLaunch(hash: string, now: Instant, token: TokenRow, beside: Beside): Promise<boolean>;
  forgetLaunches(before: Instant): Promise<void>;
}

export interface LaunchUseCases {
  createLaunch(
    actor: Actor,
    courseId: string,
    assignmentId: string,
    ask: LaunchAsk,
    receipt?: Receipt<IssuedLaunch>,
  ): Promise<IssuedLaunch>;
  /** Changes nothing: a link may be fetched by programs that only look. */
  launch(code: string): Promise<LaunchView>;
  /** Once; refused as `not-found` when it is unknown, opened already or expired. */
  openLaunch(code: string, requestId: string): Promise<OpenedLaunch>;
}
