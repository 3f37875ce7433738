import { Readable } from 'node:stream';
import type { ReportAnswer } from '../gradebook/index.ts';
import type { Sendable } from './send.ts';

interface Headed {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * Sends a report as it is made: nobody's memory holds all of it, and whoever reads slowly is waited
 * for. A report the client has already (RFC 9110, If-None-Match) is not made at all.
 */
export function sendReport(
  request: Headed,
  reply: Sendable,
  answer: ReportAnswer,
  mediaType: string,
): never {
  reply.type(mediaType);
  if (answer.etag !== undefined) reply.header('ETag' as never, answer.etag as never);
  if (answer.etag !== undefined && names(request.headers['if-none-match'], answer.etag)) {
    answer.cancel();
    reply.code(304 as never);
    reply.send(undefined as never);
    return reply as never;
  }
  reply.send(Readable.from(answer.chunks, { objectMode: false, highWaterMark: 1 }) as never);
  return reply as never;
}

/** Weak comparison: a compressed answer has a weak tag. */
function names(header: string | string[] | undefined, etag: string): boolean {
  const tags = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',');
  return tags
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === etag || tag === '*');
}
