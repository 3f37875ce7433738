import type { ExerciseKey } from '../exercise/exercise.ts';
import type { PartAnswer, Verdict } from '../grading/verdict.ts';
import type { Actor, Role } from './actor.ts';
import type { AssignmentChange, NewAssignment, ReleaseAsk } from './assignment-asks.ts';
import type { AuditFilter } from './audit-filter.ts';
import type { Assignment, Course, Enrolment, EnrolmentRole, Instant, Window } from './course.ts';
import type { CourseUseCases } from './courses/course-use-cases.ts';
import type { AuditEvent } from './event.ts';
import type { Grade, PartGrade } from './grade.ts';
import type { LaunchUseCases } from './launch/launch.ts';
import type { LatePolicy } from './policy/policy.ts';
import type { Shown } from './policy/release.ts';
import type { PolicyUseCases } from './policy-use-cases.ts';
import type { KeyRecord, Page, PageAsk, StoredResponse } from './ports.ts';
import type { RegradeUseCases } from './regrade/regrade-use-cases.ts';
import type { ReportUseCases } from './reporting/report-use-cases.ts';
import type { RosterUseCases } from './roster/roster-use-cases.ts';
import type { SimilarityUseCases } from './similarity/similarities.ts';
import type { Attempts, ShownSubmission, SubmissionResult } from './submission.ts';
import type { Token } from './token.ts';
import type { WebhookUseCases } from './webhooks/webhook-use-cases.ts';

/** Makes the record of an answer to an idempotency key, kept in the transaction of the change. */
export type Receipt<T> = (result: T) => KeyRecord;

export interface NewCourse {
  readonly title: string;
  /** An IANA name; UTC if absent. */
  readonly timeZone?: string | undefined;
  readonly term?: string | undefined;
}

export interface NewEnrolment {
  readonly externalId: string;
  readonly name?: string | undefined;
  readonly role?: EnrolmentRole | undefined;
}

export interface NewToken {
  readonly role: Role;
  readonly label?: string | undefined;
  readonly courseId?: string | undefined;
  /** The enrolment a learner's token stands for. */
  readonly learnerId?: string | undefined;
  readonly expiresAt?: string | undefined;
}

/** The only time a secret is seen: a later retry with the same idempotency key gets it empty. */
export interface IssuedToken {
  readonly token: Token;
  readonly secret: string;
}

/** Names a learner: a learner's token is the learner, others say whom they act for. */
export interface LearnerName {
  /** The external id. */
  readonly id: string;
  readonly name?: string | undefined;
}

export interface AnswerAsk {
  readonly part: string;
  readonly answer: PartAnswer;
  readonly learner?: LearnerName | undefined;
}

export interface HintAsk {
  readonly part: string;
  readonly learner?: LearnerName | undefined;
}

export interface HintGiven {
  readonly part: string;
  /** From 1. */
  readonly number: number;
  readonly text: string;
  readonly cost: number;
  /** What the part's hints had cost before this one, and cost now. */
  readonly costBefore: number;
  readonly costAfter: number;
  readonly remaining: number;
  /** What the next one would cost; absent when this was the last. */
  readonly nextCost?: number;
}

export interface MarkAsk {
  readonly learnerId: string;
  readonly part: string;
  readonly points: number;
  readonly comment?: string | undefined;
  /** For the audit. */
  readonly reason?: string | undefined;
}

/** A submission read again; `comment` is the marker's. What is withheld is absent. */
export interface SubmissionView {
  readonly submission: ShownSubmission;
  readonly verdict?: Verdict;
  readonly comment?: string;
}

export interface PartAttempts extends Attempts {
  readonly part: string;
  /** When the cool-down allows the next one; absent when it is allowed now, or none is left. */
  readonly nextAttemptAt?: Instant;
}

export interface AssignmentProgress {
  readonly assignment: Assignment;
  /** Absent while it is withheld from whoever asks. */
  readonly grade?: Grade;
  readonly released: Shown;
  /** The dates that hold for this learner. */
  readonly window: Window;
  /** Whether an extension moved one of them, or granted attempts or minutes. */
  readonly extended: boolean;
  /** What an answer handed in now would lose, in the policy's unit. */
  readonly lateNow?: {
    readonly minutesLate: number;
    readonly amount: number;
    readonly unit?: LatePolicy['unit'];
  };
  /** One a part, in the exercise's order. */
  readonly attempts: readonly PartAttempts[];
  /** Of a timed assignment that was begun. */
  readonly startedAt?: Instant;
  readonly endsAt?: Instant;
}

export interface Progress {
  readonly learner: Enrolment;
  readonly score: number;
  readonly outOf: number;
  readonly assignments: readonly AssignmentProgress[];
}

/** One learner's number in one assignment; absent marks nothing handed in. */
export interface Cell {
  readonly assignmentId: string;
  /** Null while it is withheld from whoever asks. */
  readonly score: number | null;
  readonly attempted: boolean;
  readonly awaitsMarking: boolean;
  readonly late: boolean;
  readonly excused: boolean;
  readonly overridden: boolean;
  /** Whether learners may see it. */
  readonly released: boolean;
}

export interface CourseGrades {
  readonly course: Course;
  readonly assignments: readonly Assignment[];
  readonly rows: readonly {
    readonly learner: Enrolment;
    /** One an assignment, in the same order. */
    readonly cells: readonly Cell[];
    readonly score: number;
    /** Less than the course's where something is excused or withheld. */
    readonly outOf: number;
  }[];
  readonly outOf: number;
}

