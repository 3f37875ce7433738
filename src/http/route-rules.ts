import type { FastifyInstance } from 'fastify';
import { type Action, type Actor, authorise, Refusal, rights } from '../gradebook/index.ts';
import { actorOf } from './auth.ts';

/**
 * Who may use a route: whoever has the right to an action, in the course that the path names if it
 * names one; or anybody with a token, whose answer then holds only what is theirs; or anybody.
 */
export type RouteRule = Action | 'any-token' | 'no-token';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Every route under /v1 has one. */
    action?: RouteRule;
  }
}

/**
 * Asks the table of rights by the rule beside the route, before the body is looked at: whoever may
 * not do a thing is not told what the request for it would have to look like. The use cases ask
 * again, of whatever the request is about.
 */
export function registerRouteRules(app: FastifyInstance): void {
  app.addHook('preValidation', async (request) => {
    const rule = request.routeOptions.config?.action;
    if (rule === 'no-token') return;
    const actor = actorOf(request);
    if (rule === 'any-token') return;
    if (rule === undefined) throw new Refusal('forbidden', 'Nobody was given a right to this.');
    const { course } = request.params as { readonly course?: string };
    if (course === undefined) refuseWithout(actor, rule);
    else authorise(actor, rule, { courseId: course });
  });
}

/** Outside a course only the right itself can be asked for; its reach is the use case's matter. */
function refuseWithout({ role }: Actor, action: Action): void {
  if (rights[role][action] !== undefined) return;
  throw new Refusal('forbidden', `A token of the role ${role} may not do this.`);
}
