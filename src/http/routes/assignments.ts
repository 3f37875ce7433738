import { z } from 'zod';
import { actorOf } from '../auth.ts';
import { create, idempotencyHeaders } from '../idempotency.ts';
import type { App, HttpParts } from '../parts.ts';
import { entityTag, ifMatch, revisionOf } from '../revision.ts';
import {
  assignment,
  assignmentBody,
  assignmentChange,
  releaseBody,
} from '../schemas/assignment.ts';
import { bodyRefusals, id, refusals } from '../schemas/common.ts';
import { sendView } from '../send.ts';

const inCourse = z.object({ course: id });
const one = z.object({ course: id, assignment: id });

export function assignmentRoutes(app: App, { gradebook }: HttpParts): void {
  app.post(
    '/courses/:course/assignments',
    {
      config: { action: 'assignment:create' },
      schema: {
        tags: ['Assignments'],
        summary: 'Assign an exercise',
        params: inCourse,
        headers: idempotencyHeaders,
        body: assignmentBody,
        response: { 201: assignment, ...bodyRefusals(403, 404, 409) },
      },
    },
    (request, reply) =>
      create({
        request,
        reply,
        gradebook,
        location: (made) => `/v1/courses/${request.params.course}/assignments/${made}`,
        view: (made) => made,
        work: (receipt) =>
          gradebook.createAssignment(
            actorOf(request),
            request.params.course,
            request.body,
            receipt,
          ),
      }),
  );

  app.get(
    '/courses/:course/assignments',
    {
      config: { action: 'assignment:read' },
      schema: {
        tags: ['Assignments'],
        summary: 'List the assignments of a course',
        params: inCourse,
        response: { 200: z.object({ items: z.array(assignment) }), ...refusals(403, 404) },
      },
    },
    async (request, reply) => {
      const items = await gradebook.assignments(actorOf(request), request.params.course);
      return sendView(reply, { items });
    },
  );

  app.get(
    '/courses/:course/assignments/:assignment',
    {
      config: { action: 'assignment:read' },
      schema: {
        tags: ['Assignments'],
        summary: 'Read an assignment',
        params: one,
        response: { 200: assignment, ...refusals(403, 404) },
      },
    },
    async (request, reply) => {
      const { course, assignment: name } = request.params;
      const found = await gradebook.assignment(actorOf(request), course, name);
      reply.header('ETag', entityTag(found.revision));
      return sendView(reply, found);
    },
  );

  app.patch(
    '/courses/:course/assignments/:assignment',
    {
      config: { action: 'assignment:update' },
      schema: {
        tags: ['Assignments'],
        summary: 'Change an assignment',
        description: 'Send the ETag in If-Match, and a change made meanwhile is not overwritten.',
        params: one,
        headers: ifMatch,
        body: assignmentChange,
        response: { 200: assignment, ...bodyRefusals(403, 404, 409, 412) },
      },
    },
    async (request, reply) => {
      const { course, assignment: name } = request.params;
      const revision = revisionOf(request);
      const actor = actorOf(request);
      const changed = await gradebook.updateAssignment(actor, course, name, request.body, revision);
      reply.header('ETag', entityTag(changed.revision));
      return sendView(reply, changed);
    },
  );

  app.post(
    '/courses/:course/assignments/:assignment/release',
    {
      config: { action: 'assignment:release' },
      schema: {
        tags: ['Assignments'],
        summary: 'Show learners their grades, explanations or both',
        description: 'What is shown already stays so; doing it twice changes nothing.',
        params: one,
        headers: ifMatch,
        body: releaseBody,
        response: { 200: assignment, ...bodyRefusals(403, 404, 409, 412) },
      },
    },
    async (request, reply) => {
      const { course, assignment: name } = request.params;
      const revision = revisionOf(request);
      const actor = actorOf(request);
      const after = await gradebook.releaseAssignment(actor, course, name, request.body, revision);
      reply.header('ETag', entityTag(after.revision));
      return sendView(reply, after);
    },
  );
}
