import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Problem } from './problem.ts';

/** The header that keeps a change made meanwhile from being overwritten (RFC 9110, If-Match). */
export const ifMatch = z.object({ 'if-match': z.string().max(100).optional() });

export const entityTag = (revision: number): string => `"${revision}"`;

/** The revision that a change was made from; undefined when the caller does not mind. */
export function revisionOf(request: Pick<FastifyRequest, 'headers'>): number | undefined {
  const tag = request.headers['if-match'];
  if (tag === undefined || tag === '*') return undefined;
  const revision = /^"(\d{1,15})"$/.exec(tag)?.[1];
  if (revision === undefined) {
    throw new Problem('stale', 'If-Match must be the ETag as you read it.');
  }
  return Number(revision);
}
