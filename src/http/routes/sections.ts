import { z } from 'zod';
import { actorOf } from '../auth.ts';
import { create, idempotencyHeaders } from '../idempotency.ts';
import type { App, HttpParts } from '../parts.ts';
import { bodyRefusals, id, refusals } from '../schemas/common.ts';
import { section, sectionBody, sectionChange, whyQuery } from '../schemas/courses.ts';
import { sendView } from '../send.ts';

const tags = ['Sections'];
const inCourse = z.object({ course: id });
const one = z.object({ course: id, section: id });

export function sectionRoutes(app: App, { gradebook }: HttpParts): void {
  app.post(
    '/courses/:course/sections',
    {
      config: { action: 'section:manage' },
      schema: {
        tags,
        summary: 'Make a section',
        params: inCourse,
        headers: idempotencyHeaders,
        body: sectionBody,
        response: { 201: section, ...bodyRefusals(403, 404, 409) },
      },
    },
    (request, reply) =>
      create({
        request,
        reply,
        gradebook,
        view: (made) => made,
        work: (receipt) =>
          gradebook.createSection(actorOf(request), request.params.course, request.body, receipt),
      }),
  );

  app.get(
    '/courses/:course/sections',
    {
      config: { action: 'section:read' },
      schema: {
        tags,
        summary: 'List the sections of a course, by name',
        params: inCourse,
        response: { 200: z.object({ items: z.array(section) }), ...refusals(403, 404) },
      },
    },
    async (request, reply) => {
      const items = await gradebook.sections(actorOf(request), request.params.course);
      return sendView(reply, { items });
    },
  );

  app.patch(
    '/courses/:course/sections/:section',
    {
      config: { action: 'section:manage' },
      schema: {
        tags,
        summary: 'Rename a section',
        params: one,
        body: sectionChange,
        response: { 200: section, ...bodyRefusals(403, 404, 409) },
      },
    },
    async (request, reply) => {
      const { course, section: name } = request.params;
      const actor = actorOf(request);
      return sendView(reply, await gradebook.renameSection(actor, course, name, request.body));
    },
  );

  app.delete(
    '/courses/:course/sections/:section',
    {
      config: { action: 'section:manage' },
      schema: {
        tags,
        summary: 'Remove an empty section',
        params: one,
        querystring: whyQuery,
        response: { 200: section, ...refusals(403, 404, 409) },
      },
    },
    async (request, reply) => {
      const { course, section: name } = request.params;
      const actor = actorOf(request);
      const { reason } = request.query;
      return sendView(reply, await gradebook.removeSection(actor, course, name, reason));
    },
  );
}
