import type { ApiResponse } from '../../cluster/api-server/request.ts';
import type { JsonObject } from '../../cluster/json.ts';
import { refusal } from '../refusal.ts';

/** The Status that ends a stream: how a process left (apimachinery remotecommand NonZeroExitCode). */
export function exitStatus(code: number): JsonObject {
  if (code === 0) return { metadata: {}, status: 'Success' };
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: exit status ${code}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
  };
}

export const internalError = (why: string): ApiResponse =>
  refusal(500, 'InternalError', `Internal error occurred: ${why}`);

/** What a kubelet says of a container that does not run. */
export const containerNotFound = (container: string): ApiResponse =>
  internalError(`unable to upgrade connection: container not found (${JSON.stringify(container)})`);
