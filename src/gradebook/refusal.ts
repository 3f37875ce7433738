/**
 * Why a use case said no. `not-found` also stands for what a token may not know of.
 * `not-open`, `closed`, `not-started` and `time-is-up` are the assignment's window; `cool-down` an
 * attempt that comes too soon after the last; `stale` an outdated revision; `archived` a write to
 * a course that takes none any more.
 */
export const refusalCodes = [
  'unauthenticated',
  'not-found',
  'forbidden',
  'conflict',
  'invalid',
  'stale',
  'archived',
  'not-open',
  'closed',
  'not-started',
  'time-is-up',
  'prerequisite',
  'cool-down',
  'attempts-exhausted',
  'no-more-hints',
  'not-released',
  'idempotency-mismatch',
  'dry-run-stale',
  'store-unavailable',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** One value of the input that is wrong: a JSON pointer into it, and why. */
export interface Complaint {
  readonly pointer: string;
  readonly detail: string;
  /** Of a table, such as a roster: the row as its file counts it from 1, and the column's name. */
  readonly row?: number;
  readonly column?: string;
}

/** An answer, not a defect: the caller asked for what cannot be. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly detail: string;
  readonly pointers: readonly Complaint[];
  /** Whole seconds after which the same request may succeed, where that is known. */
  readonly retryAfterSeconds?: number;

  constructor(
    code: RefusalCode,
    detail: string,
    pointers: readonly Complaint[] = [],
    retryAfterSeconds?: number,
  ) {
    super(detail);
    this.name = 'Refusal';
    this.code = code;
    this.detail = detail;
    this.pointers = pointers;
    if (retryAfterSeconds !== undefined) this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Nothing under that name, or nothing this token may know of: the same words for both. */
export function notFound(noun: string): Refusal {
  return new Refusal('not-found', `There is no such ${noun}.`);
}
