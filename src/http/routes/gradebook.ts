import { z } from 'zod';
import type { ReportAsk } from '../../gradebook/index.ts';
import { prefersCsv } from '../accept.ts';
import { actorOf } from '../auth.ts';
import type { App, HttpParts } from '../parts.ts';
import { id, refusals } from '../schemas/common.ts';
import { gradebook as gradebookSchema } from '../schemas/gradebook.ts';
import {
  changesQuery,
  csvQuery,
  gradebookCsvQuery,
  gradeChanges,
  matrix,
} from '../schemas/reports.ts';
import type { Sendable } from '../send.ts';
import { sendReport } from '../send-report.ts';
import { pagePolicy } from '../views/html.ts';
import { learnerPage } from '../views/learner-page.ts';

const inCourse = z.object({ course: id });
const tags = ['Gradebook'];
const mediaTypes = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  html: 'text/html; charset=utf-8',
} as const;

type Asking = Parameters<typeof actorOf>[0] & Parameters<typeof sendReport>[0];

/** Reports of a course, made beside the live requests and sent while they are made. */
export function gradebookRoutes(app: App, parts: HttpParts): void {
  const send = reportSender(parts);
  tableRoutes(app, send);
  csvRoutes(app, send);
  pageRoutes(app, parts, send);
  changesRoute(app, send);
}

type Send = (
  request: Asking,
  reply: Sendable,
  ask: ReportAsk,
  type: keyof typeof mediaTypes,
) => Promise<never>;

export function reportSender({ gradebook, reports }: HttpParts): Send {
  return async (request, reply, ask, type) => {
    const question = await gradebook.reportQuestion(actorOf(request), ask);
    return sendReport(request, reply, await reports.ask(question), mediaTypes[type]);
  };
}

const eitherWay = (schema: z.ZodType) => ({
  200: {
    description: 'By the Accept header.',
    content: { 'application/json': { schema }, 'text/csv': { schema: z.string() } },
  },
  ...refusals(403, 404),
});

const csvAnswer = {
  200: { description: 'RFC 4180', content: { 'text/csv': { schema: z.string() } } },
  ...refusals(403, 404),
};

function tableRoutes(app: App, send: Send): void {
  app.get(
    '/courses/:course/gradebook',
    {
      config: { action: 'grades:read' },
      schema: {
        tags,
        summary: 'The grades of a course, as JSON or (Accept: text/csv) as CSV',
        params: inCourse,
        querystring: gradebookCsvQuery,
        response: eitherWay(gradebookSchema),
      },
    },
    (request, reply) => {
      const { course: courseId } = request.params;
      reply.header('Vary', 'Accept');
      return prefersCsv(request.headers.accept)
        ? send(request, reply, { report: 'gradebook-csv', courseId, ...request.query }, 'csv')
        : send(request, reply, { report: 'gradebook', courseId }, 'json');
    },
  );

  app.get(
    '/courses/:course/progress-matrix',
    {
      config: { action: 'grades:read' },
      schema: {
        tags,
        summary: 'Who is how far with which assignment, as JSON or (Accept: text/csv) as CSV',
        params: inCourse,
        querystring: csvQuery,
        response: eitherWay(matrix),
      },
    },
    (request, reply) => {
      const { course: courseId } = request.params;
      reply.header('Vary', 'Accept');
      return prefersCsv(request.headers.accept)
        ? send(request, reply, { report: 'matrix-csv', courseId, ...request.query }, 'csv')
        : send(request, reply, { report: 'matrix', courseId }, 'json');
    },
  );
}

function csvRoutes(app: App, send: Send): void {
  app.get(
    '/courses/:course/gradebook.csv',
    {
      config: { action: 'grades:read' },
      schema: {
        tags,
        summary: 'The grades of a course as CSV, also as Canvas and Moodle import them',
        params: inCourse,
        querystring: gradebookCsvQuery,
        response: csvAnswer,
      },
    },
    (request, reply) => {
      const { course: courseId } = request.params;
      reply.header('Content-Disposition', 'attachment; filename="gradebook.csv"');
      return send(request, reply, { report: 'gradebook-csv', courseId, ...request.query }, 'csv');
    },
  );

  app.get(
    '/courses/:course/submissions.csv',
    {
      config: { action: 'analytics:read' },
      schema: {
        tags,
        summary: 'Every submission of a course as a line of CSV, without the answers',
        params: inCourse,
        querystring: csvQuery,
        response: csvAnswer,
      },
    },
    (request, reply) => {
      const { course: courseId } = request.params;
      reply.header('Content-Disposition', 'attachment; filename="submissions.csv"');
      return send(request, reply, { report: 'submissions-csv', courseId, ...request.query }, 'csv');
    },
  );
}

const htmlAnswer = {
  200: { description: 'A page without scripts', content: { 'text/html': { schema: z.string() } } },
  ...refusals(403, 404),
};

function pageRoutes(app: App, { gradebook }: HttpParts, send: Send): void {
  app.get(
    '/courses/:course/report.html',
    {
      config: { action: 'grades:read' },
      schema: {
        tags,
        summary: "A course's report to read and to print",
        params: inCourse,
        response: htmlAnswer,
      },
    },
    (request, reply) => {
      reply.header('Content-Security-Policy', pagePolicy);
      return send(request, reply, { report: 'page', courseId: request.params.course }, 'html');
    },
  );

  app.get(
    '/courses/:course/learners/:learner/report.html',
    {
      config: { action: 'progress:read' },
      schema: {
        tags: ['Progress'],
        summary: "One learner's sheet to read and to print",
        params: z.object({ course: id, learner: id }),
        response: htmlAnswer,
      },
    },
    async (request, reply) => {
      const { course: courseId, learner } = request.params;
      const actor = actorOf(request);
      const progress = await gradebook.progress(actor, courseId, learner);
      const course = await gradebook.course(actor, courseId);
      return reply
        .header('Content-Security-Policy', pagePolicy)
        .type(mediaTypes.html)
        .send(learnerPage(course, progress));
    },
  );
}

function changesRoute(app: App, send: Send): void {
  app.get(
    '/courses/:course/grades/changes',
    {
      config: { action: 'grades:read' },
      schema: {
        tags,
        summary: 'The grades that changed since a cursor, for keeping another system up to date',
        description:
          'Each as it is now, in the order of changes. Keep `next` and ask with it again; a change is told at least once, whatever is written meanwhile, and what is withheld is told when it is released.',
        params: inCourse,
        querystring: changesQuery,
        response: { 200: gradeChanges, ...refusals(403, 404) },
      },
    },
    (request, reply) => {
      const { cursor, limit } = request.query;
      const { course: courseId } = request.params;
      const from = cursor === undefined ? {} : { cursor };
      return send(request, reply, { report: 'changes', courseId, limit, ...from }, 'json');
    },
  );
}
