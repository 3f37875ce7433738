import { z } from 'zod';
import { actorOf } from '../auth.ts';
import type { App, HttpParts } from '../parts.ts';
import { bodyRefusals, id, pageOf, pageQuery, refusals } from '../schemas/common.ts';
import { claimBody, markingClaim, markingItem } from '../schemas/marking.ts';
import { sendView } from '../send.ts';
import { pageAsk } from './page.ts';

const inCourse = z.object({ course: id });

export function markingRoutes(app: App, { gradebook }: HttpParts): void {
  const tags = ['Marking'];

  app.get(
    '/courses/:course/marking',
    {
      config: { action: 'marking:read' },
      schema: {
        tags,
        summary: 'What awaits a person’s marks, oldest first',
        description: 'A page may hold fewer than it asked for: go on while there is `next`.',
        params: inCourse,
        querystring: pageQuery.extend({ assignment: id.optional() }),
        response: { 200: pageOf(markingItem), ...refusals(403, 404) },
      },
    },
    async (request, reply) => {
      const { assignment, ...page } = request.query;
      const ask = { ...pageAsk(page), assignmentId: assignment };
      const found = await gradebook.markingQueue(actorOf(request), request.params.course, ask);
      return sendView(reply, found);
    },
  );

  app.put(
    '/courses/:course/marking/claims',
    {
      config: { action: 'marking:claim' },
      schema: {
        tags,
        summary: 'Claim something to mark, so that nobody else does it meanwhile',
        description: 'Runs out by itself after half an hour; asking again makes it last.',
        params: inCourse,
        body: claimBody,
        response: { 200: markingClaim, ...bodyRefusals(403, 404, 409) },
      },
    },
    async (request, reply) => {
      const { course } = request.params;
      return sendView(reply, await gradebook.claimMarking(actorOf(request), course, request.body));
    },
  );

  app.delete(
    '/courses/:course/marking/claims',
    {
      config: { action: 'marking:claim' },
      schema: {
        tags,
        summary: 'Give a claim back',
        params: inCourse,
        querystring: z.object(claimBody.shape),
        response: { 204: z.null().describe('Given back.'), ...refusals(403, 404, 409) },
      },
    },
    async (request, reply) => {
      const { course } = request.params;
      await gradebook.releaseMarking(actorOf(request), course, request.query);
      return reply.code(204).send(null);
    },
  );
}
