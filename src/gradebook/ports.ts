import type { ExerciseKey, ExerciseSummary } from '../exercise/exercise.ts';
import type { RiskRulesStore } from './analytics/risk-rules.ts';
import type { AuditFilter } from './audit-filter.ts';
import type { ContestStore } from './contest.ts';
import type { Assignment, Course, Enrolment, Instant } from './course.ts';
import type { CourseStore } from './courses/course-store.ts';
import type { AuditEvent, GradeEvent, GradeFact } from './event.ts';
import type { Extension, ExtensionStore } from './extension.ts';
import type { LaunchStore } from './launch/launch.ts';
import type { MarkingStore } from './marking.ts';
import type { Override, OverrideStore } from './override.ts';
import type { RegradeStore } from './regrade/regrade-store.ts';
import type { RosterStore } from './roster/roster-store.ts';
import type { SimilarityStore } from './similarity/similarity.ts';
import type { StoredSubmission } from './submission.ts';
import type { Token } from './token.ts';
import type { WebhookStore } from './webhooks/webhook.ts';

/** The released exercises. */
export interface Library {
  list(): readonly ExerciseSummary[];
  /** The newest version under that id. */
  newest(id: string): ExerciseSummary | undefined;
  /** That very version. */
  find(key: ExerciseKey): ExerciseSummary | undefined;
  /** The number of the variant that a seed is dealt, from 0; without it there is only one. */
  variantOf?(key: ExerciseKey, seed: string): number | undefined;
}

/** One page of a list; `next` asks for the one after it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

export interface PageAsk {
  /** `next` of the page before. */
  readonly cursor?: string;
  readonly limit?: number;
}

/** An HTTP answer as it was first given, to be given again to the same key. */
export interface StoredResponse {
  readonly status: number;
  readonly body: string;
}

/** An Idempotency-Key is one token's, for one route. */
export interface KeyName {
  readonly tokenId: string;
  readonly route: string;
  readonly key: string;
}

export interface KeyRecord extends KeyName {
  /** Of the request's body: the same key may not ask for something else. */
  readonly digest: string;
  readonly response: StoredResponse;
  readonly at: Instant;
}

/** What is kept in the same transaction as a change. */
export interface Beside {
  readonly audit?: AuditEvent;
  readonly receipt?: KeyRecord;
}

/** Which learner's assignment. */
export interface LedgerScope {
  readonly courseId: string;
  readonly assignmentId: string;
  readonly learnerId: string;
}

/** What to append, decided from all that happened before. */
export interface LedgerEntry<T> extends Beside {
  readonly result: T;
  readonly submission?: StoredSubmission;
  readonly events: readonly GradeEvent[];
}

/** One fact with whose it is: the compact columns that reports are made of. */
export interface LedgerRow {
  readonly learnerId: string;
  readonly assignmentId: string;
  readonly fact: GradeFact;
}

/** What was granted to and decided for learners, beside the rules for all: only what is in force. */
export interface Exceptions {
  readonly extensions: readonly Extension[];
  readonly overrides: readonly Override[];
}

export interface TokenRow extends Token {
  /** SHA-256 of the secret, hexadecimal. */
  readonly hash: string;
  /** Whether the learner it stands for is deactivated. */
  readonly suspended?: boolean;
}

/** A window on a list in the order of creation: rows after `after`, at most `limit`. */
export interface Slice {
  readonly after?: number;
  readonly limit: number;
}

/** A row and its place in the list. */
export interface Placed<T> {
  readonly place: number;
  readonly value: T;
}

/**
 * Where everything is kept. A write is atomic with what stands beside it, and resolves only when
 * it is on disk. Every method may reject with the Refusal `store-unavailable`; inserts reject
 * with `conflict` where a unique name is taken.
 */
