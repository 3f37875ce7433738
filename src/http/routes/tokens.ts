import { z } from 'zod';
import type { IssuedToken, Token } from '../../gradebook/index.ts';
import { actorOf } from '../auth.ts';
import { create, idempotencyHeaders } from '../idempotency.ts';
import type { App, HttpParts } from '../parts.ts';
import { bodyRefusals, id, pageOf, pageQuery, refusals } from '../schemas/common.ts';
import { issuedToken, token, tokenBody } from '../schemas/gradebook.ts';
import { ownPage, pageAsk } from './page.ts';

export function tokenRoutes(app: App, { gradebook }: HttpParts): void {
  app.post(
    '/tokens',
    {
      config: { action: 'token:create' },
      schema: {
        tags: ['Tokens'],
        summary: 'Make a token',
        description:
          'The secret is shown in this answer only. Repeated under its Idempotency-Key, the answer ' +
          'comes without it: revoke the token then, and make another.',
        headers: idempotencyHeaders,
        body: tokenBody,
        response: { 201: issuedToken, ...bodyRefusals(403, 404, 409) },
      },
    },
    (request, reply) =>
      create({
        request,
        reply,
        gradebook,
        view: ({ token: made, secret }: IssuedToken) => ({
          token: made,
          ...(secret && { secret }),
        }),
        work: (receipt) => gradebook.createToken(actorOf(request), request.body, receipt),
      }),
  );

  app.get(
    '/tokens',
    {
      config: { action: 'token:read' },
      schema: {
        tags: ['Tokens'],
        summary: 'List the tokens',
        querystring: pageQuery,
        response: { 200: pageOf(token), ...refusals(403, 422) },
      },
    },
    async (request) => {
      const page = await gradebook.tokens(actorOf(request), pageAsk(request.query));
      return ownPage({ ...page, items: page.items.map(ownLists) });
    },
  );

  app.delete(
    '/tokens/:token',
    {
      config: { action: 'token:revoke' },
      schema: {
        tags: ['Tokens'],
        summary: 'Revoke a token',
        params: z.object({ token: id }),
        response: { 200: token, ...refusals(403, 404) },
      },
    },
    async (request) =>
      ownLists(await gradebook.revokeToken(actorOf(request), request.params.token)),
  );
}

const ownLists = (found: Token) => ({ ...found, courseIds: [...found.courseIds] });
