import { z } from 'zod';
import type { CourseGrades } from '../../gradebook/index.ts';
import { actorOf } from '../auth.ts';
import { create, idempotencyHeaders } from '../idempotency.ts';
import type { App, HttpParts } from '../parts.ts';
import { bodyRefusals, id, refusals } from '../schemas/common.ts';
import {
  gradebook as gradebookSchema,
  markBody,
  partGrade,
  progress,
} from '../schemas/gradebook.ts';
import { sendView } from '../send.ts';
import { gradebookCsv } from '../views/gradebook-csv.ts';

const inCourse = z.object({ course: id });
const csvType = 'text/csv; charset=utf-8; header=present';

export function reportRoutes(app: App, parts: HttpParts): void {
  progressRoutes(app, parts);
  gradebookRoutes(app, parts);
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

function gradebookRoutes(app: App, { gradebook }: HttpParts): void {
  const tags = ['Gradebook'];

  app.get(
    '/courses/:course/gradebook',
    {
      config: { action: 'grades:read' },
      schema: {
        tags,
        summary: 'The grades of a course, as JSON or (Accept: text/csv) as CSV',
        params: inCourse,
        response: {
          200: {
            description: 'By the Accept header.',
            content: {
              'application/json': { schema: gradebookSchema },
              'text/csv': { schema: z.string() },
            },
          },
          ...refusals(403, 404),
        },
      },
    },
    async (request, reply) => {
      const grades = await gradebook.grades(actorOf(request), request.params.course);
      reply.header('Vary', 'Accept');
      if (prefersCsv(request.headers.accept)) {
        return reply.type(csvType).send(gradebookCsv(grades) as never);
      }
      return sendView(reply, gradebookView(grades));
    },
  );

  app.get(
    '/courses/:course/gradebook.csv',
    {
      config: { action: 'grades:read' },
      schema: {
        tags,
        summary: 'The grades of a course as CSV',
        params: inCourse,
        response: {
          200: { description: 'RFC 4180', content: { 'text/csv': { schema: z.string() } } },
          ...refusals(403, 404),
        },
      },
    },
    async (request, reply) => {
      const grades = await gradebook.grades(actorOf(request), request.params.course);
      return reply
        .type(csvType)
        .header('Content-Disposition', 'attachment; filename="gradebook.csv"')
        .send(gradebookCsv(grades));
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
        response: { 201: partGrade, ...bodyRefusals(403, 404) },
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

/** Whether a client names text/csv, and ranks it above JSON where it names both. */
function prefersCsv(accept = ''): boolean {
  const csv = quality(accept, 'text/csv');
  return csv > 0 && csv >= quality(accept, 'application/json');
}

function quality(accept: string, type: string): number {
  const range = accept
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .find((each) => each.split(';', 1)[0]?.trim() === type);
  if (range === undefined) return 0;
  return Number(/;\s*q=([\d.]+)/.exec(range)?.[1] ?? 1);
}

function gradebookView({ course, assignments, rows, outOf }: CourseGrades) {
  return {
    course,
    assignments: assignments.map(({ id: name, title, points }) => ({ id: name, title, points })),
    learners: rows.map(({ learner, cells, score, outOf: ownOutOf }) => ({
      id: learner.id,
      externalId: learner.externalId,
      ...(learner.name !== undefined && { name: learner.name }),
      score,
      cells,
      outOf: ownOutOf,
    })),
    outOf,
  };
}
