import { z } from 'zod';
import { actorOf } from '../auth.ts';
import { create, idempotencyHeaders } from '../idempotency.ts';
import type { App, HttpParts } from '../parts.ts';
import { bodyRefusals, id, pageOf, pageQuery, refusals } from '../schemas/common.ts';
import { course, courseBody, enrolment, enrolmentBody } from '../schemas/gradebook.ts';
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
    (request) => gradebook.course(actorOf(request), request.params.course),
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
        querystring: pageQuery,
        response: { 200: pageOf(enrolment), ...refusals(403, 404, 422) },
      },
    },
    (request) =>
      gradebook
        .enrolments(actorOf(request), request.params.course, pageAsk(request.query))
        .then(ownPage),
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
    (request) =>
      gradebook.enrolment(actorOf(request), request.params.course, request.params.enrolment),
  );
}
