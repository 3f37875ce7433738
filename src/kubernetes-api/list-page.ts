import type { ApiResponse } from '../cluster/api-server/request.ts';
import type { JsonObject } from '../cluster/json.ts';
import type { KubeObject } from '../cluster/objects.ts';
import { expired, refusal } from './refusal.ts';

/** Where a list in pages goes on: the resourceVersion it shows, and the last object it showed. */
interface Continuation {
  readonly rv: number;
  readonly start: string;
}

/** The `limit` of a list; 0 for none. */
export const limitOf = (query: URLSearchParams): number =>
  Math.max(0, Number(query.get('limit') ?? 0) || 0);

/** Reads a `continue` token; a refusal when nobody of us wrote it. */
export function readContinue(token: string): Continuation | ApiResponse {
  try {
    const read: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    const { v, rv, start } = read as Record<string, unknown>;
    if (v === tokenVersion && Number.isSafeInteger(rv) && typeof start === 'string') {
      return { rv: rv as number, start };
    }
  } catch {
    // Falls through: whatever it is, it is no token.
  }
  return refusal(400, 'BadRequest', 'continue key is not valid: not a token of this server');
}

export const isRefusal = (read: Continuation | ApiResponse): read is ApiResponse => 'code' in read;

/** 410 with which a client begins its list anew. */
export const continueExpired = (): ApiResponse =>
  expired(
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.',
  );

const tokenVersion = 'meta.k8s.io/v1';

const keyOf = ({ metadata }: KubeObject): string => `${metadata.namespace ?? ''}/${metadata.name}`;

export interface Page {
  readonly objects: readonly KubeObject[];
  /** Of the list's metadata. */
  readonly metadata: JsonObject;
}

/** The part of a sorted list behind `after` that one page holds. */
export function pageOf(
  objects: readonly KubeObject[],
  { limit, after, version, counts }: PageOptions,
): Page {
  const rest = after === undefined ? objects : objects.filter((each) => isBehind(each, after));
  if (limit === 0 || rest.length <= limit) {
    return { objects: rest, metadata: { resourceVersion: String(version) } };
  }
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const start = last ? keyOf(last) : '';
  const token = { v: tokenVersion, rv: version, start };
  return {
    objects: page,
    metadata: {
      resourceVersion: String(version),
      continue: Buffer.from(JSON.stringify(token)).toString('base64url'),
      ...(counts && { remainingItemCount: rest.length - limit }),
    },
  };
}

interface PageOptions {
  readonly limit: number;
  /** The key of the last object of the page before. */
  readonly after?: string;
  readonly version: number;
  /** Whether it is told how many are left: not where selectors choose. */
  readonly counts: boolean;
}

function isBehind(object: KubeObject, key: string): boolean {
  const slash = key.indexOf('/');
  const namespace = object.metadata.namespace ?? '';
  const after = key.slice(0, slash);
  return namespace === after ? object.metadata.name > key.slice(slash + 1) : namespace > after;
}
