import { validatorCompiler } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { RosterAsk, RosterResult } from '../../gradebook/index.ts';
import { limits } from '../../limits.ts';
import { actorOf } from '../auth.ts';
import { readRosterCsv } from '../csv/roster-csv.ts';
import { create, idempotencyHeaders } from '../idempotency.ts';
import type { App, HttpParts } from '../parts.ts';
import { bodyRefusals, id } from '../schemas/common.ts';
import { rosterBody, rosterQuery, rosterResult } from '../schemas/roster.ts';

/** In a scope of its own, for only here a body may be CSV. */
export function rosterRoutes(api: App, parts: HttpParts): void {
  api.register((scope, _options, done) => {
    importRoute(scope as App, parts);
    done();
  });
}

function importRoute(app: App, { gradebook }: HttpParts): void {
  app.addContentTypeParser(
    'text/csv',
    { parseAs: 'buffer', bodyLimit: limits.rosterBytes },
    async (_request: unknown, body: Buffer) => body.toString('latin1'),
  );
  app.post(
    '/courses/:course/roster',
    {
      config: { action: 'roster:import' },
      bodyLimit: limits.rosterBytes,
      // A CSV is judged when it is read; the others as everywhere.
      validatorCompiler: (route) => {
        const validate = validatorCompiler(route as never) as Validate;
        return route.httpPart === 'body' ? unlessText(validate) : validate;
      },
      schema: {
        tags: ['Enrolments'],
        summary: 'Bring the people of a course in line with a roster',
        description:
          'People are matched by external id: new ones are enrolled, others changed where the roster says otherwise, all of it in one transaction or nothing. The same roster again changes nothing. As `text/csv`: UTF-8 with a header row (externalId, name, role, section, active; the headers of Canvas and Moodle are known), parted by comma, semicolon or tab. Empty cells change nothing; sections that are not there are made.',
        params: z.object({ course: id }),
        querystring: rosterQuery,
        headers: idempotencyHeaders,
        consumes: ['application/json', 'text/csv'],
        body: rosterBody,
        response: { 200: rosterResult, ...bodyRefusals(403, 404, 409) },
      },
    },
    (request, reply) => {
      const { ignoredColumns, ...read } = readBody(request.body as Body);
      const { dryRun, onProblem, absent } = request.query;
      const ask: RosterAsk = { ...read, dryRun: dryRun === 'true', onProblem, absent };
      return create({
        ...{ request, reply, gradebook, status: 200 },
        view: (result: RosterResult) => ({
          ...result,
          ...(ignoredColumns.length > 0 && { ignoredColumns }),
        }),
        work: (receipt) =>
          gradebook.importRoster(actorOf(request), request.params.course, ask, receipt),
      });
    },
  );
}

type Validate = (data: unknown) => { value: unknown } | { error: Error };

const unlessText =
  (validate: Validate): Validate =>
  (data) =>
    typeof data === 'string' ? { value: data } : validate(data);

type Body = string | z.infer<typeof rosterBody>;

/** A CSV comes byte for byte, one character each, so that what is no UTF-8 can be told. */
function readBody(body: Body) {
  if (typeof body === 'string') return readRosterCsv(Buffer.from(body, 'latin1'));
  const rows = body.people.map((fields, index) => ({ row: index + 1, fields }));
  return { rows, ignoredColumns: [], reason: body.reason };
}
