import { z } from 'zod';
import { actorOf } from '../auth.ts';
import { create, idempotencyHeaders } from '../idempotency.ts';
import type { App, HttpParts } from '../parts.ts';
import { bodyRefusals, id, pageOf, pageQuery, refusals } from '../schemas/common.ts';
import {
  extension,
  extensionBody,
  override,
  overrideBody,
  reasonQuery,
} from '../schemas/exceptions.ts';
import { sendView } from '../send.ts';
import { pageAsk } from './page.ts';

const inCourse = z.object({ course: id });

/** What is granted to and decided for single learners: extensions and overrides. */
export function exceptionRoutes(app: App, parts: HttpParts): void {
  extensionRoutes(app, parts);
  overrideRoutes(app, parts);
}

function extensionRoutes(app: App, { gradebook }: HttpParts): void {
  const tags = ['Extensions'];
  const given = z.object({ items: z.array(extension) });

  app.post(
    '/courses/:course/extensions',
    {
      config: { action: 'extension:grant' },
      schema: {
        tags,
        summary: 'Give learners or sections more time or attempts',
        description:
          'One extension for each learner and section in each assignment, all or none. The latest date of all that apply holds; a due date past the close moves the close along. Answers that were late by the old date are so no more.',
        params: inCourse,
        headers: idempotencyHeaders,
        body: extensionBody,
        response: { 201: given, ...bodyRefusals(403, 404, 409) },
      },
    },
    (request, reply) =>
      create({
        request,
        reply,
        gradebook,
        view: (items) => ({ items }),
        work: (receipt) =>
          gradebook.grantExtensions(actorOf(request), request.params.course, request.body, receipt),
      }),
  );

  app.get(
    '/courses/:course/extensions',
    {
      config: { action: 'extension:read' },
      schema: {
        tags,
        summary: 'List the extensions of a course, revoked ones too',
        params: inCourse,
        querystring: pageQuery,
        response: { 200: pageOf(extension), ...refusals(403, 404) },
      },
    },
    async (request, reply) => {
      const { course } = request.params;
      const page = pageAsk(request.query);
      return sendView(reply, await gradebook.extensions(actorOf(request), course, page));
    },
  );

  app.delete(
    '/courses/:course/extensions/:extension',
    {
      config: { action: 'extension:grant' },
      schema: {
        tags,
        summary: 'Revoke an extension',
        params: z.object({ course: id, extension: id }),
        querystring: reasonQuery,
        response: { 200: extension, ...refusals(403, 404, 409) },
      },
    },
    async (request, reply) => {
      const { course, extension: name } = request.params;
      const { reason } = request.query;
      const revoked = await gradebook.revokeExtension(actorOf(request), course, name, reason);
      return sendView(reply, revoked);
    },
  );
}

function overrideRoutes(app: App, { gradebook }: HttpParts): void {
  const tags = ['Overrides'];

  app.post(
    '/courses/:course/assignments/:assignment/overrides',
    {
      config: { action: 'override:give' },
      schema: {
        tags,
        summary: "Set a part's or an assignment's points, excuse it, or comment on it",
        description:
          'The newest override wins over attempts, marks and regrades, and stays until it is removed.',
        params: z.object({ course: id, assignment: id }),
        headers: idempotencyHeaders,
        body: overrideBody,
        response: { 201: override, ...bodyRefusals(403, 404, 409) },
      },
    },
    (request, reply) => {
      const { course, assignment } = request.params;
      return create({
        request,
        reply,
        gradebook,
        view: (made) => made,
        work: (receipt) =>
          gradebook.giveOverride(actorOf(request), course, assignment, request.body, receipt),
      });
    },
  );

  app.get(
    '/courses/:course/overrides',
    {
      config: { action: 'override:read' },
      schema: {
        tags,
        summary: 'List the overrides of a course, removed ones too',
        params: inCourse,
        querystring: pageQuery,
        response: { 200: pageOf(override), ...refusals(403, 404) },
      },
    },
    async (request, reply) => {
      const { course } = request.params;
      const page = pageAsk(request.query);
      return sendView(reply, await gradebook.overrides(actorOf(request), course, page));
    },
  );

  app.delete(
    '/courses/:course/overrides/:override',
    {
      config: { action: 'override:give' },
      schema: {
        tags,
        summary: 'Remove an override: what it stood in place of counts again',
        params: z.object({ course: id, override: id }),
        querystring: reasonQuery,
        response: { 200: override, ...refusals(403, 404, 409) },
      },
    },
    async (request, reply) => {
      const { course, override: name } = request.params;
      const { reason } = request.query;
      const removed = await gradebook.removeOverride(actorOf(request), course, name, reason);
      return sendView(reply, removed);
    },
  );
}
