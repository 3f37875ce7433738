import type { Actor } from '../actor.ts';
import type { Enrolment, EnrolmentRole, Instant } from '../course.ts';
import type { Receipt } from '../gradebook.ts';
import type { Page, PageAsk } from '../ports.ts';
import type { Token } from '../token.ts';
import type { Invitation } from './invitation.ts';
import type { LearnerExport } from './learner-export.ts';
import type { RosterProblem, RosterRow } from './read-row.ts';
import type { EnrolmentFilter } from './roster-store.ts';

/** What is named is changed; null takes it away. */
export interface EnrolmentChange {
  readonly name?: string | null | undefined;
  readonly role?: EnrolmentRole | undefined;
  readonly sectionId?: string | null | undefined;
  readonly active?: boolean | undefined;
  /** For the audit. */
  readonly reason?: string | undefined;
}

export interface RosterAsk {
  readonly rows: readonly RosterRow[];
  /** What reading the file found wrong, before its rows were looked at. */
  readonly problems?: readonly RosterProblem[];
  /** Says what would be done, and does nothing. */
  readonly dryRun?: boolean | undefined;
  /** `refuse`: one bad row and nothing is done. `skip`: bad rows are left out. */
  readonly onProblem?: 'refuse' | 'skip' | undefined;
  /** What becomes of learners who are not in the roster. */
  readonly absent?: 'keep' | 'deactivate' | undefined;
  readonly reason?: string | undefined;
}

export interface RosterOutcome {
  /** Absent for those who are not in the roster. */
  readonly row?: number;
  readonly externalId: string;
  /** Absent in a dry run for who is not enrolled yet. */
  readonly enrolmentId?: string;
  readonly outcome: 'created' | 'updated' | 'deactivated';
  /** Of an update: what it was and what it is, by the names of the columns. */
  readonly changed?: Readonly<
    Record<string, { readonly from: string | null; readonly to: string | null }>
  >;
}

export interface RosterResult {
  /** False for a dry run. */
  readonly applied: boolean;
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly deactivated: number;
  readonly unchanged: number;
  /** Rows that were, or would be, left out. */
  readonly skipped: number;
  /** Names of sections that the roster brought along. */
  readonly sectionsCreated: readonly string[];
  /** The first of them, if there are many. */
  readonly problems: readonly RosterProblem[];
  readonly problemCount: number;
  /** Everybody for whom something changed. */
  readonly people: readonly RosterOutcome[];
}

export interface ErasureAsk {
  /** The external id of the person, typed once more. */
  readonly confirm: string;
  readonly reason: string;
}

export interface ErasureResult {
  readonly enrolmentId: string;
  readonly pseudonym: string;
  readonly erasedAt: Instant;
}

export interface InvitationAsk {
  readonly role?: EnrolmentRole | undefined;
  readonly sectionId?: string | undefined;
  readonly uses?: number | undefined;
  readonly expiresAt?: string | undefined;
  readonly label?: string | undefined;
}

/** The only time a code is seen. */
export interface IssuedInvitation {
  readonly invitation: Invitation;
  readonly code: string;
}

export interface AcceptAsk {
  readonly code: string;
  readonly externalId: string;
  readonly name?: string | undefined;
}

export interface Accepted {
  readonly enrolment: Enrolment;
  readonly token: Token;
  readonly secret: string;
}

export interface ClassTokensAsk {
  /** Ids of enrolments; all active learners if neither these nor a section are named. */
  readonly learnerIds?: readonly string[] | undefined;
  readonly sectionId?: string | undefined;
  readonly expiresAt?: string | undefined;
  /** Whether earlier tokens of the same learners end. */
  readonly replace?: boolean | undefined;
  readonly reason?: string | undefined;
}

/** The only time the secrets are seen: a repeated answer comes without. */
export interface ClassTokens {
  readonly items: readonly {
    readonly enrolment: Enrolment;
    readonly token: Token;
    readonly secret: string;
  }[];
}

/** What is asked about the people of courses. Each asks the table of rights first. */
export interface RosterUseCases {
  findEnrolments(
    actor: Actor,
    courseId: string,
    filter: EnrolmentFilter,
    page?: PageAsk,
  ): Promise<Page<Enrolment>>;
  updateEnrolment(
    actor: Actor,
    courseId: string,
    enrolmentId: string,
    change: EnrolmentChange,
    revision?: number,
  ): Promise<Enrolment>;
  importRoster(
    actor: Actor,
    courseId: string,
    ask: RosterAsk,
    receipt?: Receipt<RosterResult>,
  ): Promise<RosterResult>;

  exportLearner(actor: Actor, courseId: string, enrolmentId: string): Promise<LearnerExport>;
  /** `revision`: the one that was read; another one now is refused as `stale`. */
  eraseLearner(
    actor: Actor,
    courseId: string,
    enrolmentId: string,
    ask: ErasureAsk,
    revision?: number,
  ): Promise<ErasureResult>;

  createInvitation(
    actor: Actor,
    courseId: string,
    ask: InvitationAsk,
    receipt?: Receipt<IssuedInvitation>,
  ): Promise<IssuedInvitation>;
  invitations(actor: Actor, courseId: string, page?: PageAsk): Promise<Page<Invitation>>;
  revokeInvitation(
    actor: Actor,
    courseId: string,
    invitationId: string,
    reason?: string,
  ): Promise<Invitation>;
  /** By anybody who has the code; nobody else is asked. */
  acceptInvitation(ask: AcceptAsk, requestId?: string): Promise<Accepted>;

  createClassTokens(
    actor: Actor,
    courseId: string,
    ask: ClassTokensAsk,
    receipt?: Receipt<ClassTokens>,
  ): Promise<ClassTokens>;
}