export interface Store
  extends CourseStore,
    RosterStore,
    ExtensionStore,
    OverrideStore,
    MarkingStore,
    ContestStore,
    LaunchStore,
    RegradeStore,
    SimilarityStore,
    WebhookStore,
    RiskRulesStore {
  /** `owner`: a token that reaches the course from now on. */
  addCourse(course: Course, beside: Beside, owner?: string): Promise<void>;
  course(id: string): Promise<Course | undefined>;
  /** `among`: only these ids. */
  courses(slice: Slice, among?: readonly string[]): Promise<readonly Placed<Course>[]>;

  addAssignment(assignment: Assignment, beside: Beside): Promise<void>;
  /** Replaces the one with the revision before; false when it was changed meanwhile. */
  changeAssignment(assignment: Assignment, beside: Beside): Promise<boolean>;
  assignment(courseId: string, id: string): Promise<Assignment | undefined>;
  assignments(courseId: string): Promise<readonly Assignment[]>;
  /** Graded attempts made at an assignment so far, and by how many learners. */
  attemptsMade(
    courseId: string,
    assignmentId: string,
  ): Promise<{ readonly attempts: number; readonly learners: number }>;

  addEnrolment(enrolment: Enrolment, beside: Beside): Promise<void>;
  /** The enrolment under that external id: the one there is, else this one. */
  ensureEnrolment(enrolment: Enrolment): Promise<Enrolment>;
  enrolment(courseId: string, id: string): Promise<Enrolment | undefined>;
  enrolmentByExternalId(courseId: string, externalId: string): Promise<Enrolment | undefined>;
  enrolments(courseId: string, slice: Slice): Promise<readonly Placed<Enrolment>[]>;
  learners(courseId: string): Promise<readonly Enrolment[]>;

  addToken(token: TokenRow, beside: Beside): Promise<void>;
  /** There and valid from now on; others under the same label are revoked. */
  adoptToken(token: TokenRow): Promise<void>;
  token(id: string): Promise<Token | undefined>;
  tokenByHash(hash: string): Promise<TokenRow | undefined>;
  tokens(slice: Slice, courseIds?: readonly string[]): Promise<readonly Placed<Token>[]>;
  revokeToken(id: string, at: Instant, beside: Beside): Promise<void>;
  touchTokens(uses: ReadonlyMap<string, Instant>): Promise<void>;

  /** Reads the facts of one learner's assignment and appends what `decide` makes of them. */
  append<T>(
    scope: LedgerScope,
    decide: (facts: readonly GradeFact[], exceptions: Exceptions) => LedgerEntry<T>,
  ): Promise<T>;
  facts(scope: LedgerScope): Promise<readonly GradeFact[]>;
  /** What holds for one learner's assignment, their section's extensions included. */
  exceptions(scope: LedgerScope): Promise<Exceptions>;
  /** All of a course, or those that concern one learner in it. */
  courseExceptions(courseId: string, learnerId?: string): Promise<Exceptions>;
  /** All facts of a course, or of one learner in it, in one query. */
  ledger(courseId: string, learnerId?: string): Promise<readonly LedgerRow[]>;
  submission(id: string): Promise<StoredSubmission | undefined>;
  /** Newest first; `after` is the place of the last one seen. */
  history(
    courseId: string,
    learnerId: string,
    slice: Slice,
    assignmentId?: string,
  ): Promise<readonly Placed<StoredSubmission>[]>;

  /** Newest first; `after` is the place of the last one seen. */
  audit(filter: AuditFilter, slice: Slice): Promise<readonly Placed<AuditEvent>[]>;

  receipt(name: KeyName): Promise<KeyRecord | undefined>;
  forgetReceipts(before: Instant): Promise<void>;

  /** Whether no course was ever made. */
  isEmpty(): Promise<boolean>;
  /** Writes waiting for their commit. */
  queueLength(): number;
  /** Reads something; rejects when the store cannot answer. */
  ping(): Promise<void>;
  /** Commits what waits, checkpoints, and lets go of the file. */
  close(): Promise<void>;
}
