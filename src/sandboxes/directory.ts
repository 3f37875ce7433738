import type { ApiResponse } from '../cluster/api-server/request.ts';
import { Refusal } from '../gradebook/index.ts';
import { refusal, unauthorized } from '../kubernetes-api/refusal.ts';
import type { SandboxDirectory } from '../kubernetes-api/sandbox.ts';
import type { LiveSandboxes } from './live.ts';
import type { SandboxStore } from './ports.ts';
import type { SandboxRecord } from './sandbox.ts';

/** What every secret of a kubeconfig begins with, so that it is known where it should not stand. */
export const secretPrefix = 'slk_';

const bearer = /^Bearer +([\x21-\x7e]{1,512})$/i;

export interface DirectoryParts {
  readonly store: SandboxStore;
  readonly live: LiveSandboxes;
  readonly hash: (secret: string) => string;
  readonly now: () => Date;
}

/**
 * Finds a sandbox by what a client shows: the secret itself as the capability in the path, or the
 * sandbox's id in the path and the secret as its bearer token.
 */
export function createDirectory(parts: DirectoryParts): SandboxDirectory {
  return {
    async open(capability, authorization) {
      const found = await findRecord(parts, capability, authorization);
      if ('code' in found) return { refusal: found };
      try {
        return { sandbox: await parts.live.open(found) };
      } catch (error) {
        if (error instanceof Refusal) return { refusal: toStatus(error) };
        throw error;
      }
    },
  };
}

async function findRecord(
  { store, hash, now }: DirectoryParts,
  capability: string,
  authorization: string | undefined,
): Promise<SandboxRecord | ApiResponse> {
  const inPath = capability.startsWith(secretPrefix);
  const secret = inPath ? capability : bearer.exec(authorization ?? '')?.[1];
  if (secret === undefined) return unauthorized();
  const record = await store.sandboxByKubeconfig(hash(secret));
  if (!record) return inPath ? nothing() : unauthorized();
  if (!inPath && record.id !== capability) return unauthorized();
  return record.expiresAt > now().toISOString() ? record : nothing();
}

const nothing = (): ApiResponse =>
  refusal(
    404,
    'NotFound',
    'there is no such sandbox: it is over, or its kubeconfig was revoked',
    {},
  );

function toStatus({ code, detail }: Refusal): ApiResponse {
  if (code === 'not-found') return nothing();
  return refusal(503, 'ServiceUnavailable', detail, { retryAfterSeconds: 2 });
}
