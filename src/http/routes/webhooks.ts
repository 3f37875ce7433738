import { z } from 'zod';
import type { IssuedWebhook } from '../../gradebook/index.ts';
import { actorOf } from '../auth.ts';
import { create, idempotencyHeaders } from '../idempotency.ts';
import type { App, HttpParts } from '../parts.ts';
import { entityTag, ifMatch, revisionOf } from '../revision.ts';
import { bodyRefusals, id, refusals } from '../schemas/common.ts';
import {
  issuedWebhook,
  rotateBody,
  webhook,
  webhookBody,
  webhookChange,
  webhooks,
} from '../schemas/webhook.ts';
import { sendView } from '../send.ts';

const tags = ['Webhooks'];
const ofCourse = z.object({ course: id });
const one = z.object({ course: id, webhook: id });
const read = { action: 'webhook:read' } as const;
const manage = { action: 'webhook:manage' } as const;

const issued = ({ webhook: made, secret }: IssuedWebhook) => ({
  ...made,
  ...(secret && { secret }),
});

export function webhookRoutes(app: App, parts: HttpParts): void {
  making(app, parts);
  reading(app, parts);
  changing(app, parts);
}

function making(app: App, { gradebook }: HttpParts): void {
  app.post(
    '/courses/:course/webhooks',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Have events of a course sent to an address',
        description:
          'By Standard Webhooks: signed with the secret that this answer shows, this once. ' +
          'What is sent, how often and when: docs/webhooks.md.',
        params: ofCourse,
        headers: idempotencyHeaders,
        body: webhookBody,
        response: { 201: issuedWebhook, ...bodyRefusals(403, 404, 409) },
      },
    },
    (request, reply) => {
      const { course } = request.params;
      return create({
        request,
        reply,
        gradebook,
        location: (made) => `/v1/courses/${course}/webhooks/${made}`,
        view: issued,
        work: (receipt) => gradebook.createWebhook(actorOf(request), course, request.body, receipt),
      });
    },
  );

  app.post(
    '/courses/:course/webhooks/:webhook/rotate-secret',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Change the secret; both sign for a while',
        params: one,
        headers: idempotencyHeaders,
        body: rotateBody,
        response: { 200: issuedWebhook, ...bodyRefusals(403, 404, 409, 412) },
      },
    },
    (request, reply) => {
      const { course, webhook: name } = request.params;
      return create({
        request,
        reply,
        gradebook,
        status: 200,
        view: issued,
        work: (receipt) =>
          gradebook.rotateWebhookSecret(actorOf(request), course, name, request.body, receipt),
      });
    },
  );
}

function reading(app: App, { gradebook }: HttpParts): void {
  app.get(
    '/courses/:course/webhooks',
    {
      config: read,
      schema: {
        tags,
        summary: 'List the webhooks of a course',
        params: ofCourse,
        response: { 200: webhooks, ...refusals(403, 404) },
      },
    },
    async (request, reply) => {
      const items = await gradebook.webhooks(actorOf(request), request.params.course);
      return sendView(reply, { items });
    },
  );

  app.get(
    '/courses/:course/webhooks/:webhook',
    {
      config: read,
      schema: {
        tags,
        summary: 'Read a webhook, and whether it fails',
        params: one,
        response: { 200: webhook, ...refusals(403, 404) },
      },
    },
    async (request, reply) => {
      const { course, webhook: name } = request.params;
      const found = await gradebook.webhook(actorOf(request), course, name);
      reply.header('ETag', entityTag(found.revision));
      return sendView(reply, found);
    },
  );
}

function changing(app: App, { gradebook }: HttpParts): void {
  app.patch(
    '/courses/:course/webhooks/:webhook',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Change a webhook, disable it, or enable it again',
        params: one,
        headers: ifMatch,
        body: webhookChange,
        response: { 200: webhook, ...bodyRefusals(403, 404, 409, 412) },
      },
    },
    async (request, reply) => {
      const { course, webhook: name } = request.params;
      const revision = revisionOf(request);
      const change = request.body;
      const after = await gradebook.changeWebhook(actorOf(request), course, name, change, revision);
      reply.header('ETag', entityTag(after.revision));
      return sendView(reply, after);
    },
  );

  app.delete(
    '/courses/:course/webhooks/:webhook',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Remove a webhook with all its deliveries',
        params: one,
        response: { 204: z.null(), ...refusals(403, 404, 409) },
      },
    },
    async (request, reply) => {
      const { course, webhook: name } = request.params;
      await gradebook.removeWebhook(actorOf(request), course, name);
      return reply.code(204).send(null);
    },
  );
}
