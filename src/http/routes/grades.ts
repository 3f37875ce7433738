import { z } from 'zod';
import { actorOf } from '../auth.ts';
import { create, idempotencyHeaders } from '../idempotency.ts';
import type { App, HttpParts } from '../parts.ts';
import { bodyRefusals, id, refusals } from '../schemas/common.ts';
import { explainedGrade, started } from '../schemas/explanation.ts';
import { learner } from '../schemas/gradebook.ts';
import { sendView } from '../send.ts';
import { viewGrade } from '../views/explanation.ts';

export function gradeRoutes(app: App, { gradebook }: HttpParts): void {
  app.get(
    '/courses/:course/grades/:learner/:assignment',
    {
      config: { action: 'grade:explain' },
      schema: {
        tags: ['Progress'],
        summary: "One learner's grade in one assignment, and how it came about",
        description:
          'With `explain=true` each event that made the number follows, as data and in words. Learners may read their own, once it is released.',
        params: z.object({ course: id, learner: id, assignment: id }),
        querystring: z.object({ explain: z.enum(['true', 'false']).optional() }),
        response: { 200: explainedGrade, ...refusals(403, 404) },
      },
    },
    async (request, reply) => {
      const { course, learner: whose, assignment } = request.params;
      const found = await gradebook.explain(actorOf(request), course, whose, assignment);
      return sendView(reply, viewGrade(found, request.query.explain === 'true'));
    },
  );

  app.post(
    '/courses/:course/assignments/:assignment/start',
    {
      config: { action: 'assignment:start' },
      schema: {
        tags: ['Submissions'],
        summary: 'Begin a timed exam: from now on the time runs',
        description: 'Whoever began already gets that start again.',
        params: z.object({ course: id, assignment: id }),
        headers: idempotencyHeaders,
        body: z.strictObject({ learner: learner.optional() }),
        response: { 201: started, ...bodyRefusals(403, 404, 409) },
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
          gradebook.start(actorOf(request), course, assignment, request.body, receipt),
      });
    },
  );
}
