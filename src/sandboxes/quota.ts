import type { ApiRequest, ApiResponse } from '../cluster/api-server/request.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { refusal, tooManyRequests } from '../kubernetes-api/refusal.ts';
import type { Quota } from '../kubernetes-api/sandbox.ts';
import type { limits } from '../limits.ts';

export type SandboxLimits = { readonly [K in keyof typeof limits.sandbox]: number };

/** The quota of one sandbox, and what it is told of. */
export interface SandboxQuota extends Quota {
  readonly streams: number;
  /** So much JSON is kept of the sandbox now; bodies admitted since count no more. */
  keeps(bytes: number): void;
}

export interface QuotaParts {
  readonly limits: SandboxLimits;
  /** Objects that its world has. */
  readonly worldObjects: number;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
}

/**
 * Requests and work by token buckets (429, a real API server's priority and fairness), objects and
 * bytes as a ResourceQuota has them (403), streams by count (429).
 */
export function createQuota({ limits, worldObjects, now }: QuotaParts): SandboxQuota {
  const requests = bucket(limits.requestsPerSecond, limits.requestsAtOnce, now);
  const work = bucket(limits.workMsPerSecond, limits.workMsAtOnce, now);
  let streams = 0;
  let bytes = 0;
  return {
    get streams() {
      return streams;
    },
    keeps(kept) {
      bytes = kept;
    },
    admit() {
      const wait = Math.max(requests.waitFor(1), work.waitFor(1));
      if (wait > 0) return tooMany(Math.ceil(wait / 1000));
      requests.take(1);
      return undefined;
    },
    worked: (milliseconds) => work.take(milliseconds),
    admitWrite(cluster, request) {
      const refused = exceeded(cluster, request);
      if (!refused) bytes += sizeOf(request);
      return refused;
    },
    openStream() {
      if (streams >= limits.streams) return tooMany(1);
      streams += 1;
      return undefined;
    },
    closeStream() {
      streams -= 1;
    },
  };

  function exceeded({ store }: Cluster, request: ApiRequest): ApiResponse | undefined {
    const { method, patchType } = request;
    if (method === 'GET' || method === 'DELETE') return undefined;
    const most = worldObjects + limits.objects;
    const makes = method === 'POST' || patchType?.includes('apply') === true;
    if (makes && store.size() >= most) return overQuota(request, 'objects', store.size(), most);
    const wanted = bytes + sizeOf(request);
    if (wanted > limits.bytes) return overQuota(request, 'bytes', wanted, limits.bytes);
    return undefined;
  }
}

const sizeOf = ({ body, method }: ApiRequest): number =>
  method === 'DELETE' || body === undefined ? 0 : JSON.stringify(body).length;

const tooMany = (seconds: number): ApiResponse =>
  tooManyRequests(
    'the server has received too many requests and has asked us to try again later',
    Math.max(1, seconds),
  );

/** In the words of the admission of a ResourceQuota. */
function overQuota({ path }: ApiRequest, what: string, used: number, limited: number): ApiResponse {
  const [resource = '', ...names] = path
    .split('/')
    .slice(3)
    .filter((word) => word !== '');
  const about = names.at(-1) ?? resource;
  const quota = `exceeded quota: sandbox, used: ${what}=${used}, limited: ${what}=${limited}`;
  const message = `${about} is forbidden: ${quota}; delete something first`;
  return refusal(403, 'Forbidden', message, {});
}

interface Bucket {
  /** Milliseconds until so much may be taken; 0 for now. */
  waitFor(amount: number): number;
  /** May go below what is there: whoever comes next waits for it. */
  take(amount: number): void;
}

function bucket(perSecond: number, most: number, now: () => number): Bucket {
  let left = most;
  let since = now();
  const refill = () => {
    const time = now();
    left = Math.min(most, left + ((time - since) * perSecond) / 1000);
    since = time;
  };
  return {
    waitFor(amount) {
      refill();
      return left >= amount ? 0 : ((amount - left) * 1000) / perSecond;
    },
    take(amount) {
      refill();
      left -= amount;
    },
  };
}
