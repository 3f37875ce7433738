import type { ApiResponse } from '../../cluster/api-server/request.ts';
import type { PodTarget } from '../pod-streams.ts';
import { refusal } from '../refusal.ts';

/** k/k pkg/apis/core/validation ValidatePodExecOptions; a stream that is named must be true. */
export function wrongOptions({ query }: PodTarget, what: string): ApiResponse | undefined {
  const asks = (name: string) => isOn(query, name);
  if (!['stdin', 'stdout', 'stderr'].some(asks)) {
    return refusal(400, 'BadRequest', 'you must specify at least 1 of stdin, stdout, stderr');
  }
  if (asks('tty') && asks('stderr')) {
    return refusal(400, 'BadRequest', 'tty and stderr cannot both be true');
  }
  if (what !== 'exec' || query.getAll('command').length > 0) return undefined;
  return refusal(400, 'BadRequest', 'you must specify at least 1 command for the container');
}

/** Go's conversion of a query value to a bool: given without a value it is true. */
export const isOn = (query: URLSearchParams, name: string): boolean =>
  query.has(name) && !['false', '0'].includes((query.get(name) ?? '').toLowerCase());
