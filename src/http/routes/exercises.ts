import { z } from 'zod';
import { mayPreview } from '../../gradebook/index.ts';
import { actorOf } from '../auth.ts';
import { answerIn } from '../language.ts';
import type { App, HttpParts } from '../parts.ts';
import { Problem } from '../problem.ts';
import { bodyRefusals, id, refusals } from '../schemas/common.ts';
import { answerBody } from '../schemas/gradebook.ts';
import { verdict } from '../schemas/submission.ts';
import { sendView } from '../send.ts';
import { viewVerdict } from '../views/verdict.ts';

const summary = z
  .object({
    id: z.string(),
    version: z.number().int(),
    digest: z.string(),
    title: z.string(),
    summary: z.string(),
    objectives: z.array(z.string()),
    level: z.enum(['beginner', 'intermediate', 'advanced']),
    minutes: z.number(),
    platform: z.string(),
    points: z.number(),
  })
  .meta({ id: 'ExerciseSummary' });

const detail = z
  .looseObject({
    ...summary.shape,
    brief: z.string().describe('Markdown.'),
    parts: z.array(z.looseObject({ id: z.string(), kind: z.string(), title: z.string() })),
    explanation: z
      .string()
      .optional()
      .describe('Markdown; for learners after full marks in every part, or after the end.'),
    reasons: z
      .array(
        z.object({
          part: z.string(),
          question: z.string(),
          option: z.string(),
          right: z.boolean(),
          reason: z.string(),
        }),
      )
      .optional()
      .describe('Why each option of a choice is right or not: with the explanation.'),
  })
  .meta({ id: 'Exercise' });

export function exerciseRoutes(app: App, { exercises, gradebook }: HttpParts): void {
  app.get(
    '/exercises',
    {
      config: { action: 'any-token' },
      schema: {
        tags: ['Exercises'],
        summary: 'List the exercises',
        response: { 200: z.object({ items: z.array(summary) }), ...refusals() },
      },
    },
    async () => ({ items: [...exercises.list()].map((each) => summary.parse(each)) }),
  );

  app.get(
    '/exercises/:exercise',
    {
      config: { action: 'any-token' },
      schema: {
        tags: ['Exercises'],
        summary: 'Read an exercise as a learner sees it',
        params: z.object({ exercise: z.string().max(100) }),
        response: { 200: detail, ...refusals(404) },
      },
    },
    async (request) => {
      const found = exercises.view(
        request.params.exercise,
        'preview',
        mayPreview(actorOf(request)),
      );
      if (!found) throw new Problem('not-found', 'There is no such exercise.');
      return found as z.infer<typeof detail>;
    },
  );

  app.get(
    '/courses/:course/assignments/:assignment/exercise',
    {
      config: { action: 'assignment:read' },
      schema: {
        tags: ['Exercises'],
        summary: "Read an assignment's exercise in the learner's own variant",
        params: z.object({ course: id, assignment: id }),
        querystring: z.object({
          learner: id.optional().describe('For staff and LMS: whose variant; a preview if absent.'),
        }),
        response: { 200: detail, ...refusals(403, 404) },
      },
    },
    async (request) => {
      const { course, assignment } = request.params;
      const actor = actorOf(request);
      const drawn = await gradebook.variant(actor, course, assignment, request.query.learner);
      const found = exercises.view(drawn.exercise, drawn.seed, drawn.explained);
      if (!found) throw new Problem('not-found', 'The version that was assigned is not here.');
      return found as z.infer<typeof detail>;
    },
  );

  app.post(
    '/exercises/:exercise/preview',
    {
      config: { action: 'exercise:preview' },
      schema: {
        tags: ['Exercises'],
        summary: 'Judge an answer as a learner would have it judged; keeps nothing',
        description: 'For authors and instructors.',
        params: z.object({ exercise: z.string().max(100) }),
        body: answerBody.omit({ learner: true }),
        response: { 200: verdict, ...bodyRefusals(403, 404) },
      },
    },
    async (request, reply) => {
      const { exercise } = request.params;
      const judged = await gradebook.preview(actorOf(request), exercise, request.body);
      return sendView(reply, viewVerdict(judged, answerIn(request, reply)));
    },
  );
}
