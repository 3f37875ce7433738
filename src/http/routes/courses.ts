import { z } from 'zod';
import { actorOf } from '../auth.ts';
import { create, idempotencyHeaders } from '../idempotency.ts';
import type { App, HttpParts } from '../parts.ts';
import { entityTag, ifMatch, revisionOf } from '../revision.ts';
import { bodyRefusals, id, pageOf, pageQuery, refusals } from '../schemas/common.ts';
import { courseChange, courseCopy, courseCopyBody } from '../schemas/courses.ts';
import { course, courseBody, enrolment, enrolmentBody } from '../schemas/gradebook.ts';
import { enrolmentFilter } from '../schemas/roster.ts';
import { sendView } from '../send.ts';
import { ownPage, pageAsk } from './page.ts';

export function courseRoutes(app: App, { gradebook }: HttpParts): void {
  app.post(
    '/courses',
    {
      config: { action: 'course:create' },
      schema: {
        tags: ['Courses'],
        summary: 'Make a course',
        headers: idempotencyHeaders,
        body: courseBody,
        response: { 201: course, ...bodyRefusals(403, 409) },
      },
    },
    (request, reply) =>
      create({
        request,
        reply,
        gradebook,
        location: (made) => `/v1/courses/${made}`,
        view: (made) => made,
        work: (receipt) => gradebook.createCourse(actorOf(request), request.body, receipt),
      }),
  );

  app.get(
    '/courses',
    {
      config: { action: 'any-token' },
      schema: {
        tags: ['Courses'],
        summary: 'List the courses this token reaches',
        querystring: pageQuery,
        response: { 200: pageOf(course), ...refusals(403, 422) },
      },
    },
    (request) => gradebook.courses(actorOf(request), pageAsk(request.query)).then(ownPage),
  );

  app.get(
    '/courses/:course',
    {
      config: { action: 'course:read' },
      schema: {
        tags: ['Courses'],
        summary: 'Read a course',
        params: z.object({ course: id }),
        response: { 200: course, ...refusals(404) },
      },
    },
    async (request, reply) => {
      const found = await gradebook.course(actorOf(request), request.params.course);
      reply.header('ETag', entityTag(found.revision));
      return sendView(reply, found);
    },
  );

  app.patch(
    '/courses/:course',
    {
      config: { action: 'course:update' },
      schema: {
        tags: ['Courses'],
        summary: 'Change, archive or restore a course',
        description: 'Send the ETag in If-Match, and a change made meanwhile is not overwritten.',
        params: z.object({ course: id }),
        headers: ifMatch,
        body: courseChange,
        response: { 200: course, ...bodyRefusals(403, 404, 409, 412) },
      },
    },
    async (request, reply) => {
      const { course: name } = request.params;
      const revision = revisionOf(request);
      const after = await gradebook.updateCourse(actorOf(request), name, request.body, revision);
      reply.header('ETag', entityTag(after.revision));
      return sendView(reply, after);
    },
  );

  app.post(
    '/courses/:course/copy',
    {
      config: { action: 'course:copy' },
      schema: {
        tags: ['Courses'],
        summary: 'Make a new course of this one, without its people',
        description:
          'Assignments with their exercise versions, policies and prerequisites, all dates moved by `shiftDays`. What was released by hand is withheld again. Nobody is enrolled, nothing handed in is taken along.',
        params: z.object({ course: id }),
        headers: idempotencyHeaders,
        body: courseCopyBody,
        response: { 201: courseCopy, ...bodyRefusals(403, 404) },
      },
    },
    (request, reply) =>
      create({
        request,
        reply,
        gradebook,
        view: (made) => made,
        work: (receipt) =>
          gradebook.copyCourse(actorOf(request), request.params.course, request.body, receipt),
      }),
  );

  app.post(
    '/courses/:course/enrolments',
    {
      config: { action: 'enrolment:create' },
      schema: {
        tags: ['Enrolments'],
        summary: 'Enrol a person',
        params: z.object({ course: id }),
        headers: idempotencyHeaders,
        body: enrolmentBody,
        response: { 201: enrolment, ...bodyRefusals(403, 404, 409) },
      },
    },
    (request, reply) =>
      create({
        request,
        reply,
        gradebook,
        location: (made) => `/v1/courses/${request.params.course}/enrolments/${made}`,
        view: (made) => made,
        work: (receipt) =>
          gradebook.createEnrolment(actorOf(request), request.params.course, request.body, receipt),
      }),
  );

  app.get(
    '/courses/:course/enrolments',
    {
      config: { action: 'enrolment:list' },
      schema: {
        tags: ['Enrolments'],
        summary: 'List the people of a course',
        params: z.object({ course: id }),
        querystring: pageQuery.extend(enrolmentFilter),
        response: { 200: pageOf(enrolment), ...refusals(403, 404, 422) },
      },
    },
    async (request) => {
      const { externalId, role, section, active, ...page } = request.query;
      const flag = active === undefined ? undefined : active === 'true';
      const filter = { externalId, role, sectionId: section, active: flag };
      const actor = actorOf(request);
      const { course } = request.params;
      return ownPage(await gradebook.findEnrolments(actor, course, filter, pageAsk(page)));
    },
  );

  app.get(
    '/courses/:course/enrolments/:enrolment',
    {
      config: { action: 'enrolment:read' },
      schema: {
        tags: ['Enrolments'],
        summary: 'Read one enrolment',
        params: z.object({ course: id, enrolment: id }),
        response: { 200: enrolment, ...refusals(403, 404) },
      },
    },
    async (request, reply) => {
      const { course, enrolment: name } = request.params;
      const found = await gradebook.enrolment(actorOf(request), course, name);
      reply.header('ETag', entityTag(found.revision));
      return sendView(reply, found);
    },
  );
}
