import type { ApiResponse } from '../cluster/api-server/request.ts';
import type { JsonObject } from '../cluster/json.ts';

/** A Status by which the wire itself refuses, in the API server's form. */
export const refusal = (
  code: number,
  reason: string,
  message: string,
  details?: JsonObject,
): ApiResponse => ({
  code,
  body: {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    ...(reason !== '' && { reason }),
    ...(details && { details }),
    code,
  },
  warnings: [],
});

/** 429; kubectl waits that many seconds and asks again. */
export const tooManyRequests = (message: string, retryAfterSeconds: number): ApiResponse =>
  refusal(429, 'TooManyRequests', message, { retryAfterSeconds });

/** 401: a missing or wrong token, in the API server's words. */
export const unauthorized = (): ApiResponse => refusal(401, 'Unauthorized', 'Unauthorized');

/** A watch or a list that asks for what is forgotten by now. */
export const expired = (message: string): ApiResponse => refusal(410, 'Expired', message);

export const notAcceptable = (): ApiResponse =>
  refusal(
    406,
    'NotAcceptable',
    'only the following media types are accepted: application/json, application/yaml',
  );

/** Part of the API that a real server has and this cluster does not simulate. */
export const notSimulated = (what: string): ApiResponse =>
  refusal(405, 'MethodNotAllowed', `this cluster does not simulate ${what}`, {});

export const methodNotAllowed = (): ApiResponse =>
  refusal(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  );

/** The path names no resource that is served. */
export const noSuchResource = (): ApiResponse =>
  refusal(404, 'NotFound', 'the server could not find the requested resource', {});
