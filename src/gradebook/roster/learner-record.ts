import type { Instant } from '../course.ts';
import type { AuditEvent, GradeFact } from '../event.ts';
import type { StoredSubmission } from '../submission.ts';
import type { Token } from '../token.ts';

/** A row as it is kept, under the names of its columns in camel case; empty ones are absent. */
export type KeptRow = Readonly<Record<string, string | number>>;

/** All rows of the store that speak of one person of a course. */
export interface LearnerRecord {
  readonly tokens: readonly Token[];
  readonly submissions: readonly StoredSubmission[];
  readonly events: readonly { readonly assignmentId: string; readonly fact: GradeFact }[];
  readonly extensions: readonly KeptRow[];
  readonly overrides: readonly KeptRow[];
  readonly contests: readonly {
    readonly contest: KeptRow;
    readonly messages: readonly KeptRow[];
  }[];
  readonly audit: readonly AuditEvent[];
}

/** That a person was forgotten, and under which name what is left stands. */
export interface Erasure {
  readonly pseudonym: string;
  readonly at: Instant;
}
