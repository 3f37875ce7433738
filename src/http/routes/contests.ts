import { z } from 'zod';
import { actorOf } from '../auth.ts';
import { create, idempotencyHeaders } from '../idempotency.ts';
import type { App, HttpParts } from '../parts.ts';
import { entityTag, ifMatch, revisionOf } from '../revision.ts';
import { bodyRefusals, id, pageOf, refusals } from '../schemas/common.ts';
import {
  contest,
  contestBody,
  contestChange,
  contestQuery,
  replyBody,
} from '../schemas/contest.ts';
import { sendView } from '../send.ts';
import { pageAsk } from './page.ts';

const tags = ['Contests'];
const one = z.object({ course: id, contest: id });

export function contestRoutes(app: App, parts: HttpParts): void {
  talking(app, parts);
  reading(app, parts);
}

function talking(app: App, { gradebook }: HttpParts): void {
  app.post(
    '/courses/:course/assignments/:assignment/contests',
    {
      config: { action: 'contest:open' },
      schema: {
        tags,
        summary: 'Ask about a grade',
        description: 'A thread that learner and staff go on writing in, and that stays readable.',
        params: z.object({ course: id, assignment: id }),
        headers: idempotencyHeaders,
        body: contestBody,
        response: { 201: contest, ...bodyRefusals(403, 404, 409) },
      },
    },
    (request, reply) => {
      const { course, assignment } = request.params;
      return create({
        request,
        reply,
        gradebook,
        location: (made) => `/v1/courses/${course}/contests/${made}`,
        view: (made) => made,
        work: (receipt) =>
          gradebook.openContest(actorOf(request), course, assignment, request.body, receipt),
      });
    },
  );

  app.post(
    '/courses/:course/contests/:contest/messages',
    {
      config: { action: 'contest:reply' },
      schema: {
        tags,
        summary: 'Write in a thread; staff may close it with this',
        params: one,
        headers: idempotencyHeaders,
        body: replyBody,
        response: { 201: contest, ...bodyRefusals(403, 404, 409) },
      },
    },
    (request, reply) => {
      const { course, contest: name } = request.params;
      return create({
        request,
        reply,
        gradebook,
        view: (made) => made,
        work: (receipt) => gradebook.reply(actorOf(request), course, name, request.body, receipt),
      });
    },
  );
}

function reading(app: App, { gradebook }: HttpParts): void {
  app.get(
    '/courses/:course/contests',
    {
      config: { action: 'contest:read' },
      schema: {
        tags,
        summary: 'List the threads about grades, newest first',
        params: z.object({ course: id }),
        querystring: contestQuery,
        response: { 200: pageOf(contest), ...refusals(403, 404) },
      },
    },
    async (request, reply) => {
      const { learner, state, ...page } = request.query;
      const ask = { ...pageAsk(page), learnerId: learner, state };
      const found = await gradebook.contests(actorOf(request), request.params.course, ask);
      return sendView(reply, found);
    },
  );

  app.get(
    '/courses/:course/contests/:contest',
    {
      config: { action: 'contest:read' },
      schema: {
        tags,
        summary: 'Read a thread',
        params: one,
        response: { 200: contest, ...refusals(403, 404) },
      },
    },
    async (request, reply) => {
      const { course, contest: name } = request.params;
      const found = await gradebook.contest(actorOf(request), course, name);
      reply.header('ETag', entityTag(found.revision));
      return sendView(reply, found);
    },
  );

  app.patch(
    '/courses/:course/contests/:contest',
    {
      config: { action: 'contest:close' },
      schema: {
        tags,
        summary: 'Close a thread, or open it again',
        params: one,
        headers: ifMatch,
        body: contestChange,
        response: { 200: contest, ...bodyRefusals(403, 404, 409, 412) },
      },
    },
    async (request, reply) => {
      const { course, contest: name } = request.params;
      const { state } = request.body;
      const revision = revisionOf(request);
      const after = await gradebook.changeContest(actorOf(request), course, name, state, revision);
      reply.header('ETag', entityTag(after.revision));
      return sendView(reply, after);
    },
  );
}
