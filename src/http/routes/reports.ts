import { z } from 'zod';
import { actorOf } from '../auth.ts';
import { create, idempotencyHeaders } from '../idempotency.ts';
import type { App, HttpParts } from '../parts.ts';
import { bodyRefusals, id, refusals } from '../schemas/common.ts';
import { markBody, partGrade, progress } from '../schemas/gradebook.ts';
import { sendView } from '../send.ts';

const inCourse = z.object({ course: id });

export function reportRoutes(app: App, parts: HttpParts): void {
  progressRoutes(app, parts);
  staffRoutes(app, parts);
}

function progressRoutes(app: App, { gradebook }: HttpParts): void {
  const response = { 200: progress, ...refusals(403, 404) };
  const tags = ['Progress'];

  app.get(
    '/courses/:course/progress',
    {
      config: { action: 'progress:read' },
      schema: { tags, summary: 'My own progress', params: inCourse, response },
    },
    async (request, reply) => {
      const mine = await gradebook.progress(actorOf(request), request.params.course);
      return sendView(reply, mine);
    },
  );

  app.get(
    '/courses/:course/learners/:learner/progress',
    {
      config: { action: 'progress:read' },
      schema: {
        tags,
        summary: 'The progress of a learner',
        params: z.object({ course: id, learner: id }),
        response,
      },
    },
    async (request, reply) => {
      const { course, learner } = request.params;
      const theirs = await gradebook.progress(actorOf(request), course, learner);
      return sendView(reply, theirs);
    },
  );
}

function staffRoutes(app: App, { gradebook }: HttpParts): void {
  app.post(
    '/courses/:course/assignments/:assignment/marks',
    {
      config: { action: 'mark:give' },
      schema: {
        tags: ['Gradebook'],
        summary: "Give a person's points and comment for a part",
        description: 'They win over the automatic points, and stay when other answers follow.',
        params: z.object({ course: id, assignment: id }),
        headers: idempotencyHeaders,
        body: markBody,
        response: { 201: partGrade, ...bodyRefusals(403, 404, 409) },
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
          gradebook.mark(actorOf(request), course, assignment, request.body, receipt),
      });
    },
  );
}
