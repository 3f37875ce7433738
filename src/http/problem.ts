import type { RefusalCode } from '../gradebook/index.ts';

/** Every kind of problem the API answers with: its status, and what the caller does about it. */
export const problems = {
  malformed: {
    status: 400,
    title: 'The body is not JSON',
    remedy: 'Send well-formed JSON in UTF-8 with Content-Type: application/json.',
  },
  validation: {
    status: 422,
    title: 'Something in the request is not as it must be',
    remedy: 'Mend every place that `errors` points at: pointers lead into the body (RFC 6901).',
  },
  invalid: {
    status: 422,
    title: 'The request is well formed but cannot be carried out',
    remedy: 'Read `detail` and, where given, `errors`.',
  },
  unauthenticated: {
    status: 401,
    title: 'A valid token is needed',
    remedy:
      'Send `Authorization: Bearer <token>` with a token that is neither expired nor revoked.',
  },
  forbidden: {
    status: 403,
    title: 'This token may not do that',
    remedy: 'Use a token of a role that may.',
  },
  'not-found': {
    status: 404,
    title: 'There is no such thing here',
    remedy: 'Check the address. What a token may not know of is answered the same way.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'This address does not take that method',
    remedy: 'Use one of the methods in the Allow header.',
  },
  conflict: {
    status: 409,
    title: 'It conflicts with what is there',
    remedy:
      'Read `detail`: choose another name, go on with what is there, or say what it asks for.',
  },
  stale: {
    status: 412,
    title: 'It was changed meanwhile',
    remedy: 'Read it again, and send the change with the new ETag in If-Match.',
  },
  archived: {
    status: 409,
    title: 'The course is archived',
    remedy: 'It can be read but not written. PATCH the course with {"archived": false} first.',
  },
  'too-large': {
    status: 413,
    title: 'The body is too large',
    remedy: 'Send less; docs/limits.md lists the bounds.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The body is of a type this address does not take',
    remedy: 'Send Content-Type: application/json.',
  },
  'not-open': {
    status: 403,
    title: 'The assignment is not open yet',
    remedy: 'Try again when it opens.',
  },
  closed: {
    status: 403,
    title: 'The assignment is closed',
    remedy: 'Ask your instructor.',
  },
  'not-started': {
    status: 403,
    title: 'The timed assignment is not begun',
    remedy: 'POST to its `start` address first: from then on the time runs.',
  },
  'time-is-up': {
    status: 403,
    title: 'The time for this assignment is over',
    remedy: 'Ask your instructor. Nothing was spent by this request.',
  },
  prerequisite: {
    status: 403,
    title: 'Another assignment comes first',
    remedy: 'Reach the score that `detail` names there, then come back.',
  },
  'cool-down': {
    status: 429,
    title: 'The next attempt is not allowed yet',
    remedy: 'Wait as long as Retry-After says. Trying early neither costs nor restarts anything.',
  },
  'attempts-exhausted': {
    status: 403,
    title: 'No attempts are left for this part',
    remedy: 'Ask your instructor. Nothing was spent by this request.',
  },
  'no-more-hints': {
    status: 404,
    title: 'There are no more hints for this part',
    remedy: 'All hints were given; nothing was charged.',
  },
  'not-released': {
    status: 403,
    title: 'The grades of this assignment are not released yet',
    remedy: 'Come back when they are.',
  },
  'dry-run-stale': {
    status: 409,
    title: 'The dry run does not hold any more',
    remedy:
      'Refresh it (POST to its `refresh` address), look at what would change, and apply that one.',
  },
  'idempotency-mismatch': {
    status: 422,
    title: 'This Idempotency-Key was used for another request',
    remedy: 'Use a new key for a new request, and the same key only to repeat one.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    remedy: 'Wait as long as Retry-After says.',
  },
  overloaded: {
    status: 503,
    title: 'The server has more to do than it can',
    remedy:
      'Wait as long as Retry-After says, and repeat the request with the same Idempotency-Key.',
  },
  'store-unavailable': {
    status: 503,
    title: 'Nothing can be kept at the moment',
    remedy: 'Nothing was changed. Repeat the request later with the same Idempotency-Key.',
  },
  internal: {
    status: 500,
    title: 'The server failed',
    remedy: 'This is our defect. Give the operator the request id.',
  },
} as const satisfies Record<string, { status: number; title: string; remedy: string }> &
  Record<RefusalCode, unknown>;

export type ProblemCode = keyof typeof problems;

/** One value that is wrong: in the body by JSON Pointer, elsewhere by the parameter's name. */
export interface ProblemError {
  readonly pointer?: string;
  readonly parameter?: string;
  readonly detail: string;
  /** Of a table, such as a roster: the row as its file counts it from 1, and the column's name. */
  readonly row?: number;
  readonly column?: string;
}

/** An RFC 9457 problem, thrown anywhere in a request. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly errors: readonly ProblemError[];
  /** For the Retry-After header. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ProblemCode,
    detail: string,
    errors: readonly ProblemError[] = [],
    retryAfterSeconds?: number,
  ) {
    super(detail);
    this.code = code;
    this.errors = errors;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get status(): number {
    return problems[this.code].status;
  }

  body(instance: string, requestId: string): object {
    return {
      type: `/problems/${this.code}`,
      title: problems[this.code].title,
      status: this.status,
      code: this.code,
      detail: this.message,
      instance,
      requestId,
      ...(this.errors.length > 0 && { errors: this.errors }),
    };
  }
}
