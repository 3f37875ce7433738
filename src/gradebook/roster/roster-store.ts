import type { Enrolment, EnrolmentRole, Instant, Section } from '../course.ts';
import type { AuditEvent } from '../event.ts';
import type { Beside, KeyRecord, Placed, Slice, TokenRow } from '../ports.ts';
import type { Invitation } from './invitation.ts';
import type { Erasure, LearnerRecord } from './learner-record.ts';

/** A roster as it is in the transaction that changes it. */
export interface Roster {
  readonly enrolments: readonly Enrolment[];
  readonly sections: readonly Section[];
}

/** What an import writes, decided from the roster as it is. */
export interface RosterEntry<T> {
  readonly result: T;
  readonly sections: readonly Section[];
  readonly created: readonly Enrolment[];
  readonly changed: readonly Enrolment[];
  readonly audits: readonly AuditEvent[];
  readonly receipt?: KeyRecord;
}

export interface EnrolmentFilter {
  readonly externalId?: string | undefined;
  readonly role?: EnrolmentRole | undefined;
  readonly sectionId?: string | undefined;
  readonly active?: boolean | undefined;
}

/** An invitation was accepted: who came, and the token they got. */
export interface Acceptance {
  readonly enrolment: Enrolment;
  readonly token: TokenRow;
  readonly audit: AuditEvent;
}

/** Where the people of courses are kept. */
export interface RosterStore {
  findEnrolments(
    courseId: string,
    filter: EnrolmentFilter,
    slice: Slice,
  ): Promise<readonly Placed<Enrolment>[]>;
  /** Replaces the one with an earlier revision; false when it was changed or erased meanwhile. */
  changeEnrolment(enrolment: Enrolment, beside: Beside): Promise<boolean>;
  /** Reads the roster and writes what `decide` makes of it: all of it or, when it throws, nothing. */
  importRoster<T>(courseId: string, decide: (roster: Roster) => RosterEntry<T>): Promise<T>;

  /** Everything kept about one person of a course. */
  learnerRecord(courseId: string, learnerId: string): Promise<LearnerRecord>;
  erasure(learnerId: string): Promise<Erasure | undefined>;
  /** Takes name and words away in one transaction; `audit` is told what was blanked. */
  eraseLearner(
    learnerId: string,
    erasure: Erasure & { readonly tokenId: string },
    audit: AuditEvent,
  ): Promise<void>;

  addInvitation(invitation: Invitation, hash: string, beside: Beside): Promise<void>;
  invitation(courseId: string, id: string): Promise<Invitation | undefined>;
  invitationByHash(hash: string): Promise<Invitation | undefined>;
  invitations(courseId: string, slice: Slice): Promise<readonly Placed<Invitation>[]>;
  revokeInvitation(id: string, at: Instant, beside: Beside): Promise<void>;
  /** Counts one use and keeps who came; false when none was left or it was revoked meanwhile. */
  acceptInvitation(id: string, acceptance: Acceptance): Promise<boolean>;

  /** `revokeOthers`: the earlier tokens of the same learners end at that instant. */
  addTokens(tokens: readonly TokenRow[], beside: Beside, revokeOthers?: Instant): Promise<void>;
}