/** A verdict judged again. `same`: byte for byte what is kept. */
export interface Replay {
  readonly submissionId: string;
  readonly same: boolean;
  readonly engineThen: string;
  readonly engineNow: string;
  readonly kept?: Verdict;
  readonly now?: Verdict;
  /** What the engine threw this time. */
  readonly error?: string;
}

export interface KeyAsk {
  /** Absent: the work is simply done. */
  readonly key?: string | undefined;
  /** Method and path, as asked. */
  readonly route: string;
  /** SHA-256 of the body. */
  readonly digest: string;
}

/**
 * The use cases. Each asks the table of rights first; each refusal is a Refusal. Writes resolve
 * when they are on disk.
 */
export interface Gradebook
  extends CourseUseCases,
    RosterUseCases,
    PolicyUseCases,
    LaunchUseCases,
    RegradeUseCases,
    SimilarityUseCases,
    WebhookUseCases,
    ReportUseCases {
  createCourse(actor: Actor, ask: NewCourse, receipt?: Receipt<Course>): Promise<Course>;
  courses(actor: Actor, page?: PageAsk): Promise<Page<Course>>;
  course(actor: Actor, courseId: string): Promise<Course>;

  createAssignment(
    actor: Actor,
    courseId: string,
    ask: NewAssignment,
    receipt?: Receipt<Assignment>,
  ): Promise<Assignment>;
  /** `revision`: the one the change was made from; another one now is refused as `stale`. */
  updateAssignment(
    actor: Actor,
    courseId: string,
    assignmentId: string,
    change: AssignmentChange,
    revision?: number,
  ): Promise<Assignment>;
  /** Shows learners what was withheld; what is shown already stays so. */
  releaseAssignment(
    actor: Actor,
    courseId: string,
    assignmentId: string,
    ask: ReleaseAsk,
    revision?: number,
  ): Promise<Assignment>;
  assignments(actor: Actor, courseId: string): Promise<readonly Assignment[]>;
  assignment(actor: Actor, courseId: string, assignmentId: string): Promise<Assignment>;

  /** Judges an answer for whoever writes or chooses exercises; keeps nothing. */
  preview(
    actor: Actor,
    exerciseId: string,
    ask: { readonly part: string; readonly answer: PartAnswer },
  ): Promise<Verdict>;
  /**
   * Which exercise version and variant an assignment is for its learner, or as a preview, and
   * whether they may be told the worked explanation by now.
   */
  variant(
    actor: Actor,
    courseId: string,
    assignmentId: string,
    learnerId?: string,
  ): Promise<{
    readonly exercise: ExerciseKey;
    readonly seed: string;
    readonly explained: boolean;
  }>;

  createEnrolment(
    actor: Actor,
    courseId: string,
    ask: NewEnrolment,
    receipt?: Receipt<Enrolment>,
  ): Promise<Enrolment>;
  enrolments(actor: Actor, courseId: string, page?: PageAsk): Promise<Page<Enrolment>>;
  enrolment(actor: Actor, courseId: string, enrolmentId: string): Promise<Enrolment>;

  createToken(actor: Actor, ask: NewToken, receipt?: Receipt<IssuedToken>): Promise<IssuedToken>;
  tokens(actor: Actor, page?: PageAsk): Promise<Page<Token>>;
  revokeToken(actor: Actor, tokenId: string): Promise<Token>;
  /** Who a secret belongs to; undefined for unknown, expired and revoked ones alike. */
  authenticate(secret: string): Promise<Actor | undefined>;

  nextHint(
    actor: Actor,
    courseId: string,
    assignmentId: string,
    ask: HintAsk,
    receipt?: Receipt<HintGiven>,
  ): Promise<HintGiven>;
  submit(
    actor: Actor,
    courseId: string,
    assignmentId: string,
    ask: AnswerAsk,
    receipt?: Receipt<SubmissionResult>,
  ): Promise<SubmissionResult>;
  /** Syntax and admission only; costs nothing and keeps nothing. */
  check(actor: Actor, courseId: string, assignmentId: string, ask: AnswerAsk): Promise<Verdict>;
  submission(actor: Actor, submissionId: string): Promise<SubmissionView>;
  /** A learner's submissions, newest first. `learnerId` may be left out by the learner. */
  history(
    actor: Actor,
    courseId: string,
    ask: PageAsk & {
      readonly learnerId?: string | undefined;
      readonly assignmentId?: string | undefined;
    },
  ): Promise<Page<ShownSubmission>>;

  progress(actor: Actor, courseId: string, learnerId?: string): Promise<Progress>;
  grades(actor: Actor, courseId: string): Promise<CourseGrades>;
  mark(
    actor: Actor,
    courseId: string,
    assignmentId: string,
    ask: MarkAsk,
    receipt?: Receipt<PartGrade>,
  ): Promise<PartGrade>;
  /** Newest first. Without a course: everything, for admins. */
  audit(actor: Actor, ask: PageAsk & AuditFilter): Promise<Page<AuditEvent>>;
  replay(actor: Actor, submissionId: string): Promise<Replay>;

  /**
   * Does the work once per key. Hand `receipt` on to the use case: it is kept in the transaction
   * of the change, so no crash can separate the two. Two at once: one does it, both get its
   * answer. The same key with another digest is refused as `idempotency-mismatch`.
   */
  idempotent<T>(
    actor: Actor,
    ask: KeyAsk,
    render: (result: T) => StoredResponse,
    work: (receipt: Receipt<T> | undefined) => Promise<T>,
  ): Promise<StoredResponse>;
  /** Forgets answers to keys older than two days, and writes down when tokens were last used. */
  tidy(): Promise<void>;

  /** A token the operator chose (ADMIN_TOKEN): there from now on, older ones so made revoked. */
  adoptAdminToken(secret: string): Promise<void>;
}
