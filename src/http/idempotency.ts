import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Gradebook, Receipt } from '../gradebook/index.ts';
import { actorOf, digestOf } from './auth.ts';
import { type Sendable, sendText } from './send.ts';

/** The header that makes a creating request safe to repeat (draft-ietf-httpapi-idempotency-key). */
export const idempotencyHeaders = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(255)
    .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without blanks')
    .optional()
    .describe('Makes the request safe to repeat: the same key and body give the same answer.'),
});

export interface Created<T extends object> {
  readonly request: Pick<FastifyRequest, 'actor' | 'headers' | 'method' | 'url' | 'body'>;
  readonly reply: Sendable;
  readonly gradebook: Gradebook;
  readonly status?: number;
  /** Where what was made can be read, by its id. */
  location?(id: string): string;
  /** The JSON of the answer. */
  view(result: T): object;
  work(receipt: Receipt<T> | undefined): Promise<T>;
}

/** Views put the id first, so that a kept answer tells it without being parsed. */
const madeId = /^\{"id":"([\w-]+)"/;

/** Does a creating request once per Idempotency-Key and answers with what it made. */
export async function create<T extends object>(creation: Created<T>): Promise<never> {
  const { request, reply, gradebook, view, work, location, status = 201 } = creation;
  let fresh = false;
  const render = (result: T) => {
    fresh = true;
    return { status, body: JSON.stringify(view(result)) };
  };
  const answer = await gradebook.idempotent(actorOf(request), keyOf(request), render, work);
  if (!fresh) reply.header('Idempotent-Replayed' as never, 'true' as never);
  const id = madeId.exec(answer.body)?.[1];
  if (location && id !== undefined) reply.header('Location' as never, location(id) as never);
  reply.code(answer.status as never);
  return sendText(reply, answer.body);
}

function keyOf(request: Created<object>['request']) {
  const key = request.headers['idempotency-key'];
  return {
    key: typeof key === 'string' ? key : undefined,
    route: `${request.method} ${request.url}`,
    digest: typeof key === 'string' ? digestOf(request.body) : '',
  };
}
