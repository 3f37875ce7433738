import { Readable } from 'node:stream';
import { z } from 'zod';
import type { Actor, Gradebook, Receipt, RegradeView } from '../../gradebook/index.ts';
import { limits } from '../../limits.ts';
import { actorOf } from '../auth.ts';
import { csvRows, csvType, prefersCsv } from '../csv/csv.ts';
import { create, idempotencyHeaders } from '../idempotency.ts';
import type { App, HttpParts } from '../parts.ts';
import { bodyRefusals, id, pageOf, pageQuery, refusals } from '../schemas/common.ts';
import { applyBody, judgedBy, regrade, regradeBody, regradeChange } from '../schemas/regrade.ts';
import { sendView } from '../send.ts';
import { changeHeader, changeRow, changeView, regradeView } from '../views/regrade.ts';
import { pageAsk } from './page.ts';

const tags = ['Regrades'];
const inCourse = z.object({ course: id });
const ofRegrade = z.object({ course: id, regrade: id });

/** Stored answers judged anew: a dry run first, which counts once it is applied. */
export function regradeRoutes(app: App, parts: HttpParts): void {
  startRoute(app, parts);
  readRoutes(app, parts);
  changesRoute(app, parts);
  stepRoutes(app, parts);
}

function startRoute(app: App, { gradebook }: HttpParts): void {
  app.post(
    '/courses/:course/regrades',
    {
      config: { action: 'regrade:run' },
      schema: {
        tags,
        summary: 'Judge stored answers anew, as a dry run',
        description:
          'Nothing counts until it is applied. The work goes on beside live answers, behind them; read it again to see how far it is. Equal answers to the same variant are judged once.',
        params: inCourse,
        headers: idempotencyHeaders,
        body: regradeBody,
        response: { 202: regrade, ...bodyRefusals(403, 404, 409) },
      },
    },
    (request, reply) => {
      const { course } = request.params;
      const { scope = {}, ...rest } = request.body;
      return create({
        ...{ request, reply, gradebook, status: 202, view: regradeView },
        location: (made) => `/v1/courses/${course}/regrades/${made}`,
        work: (receipt: Receipt<RegradeView> | undefined) =>
          gradebook.startRegrade(actorOf(request), course, { scope, ...rest }, receipt),
      });
    },
  );
}

function readRoutes(app: App, { gradebook }: HttpParts): void {
  app.get(
    '/courses/:course/regrades',
    {
      config: { action: 'regrade:read' },
      schema: {
        tags,
        summary: 'List the regrades of a course, newest first',
        params: inCourse,
        querystring: pageQuery,
        response: { 200: pageOf(regrade), ...refusals(403, 404) },
      },
    },
    async (request, reply) => {
      const page = pageAsk(request.query);
      const found = await gradebook.regrades(actorOf(request), request.params.course, page);
      return sendView(reply, { ...found, items: found.items.map(regradeView) });
    },
  );

  app.get(
    '/courses/:course/regrades/:regrade',
    {
      config: { action: 'regrade:read' },
      schema: {
        tags,
        summary: 'A regrade: how far it is, what it found, whether it may still be applied',
        params: ofRegrade,
        response: { 200: regrade, ...refusals(403, 404) },
      },
    },
    async (request, reply) => {
      const { course, regrade: name } = request.params;
      return sendView(reply, regradeView(await gradebook.regrade(actorOf(request), course, name)));
    },
  );

  app.get(
    '/courses/:course/judged-by',
    {
      config: { action: 'regrade:read' },
      schema: {
        tags,
        summary: 'Which versions of engine and exercise judged the attempts of a course',
        description:
          'What is not `current` was judged by another version than would judge it now: a dry run shows what that means.',
        params: inCourse,
        response: { 200: judgedBy, ...refusals(403, 404) },
      },
    },
    async (request, reply) => {
      return sendView(reply, await gradebook.judgedBy(actorOf(request), request.params.course));
    },
  );
}

