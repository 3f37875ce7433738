import type { ApiResponse } from '../../cluster/api-server/request.ts';
import { refusal } from '../refusal.ts';
import { isOn } from './stream-options.ts';

/** What of a log is asked for: PodLogOptions of the core API. */
export interface LogOptions {
  readonly follow: boolean;
  readonly previous: boolean;
  readonly timestamps: boolean;
  /** The last lines only. */
  readonly tail?: number;
  readonly limitBytes?: number;
  /** Nothing printed before that moment, in milliseconds since 1970. */
  sinceMs(now: number): number;
}

/** Reads and checks the query (k/k pkg/apis/core/validation ValidatePodLogOptions). */
export function readLogOptions(
  pod: string,
  query: URLSearchParams,
): LogOptions | { readonly refusal: ApiResponse } {
  const tail = numberOf(query, 'tailLines');
  const limitBytes = numberOf(query, 'limitBytes');
  const since = numberOf(query, 'sinceSeconds');
  const moment = query.get('sinceTime');
  const unread = [tail, limitBytes, since].includes(Number.NaN);
  if (unread || (moment && Number.isNaN(Date.parse(moment)))) {
    const message = 'tailLines, limitBytes and sinceSeconds are integers, sinceTime is RFC 3339';
    return { refusal: refusal(400, 'BadRequest', message) };
  }
  const causes = [
    ...broken(tail, 0, 'tailLines', 'must be greater than or equal to 0'),
    ...broken(limitBytes, 1, 'limitBytes', 'must be greater than 0'),
    ...broken(since, 1, 'sinceSeconds', 'must be greater than 0'),
  ];
  if (moment && since !== undefined) {
    causes.push({
      reason: 'FieldValueForbidden',
      message: 'Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified',
      field: '',
    });
  }
  if (causes.length > 0) return { refusal: invalid(pod, causes) };
  return {
    follow: isOn(query, 'follow'),
    previous: isOn(query, 'previous'),
    timestamps: isOn(query, 'timestamps'),
    ...(tail !== undefined && { tail }),
    ...(limitBytes !== undefined && { limitBytes }),
    sinceMs: (now) => (moment ? Date.parse(moment) : since === undefined ? 0 : now - since * 1000),
  };
}

function numberOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  return /^[-+]?\d{1,18}$/.test(text) ? Number(text) : Number.NaN;
}

interface Cause {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}

function broken(value: number | undefined, least: number, field: string, rule: string): Cause[] {
  if (value === undefined || value >= least) return [];
  return [{ reason: 'FieldValueInvalid', message: `Invalid value: ${value}: ${rule}`, field }];
}

function invalid(name: string, causes: readonly Cause[]): ApiResponse {
  const told = causes.map(({ field, message }) => `${field || '<nil>'}: ${message}`);
  const text = told.length === 1 ? told[0] : `[${told.join(', ')}]`;
  const details = { name, kind: 'PodLogOptions', causes: causes.map((cause) => ({ ...cause })) };
  return refusal(422, 'Invalid', `PodLogOptions "${name}" is invalid: ${text}`, details);
}
