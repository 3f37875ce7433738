import type { FastifyInstance, FastifyRequest } from 'fastify';
import { limits } from '../limits.ts';
import { Problem } from './problem.ts';
import { type EndTurn, type Party, TooBusy, Turns } from './turns.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The engine works for this route: requests take turns, fairly by course and learner. */
    takesTurns?: boolean;
  }
  interface FastifyRequest {
    endTurn: EndTurn | undefined;
  }
}

/**
 * Routes that make the engine work take turns. A turn ends when the answer is sent or the
 * connection is gone; who cannot be served in time gets 503 at once (RFC 9110, Retry-After).
 */
export function registerTurns(app: FastifyInstance): Turns {
  const turns = new Turns(limits.turns, () => performance.now());
  app.decorateRequest('endTurn', undefined);
  app.addHook('preHandler', async (request, reply) => {
    if (request.routeOptions.config.takesTurns !== true) return;
    try {
      request.endTurn = await turns.take(partyOf(request));
    } catch (error) {
      if (!(error instanceof TooBusy)) throw error;
      throw new Problem('overloaded', error.message, [], error.retryAfterSeconds);
    }
    if (reply.raw.closed) request.endTurn();
  });
  app.addHook('onResponse', async (request) => request.endTurn?.());
  app.addHook('onRequestAbort', async (request) => request.endTurn?.());
  return turns;
}

/** A learner's token stands for that learner; others name whom they ask for, or ask for themselves. */
function partyOf({ actor, params, body }: FastifyRequest): Party {
  const course = (params as { course?: string }).course ?? actor?.courseIds[0] ?? '';
  const named = (body as { learner?: { id?: unknown } } | undefined)?.learner?.id;
  const person = actor?.learnerId ?? (typeof named === 'string' ? named : actor?.tokenId);
  return { course, person: person ?? '' };
}