function changesRoute(app: App, { gradebook }: HttpParts): void {
  app.get(
    '/courses/:course/regrades/:regrade/changes',
    {
      config: { action: 'regrade:read' },
      schema: {
        tags,
        summary: 'Whose grade becomes what, and by which checks',
        description: 'As CSV (Accept: text/csv) it is all of them, and `limit` is not looked at.',
        params: ofRegrade,
        querystring: pageQuery.extend({
          all: z
            .enum(['true', 'false'])
            .optional()
            .describe('`true`: those too whose grade stays as it is.'),
        }),
        response: {
          200: {
            description: 'By the Accept header.',
            content: {
              'application/json': { schema: pageOf(regradeChange) },
              'text/csv': { schema: z.string() },
            },
          },
          ...refusals(403, 404),
        },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const { course, regrade: name } = request.params;
      const ask = { ...pageAsk(request.query), all: request.query.all === 'true' };
      const first = await gradebook.regradeChanges(actor, course, name, ask);
      reply.header('Vary', 'Accept');
      if (!prefersCsv(request.headers.accept)) {
        return sendView(reply, { ...first, items: first.items.map(changeView) });
      }
      const lines = csvOf(gradebook, actor, { course, regrade: name, all: ask.all });
      return reply.type(csvType).send(Readable.from(lines) as never) as never;
    },
  );
}

interface Named {
  readonly course: string;
  readonly regrade: string;
  readonly all: boolean;
}

/** A page at a time, so that many changes take no more memory than few. */
async function* csvOf(gradebook: Gradebook, actor: Actor, { course, regrade: name, all }: Named) {
  yield csvRows([changeHeader]);
  let cursor: string | undefined;
  do {
    const ask = { all, limit: limits.pageRows, ...(cursor !== undefined && { cursor }) };
    const page = await gradebook.regradeChanges(actor, course, name, ask);
    if (page.items.length > 0) yield csvRows(page.items.map(changeRow));
    cursor = page.next;
  } while (cursor !== undefined);
}

function stepRoutes(app: App, { gradebook }: HttpParts): void {
  app.post(
    '/courses/:course/regrades/:regrade/apply',
    {
      config: { action: 'regrade:run' },
      schema: {
        tags,
        summary: 'Make the dry run that you saw count',
        description:
          'Refused with 409 when it is another dry run by now, or when anything it rests on was added or changed since: refresh it then. Each change stands in the audit with the reason. Who may see grades sees the new ones as the assignment releases them; nothing else is told.',
        params: ofRegrade,
        headers: idempotencyHeaders,
        body: applyBody,
        response: { 202: regrade, ...bodyRefusals(403, 404, 409) },
      },
    },
    (request, reply) => {
      const { course, regrade: name } = request.params;
      const { dryRun } = request.body;
      return create({
        ...{ request, reply, gradebook, status: 202, view: regradeView },
        work: (receipt: Receipt<RegradeView> | undefined) =>
          gradebook.applyRegrade(actorOf(request), course, name, dryRun, receipt),
      });
    },
  );

  app.post(
    '/courses/:course/regrades/:regrade/refresh',
    {
      config: { action: 'regrade:run' },
      schema: {
        tags,
        summary: 'Make the dry run anew, by what is there now',
        params: ofRegrade,
        headers: idempotencyHeaders,
        response: { 202: regrade, ...refusals(403, 404, 409) },
      },
    },
    (request, reply) => {
      const { course, regrade: name } = request.params;
      return create({
        ...{ request, reply, gradebook, status: 202, view: regradeView },
        work: (receipt: Receipt<RegradeView> | undefined) =>
          gradebook.refreshRegrade(actorOf(request), course, name, receipt),
      });
    },
  );

  app.post(
    '/courses/:course/regrades/:regrade/cancel',
    {
      config: { action: 'regrade:run' },
      schema: {
        tags,
        summary: 'End a regrade that was not applied; what it found is forgotten',
        params: ofRegrade,
        response: { 200: regrade, ...refusals(403, 404, 409) },
      },
    },
    async (request, reply) => {
      const { course, regrade: name } = request.params;
      const ended = await gradebook.cancelRegrade(actorOf(request), course, name);
      return sendView(reply, regradeView(ended));
    },
  );
}
