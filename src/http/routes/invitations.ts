import { z } from 'zod';
import type { ClassTokens, IssuedInvitation } from '../../gradebook/index.ts';
import { actorOf } from '../auth.ts';
import { csvRows, csvType, prefersCsv } from '../csv/csv.ts';
import { create, idempotencyHeaders } from '../idempotency.ts';
import type { App, HttpParts } from '../parts.ts';
import { bodyRefusals, id, pageOf, pageQuery, refusals } from '../schemas/common.ts';
import { whyQuery } from '../schemas/courses.ts';
import {
  acceptBody,
  accepted,
  classTokens,
  classTokensBody,
  invitation,
  invitationBody,
  issuedInvitation,
} from '../schemas/roster.ts';
import { sendView } from '../send.ts';
import { pageAsk } from './page.ts';

const tags = ['Invitations'];
const inCourse = z.object({ course: id });

/** How people get in: by a code, or by a token each. */
export function invitationRoutes(app: App, parts: HttpParts): void {
  invitingRoutes(app, parts);
  acceptRoute(app, parts);
  classTokenRoute(app, parts);
}

function invitingRoutes(app: App, { gradebook }: HttpParts): void {
  app.post(
    '/courses/:course/invitations',
    {
      config: { action: 'invitation:manage' },
      schema: {
        tags,
        summary: 'Make a code by which people enrol themselves',
        params: inCourse,
        headers: idempotencyHeaders,
        body: invitationBody,
        response: { 201: issuedInvitation, ...bodyRefusals(403, 404, 409) },
      },
    },
    (request, reply) =>
      create({
        request,
        reply,
        gradebook,
        view: ({ invitation: made, code }: IssuedInvitation) => ({
          invitation: made,
          ...(code && { code }),
        }),
        work: (receipt) =>
          gradebook.createInvitation(
            actorOf(request),
            request.params.course,
            request.body,
            receipt,
          ),
      }),
  );

  app.get(
    '/courses/:course/invitations',
    {
      config: { action: 'invitation:manage' },
      schema: {
        tags,
        summary: 'List the invitations of a course, without their codes',
        params: inCourse,
        querystring: pageQuery,
        response: { 200: pageOf(invitation), ...refusals(403, 404) },
      },
    },
    async (request, reply) => {
      const page = pageAsk(request.query);
      const actor = actorOf(request);
      return sendView(reply, await gradebook.invitations(actor, request.params.course, page));
    },
  );

  app.delete(
    '/courses/:course/invitations/:invitation',
    {
      config: { action: 'invitation:manage' },
      schema: {
        tags,
        summary: 'Revoke an invitation; who came by it stays',
        params: z.object({ course: id, invitation: id }),
        querystring: whyQuery,
        response: { 200: invitation, ...refusals(403, 404, 409) },
      },
    },
    async (request, reply) => {
      const { course, invitation: name } = request.params;
      const { reason } = request.query;
      const actor = actorOf(request);
      return sendView(reply, await gradebook.revokeInvitation(actor, course, name, reason));
    },
  );
}

function acceptRoute(app: App, { gradebook }: HttpParts): void {
  app.post(
    '/invitations/accept',
    {
      config: { action: 'no-token' },
      schema: {
        tags,
        summary: 'Enrol by a code, and get a token',
        description:
          'Needs no token: the code is the secret. An external id that is enrolled already is refused, for a code must not open what is somebody else’s.',
        security: [],
        body: acceptBody,
        response: { 201: accepted, ...bodyRefusals(403, 404, 409) },
      },
    },
    async (request, reply) => {
      const made = await gradebook.acceptInvitation(request.body, request.id);
      reply.code(201);
      return sendView(reply, made);
    },
  );
}

function classTokenRoute(app: App, { gradebook }: HttpParts): void {
  app.post(
    '/courses/:course/tokens',
    {
      config: { action: 'token:create' },
      schema: {
        tags: ['Tokens'],
        summary: 'Make a token for each learner of a class',
        description:
          'All active learners, a section, or those named; as JSON or (Accept: text/csv) as CSV. The secrets are shown in this answer only. Repeated under its Idempotency-Key, the answer comes without them.',
        params: inCourse,
        headers: idempotencyHeaders,
        body: classTokensBody,
        response: { 201: classTokens, ...bodyRefusals(403, 404, 409) },
      },
    },
    async (request, reply) => {
      const { course } = request.params;
      const actor = actorOf(request);
      if (!prefersCsv(request.headers.accept)) {
        return create({
          ...{ request, reply, gradebook, view: viewTokens },
          work: (receipt) => gradebook.createClassTokens(actor, course, request.body, receipt),
        });
      }
      const { items } = viewTokens(await gradebook.createClassTokens(actor, course, request.body));
      const rows = items.map((one) => [one.externalId, one.name ?? '', one.tokenId, one.secret]);
      reply.code(201).type(csvType).header('Cache-Control', 'no-store');
      return reply.send(csvRows([['externalId', 'name', 'tokenId', 'secret'], ...rows]) as never);
    },
  );
}

const viewTokens = ({ items }: ClassTokens) => ({
  items: items.map(({ enrolment, token, secret }) => ({
    ...{ enrolmentId: enrolment.id, externalId: enrolment.externalId },
    ...(enrolment.name !== undefined && { name: enrolment.name }),
    tokenId: token.id,
    ...(secret && { secret }),
  })),
});
