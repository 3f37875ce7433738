import { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Actor, AuditEvent, AuditFilter, Gradebook } from '../../gradebook/index.ts';
import { limits } from '../../limits.ts';
import { actorOf } from '../auth.ts';
import { csvRows, csvType, prefersCsv } from '../csv/csv.ts';
import type { App, HttpParts } from '../parts.ts';
import { pageOf, pageQuery, refusals } from '../schemas/common.ts';
import { auditQuery } from '../schemas/courses.ts';
import { auditEvent } from '../schemas/gradebook.ts';
import { sendView } from '../send.ts';
import { pageAsk } from './page.ts';

const query = pageQuery.extend(auditQuery);

/** What was changed, by whom, when and why; it only grows. */
export function auditRoutes(app: App, { gradebook }: HttpParts): void {
  app.get(
    '/audit',
    {
      config: { action: 'audit:read' },
      schema: {
        tags: ['Audit'],
        summary: 'What staff changed, newest first',
        description:
          'Staff name one of their courses. As CSV (Accept: text/csv) the answer is all of it, streamed, and `limit` is not looked at.',
        querystring: query,
        response: { 200: pageOf(auditEvent), ...refusals(403, 404, 422) },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const [filter, page] = [filterOf(request.query), pageAsk(request.query)];
      reply.header('Vary', 'Accept');
      const first = await gradebook.audit(actor, { ...filter, ...page });
      if (!prefersCsv(request.headers.accept)) return sendView(reply, first);
      const lines = Readable.from(csvOf(gradebook, actor, filter));
      return reply.type(csvType).send(lines as never) as never;
    },
  );
}

function filterOf({ course, actor, action, subject, learner, from, to }: z.infer<typeof query>) {
  return { courseId: course, actor, action, subject, learner, from, to };
}

const header = [
  ...['at', 'actor', 'action', 'course', 'subject', 'learners'],
  ...['before', 'after', 'reason', 'requestId'],
];

/** A page at a time, so that a long audit takes no more memory than a short one. */
async function* csvOf(gradebook: Gradebook, actor: Actor, filter: AuditFilter) {
  yield csvRows([header]);
  let cursor: string | undefined;
  do {
    const ask = { ...filter, limit: limits.pageRows, ...(cursor !== undefined && { cursor }) };
    const page = await gradebook.audit(actor, ask);
    if (page.items.length > 0) yield csvRows(page.items.map(rowOf));
    cursor = page.next;
  } while (cursor !== undefined);
}

function rowOf(event: AuditEvent) {
  const { at, tokenId, action, courseId, subject, learnerIds = [], before, after } = event;
  return [
    ...[at, tokenId, action, courseId, subject, learnerIds.join(' ')],
    ...[json(before), json(after), event.reason, event.requestId],
  ];
}

const json = (state: unknown) => (state === undefined ? '' : JSON.stringify(state));
