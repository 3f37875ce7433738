import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { IssuedLaunch, OpenedLaunch } from '../../gradebook/index.ts';
import { actorOf } from '../auth.ts';
import { create, idempotencyHeaders } from '../idempotency.ts';
import type { App, HttpParts } from '../parts.ts';
import { bodyRefusals, id } from '../schemas/common.ts';
import { launch, launchBody, openBody, openedLaunch } from '../schemas/launch.ts';
import { sendView } from '../send.ts';

const tags = ['Launches'];

/** Links by which an LMS sends its learners here. `publicUrl`: how these reach this server. */
export function launchRoutes(app: App, parts: HttpParts, publicUrl: string | undefined): void {
  makingRoute(app, parts, publicUrl);
  openingRoute(app, parts);
}

function makingRoute(app: App, { gradebook }: HttpParts, publicUrl: string | undefined): void {
  app.post(
    '/courses/:course/assignments/:assignment/launches',
    {
      config: { action: 'launch:create' },
      schema: {
        tags,
        summary: 'Make a link that lets one learner in, once, for a while',
        description:
          'Send the browser of a learner who is logged in at your side to "url", or open "code" ' +
          'yourself with POST /v1/launches/open. The learner is enrolled on first sight.',
        params: z.object({ course: id, assignment: id }),
        headers: idempotencyHeaders,
        body: launchBody,
        response: { 201: launch, ...bodyRefusals(403, 404, 409) },
      },
    },
    (request, reply) => {
      const { course, assignment } = request.params;
      const base = publicUrl ?? baseOf(request);
      return create({
        request,
        reply,
        gradebook,
        view: ({ launch: made, code }: IssuedLaunch) => ({
          ...made,
          ...(code && { code, url: `${base}/launch/${code}` }),
        }),
        work: (receipt) =>
          gradebook.createLaunch(actorOf(request), course, assignment, request.body, receipt),
      });
    },
  );
}

function openingRoute(app: App, { gradebook }: HttpParts): void {
  app.post(
    '/launches/open',
    {
      config: { action: 'no-token' },
      schema: {
        tags,
        summary: "Open a launch link: its code for a learner's token",
        description: 'Needs no token: the code is the secret. It works once.',
        security: [],
        body: openBody,
        response: { 201: openedLaunch, ...bodyRefusals(404) },
      },
    },
    async (request, reply) => {
      const opened = await gradebook.openLaunch(request.body.code, request.id);
      reply.code(201);
      return sendView(reply, openedView(opened));
    },
  );
}

const openedView = ({ launch: made, assignment, secret, expiresAt }: OpenedLaunch) => ({
  courseId: made.courseId,
  assignmentId: made.assignmentId,
  learnerId: made.learnerId,
  title: assignment.title,
  secret,
  expiresAt,
});

/** Where the request itself came to. */
export const baseOf = (request: Pick<FastifyRequest, 'protocol' | 'host'>): string =>
  `${request.protocol}://${request.host}`;
