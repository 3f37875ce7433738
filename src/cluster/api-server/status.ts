import type { Json } from '../json.ts';
import type { AllocationFailure, Kind } from '../kinds/kind.ts';
import type { FieldError } from './field-error.ts';
import type { ApiResponse, Status, StatusCause } from './request.ts';

/**
 * Ends a request: the API server refuses it with this Status. An answer like any other and caught
 * where it is given, so it carries no stack: an answer 404 goes before most creations.
 */
export class ApiError {
  readonly status: Status;

  constructor(status: Status) {
    this.status = status;
  }

  response(warnings: readonly string[] = []): ApiResponse {
    return { code: this.status.code ?? 500, body: this.status, warnings };
  }
}

type Details = NonNullable<Status['details']>;
type Named = Pick<Kind, 'group' | 'kind' | 'resource'>;

function failure(code: number, reason: string, message: string, details?: Details): ApiError {
  return new ApiError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    ...(reason !== '' && { reason }),
    ...(details && { details }),
    code,
  });
}

const groupOf = (kind: Pick<Kind, 'group'>): { group?: string } =>
  kind.group === '' ? {} : { group: kind.group };

const resourceDetails = (kind: Named, name: string): Details => ({
  ...(name !== '' && { name }),
  ...groupOf(kind),
  kind: kind.resource,
});

const qualified = (name: string, group: string): string =>
  group === '' ? name : `${name}.${group}`;

export const badRequest = (message: string): ApiError => failure(400, 'BadRequest', message);

/** `services "web" not found`. */
export const notFound = (kind: Named, name: string): ApiError =>
  failure(
    404,
    'NotFound',
    `${qualified(kind.resource, kind.group)} "${name}" not found`,
    resourceDetails(kind, name),
  );

/** The path names no resource that is served. */
export const noSuchResource = (): ApiError =>
  failure(404, 'NotFound', 'the server could not find the requested resource', {});

export const methodNotAllowed = (): ApiError =>
  failure(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  );

export const alreadyExists = (kind: Named, name: string): ApiError =>
  failure(
    409,
    'AlreadyExists',
    `${qualified(kind.resource, kind.group)} "${name}" already exists`,
    resourceDetails(kind, name),
  );

export const conflict = (kind: Named, name: string, why: string): ApiError =>
  failure(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(kind.resource, kind.group)} "${name}": ${why}`,
    resourceDetails(kind, name),
  );

/** Server-side apply states fields that belong to other managers. */
export const applyConflict = (
  message: string,
  causes: readonly (StatusCause & { [key: string]: Json })[],
): ApiError => failure(409, 'Conflict', message, { causes });

export const forbiddenRequest = (kind: Named, name: string, why: string): ApiError =>
  failure(
    403,
    'Forbidden',
    `${qualified(kind.resource, kind.group)} "${name}" is forbidden: ${why}`,
    resourceDetails(kind, name),
  );

/** Forbidden, with a cause that says which rule forbids it. */
export function forbiddenBecause(
  kind: Named,
  name: string,
  why: string,
  cause: StatusCause & { [key: string]: Json },
): ApiError {
  const { status } = forbiddenRequest(kind, name, why);
  return new ApiError({ ...status, details: { ...status.details, causes: [cause] } });
}

export const unsupportedMediaType = (): ApiError =>
  failure(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});

/** A patch that cannot be applied: the server says no more than this to clients. */
export const unprocessable = (): ApiError =>
  failure(422, 'Invalid', 'the server rejected our request due to an error in our request', {});

const internalError = (message: string): ApiError =>
  failure(500, 'InternalError', `Internal error occurred: ${message}`, {
    causes: [{ message }],
  });

/** An error that upstream passes on as it is: no reason, no details. */
export const plainError = (message: string): ApiError => failure(500, '', message);

/** What could not be handed out, in the form that each failure takes. */
export function refusedAllocation(kind: Named, name: string, failure: AllocationFailure): ApiError {
  if ('internal' in failure) return internalError(failure.internal);
  if ('plain' in failure) return plainError(failure.plain);
  return invalidObject(kind, name, failure.errors);
}

/** 422: every field error is a cause, and the message lists them once each. */
export function invalidObject(
  kind: Pick<Kind, 'group' | 'kind'>,
  name: string,
  errors: readonly FieldError[],
): ApiError {
  const causes = errors.map(
    ({ reason, message, field }): StatusCause & { [key: string]: Json } => ({
      reason,
      message,
      field,
    }),
  );
  return failure(
    422,
    'Invalid',
    `${qualified(kind.kind, kind.group)} "${name}" is invalid: ${aggregate(errors)}`,
    {
      ...(name !== '' && { name }),
      ...groupOf(kind),
      ...(kind.kind !== '' && { kind: kind.kind }),
      causes,
    },
  );
}

/** One error as it is, several in brackets, repeated ones once (apimachinery util/errors). */
function aggregate(errors: readonly FieldError[]): string {
  const texts = [...new Set(errors.map(({ field, message }) => `${field}: ${message}`))];
  return texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
}
