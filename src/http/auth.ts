import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor, Gradebook } from '../gradebook/index.ts';
import { Guesses } from './guesses.ts';
import { Problem } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; undefined until a valid token was seen. */
    actor: Actor | undefined;
  }
}

const bearer = /^Bearer +([\x21-\x7e]{1,512})$/i;

/**
 * Looks the token up on every request, and refuses nobody yet but who guesses: see `requireActor`.
 */
export function registerAuthentication(app: FastifyInstance, gradebook: Gradebook): void {
  const guesses = new Guesses(() => performance.now());
  app.decorateRequest('actor', undefined);
  app.addHook('onRequest', async (request) => {
    const secret = bearer.exec(request.headers.authorization ?? '')?.[1];
    if (secret === undefined) return;
    const wait = guesses.waitOf(request.ip, secret);
    if (wait > 0) {
      const detail = 'Too many unknown tokens came from this address.';
      throw new Problem('too-many-requests', detail, [], wait);
    }
    const actor = await gradebook.authenticate(secret);
    if (actor === undefined) return guesses.wrong(request.ip);
    guesses.right(secret);
    request.actor = { ...actor, requestId: request.id };
  });
}

/** Refuses requests without a valid token, before their body is read. */
export async function requireActor(request: FastifyRequest): Promise<void> {
  if (request.actor || request.routeOptions.config?.action === 'no-token') return;
  const detail = request.headers.authorization
    ? 'The token is unknown, expired or revoked.'
    : 'The Authorization header with a bearer token is missing.';
  throw new Problem('unauthenticated', detail);
}

/** The actor of a request that passed `requireActor`. */
export function actorOf(request: Pick<FastifyRequest, 'actor'>): Actor {
  if (!request.actor) throw new Problem('unauthenticated', 'A token is needed.');
  return request.actor;
}

/** One bucket for a token, and one for an address that has shown none that is valid. */
export function rateLimitKey(request: FastifyRequest): string {
  return request.actor?.tokenId ?? request.ip;
}

/** SHA-256 of a request's body as it was parsed; what an Idempotency-Key stands for. */
export function digestOf(body: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(body) ?? '')
    .digest('base64url');
}
