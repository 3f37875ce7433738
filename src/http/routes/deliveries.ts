import { z } from 'zod';
import { actorOf } from '../auth.ts';
import { create, idempotencyHeaders } from '../idempotency.ts';
import type { App, HttpParts } from '../parts.ts';
import { bodyRefusals, id, pageOf, refusals } from '../schemas/common.ts';
import {
  delivery,
  deliveryDetail,
  deliveryQuery,
  replayBody,
  replayStarted,
} from '../schemas/webhook.ts';
import { sendView } from '../send.ts';
import { pageAsk } from './page.ts';

const tags = ['Webhooks'];
const ofWebhook = z.object({ course: id, webhook: id });
const one = z.object({ course: id, webhook: id, delivery: id });
const read = { action: 'webhook:read' } as const;
const manage = { action: 'webhook:manage' } as const;

export function deliveryRoutes(app: App, parts: HttpParts): void {
  reading(app, parts);
  trying(app, parts);
  replaying(app, parts);
}

function reading(app: App, { gradebook }: HttpParts): void {
  app.get(
    '/courses/:course/webhooks/:webhook/deliveries',
    {
      config: read,
      schema: {
        tags,
        summary: 'List what was sent, newest first, with how the last try ended',
        params: ofWebhook,
        querystring: deliveryQuery,
        response: { 200: pageOf(delivery), ...refusals(403, 404) },
      },
    },
    async (request, reply) => {
      const { course, webhook } = request.params;
      const { state, event, ...page } = request.query;
      const filter = { ...(state && { state }), ...(event && { event }) };
      const ask = { ...pageAsk(page), ...filter };
      return sendView(reply, await gradebook.deliveries(actorOf(request), course, webhook, ask));
    },
  );

  app.get(
    '/courses/:course/webhooks/:webhook/deliveries/:delivery',
    {
      config: read,
      schema: {
        tags,
        summary: 'Read one delivery: its body, and every try',
        params: one,
        response: { 200: deliveryDetail, ...refusals(403, 404) },
      },
    },
    async (request, reply) => {
      const { course, webhook, delivery: name } = request.params;
      return sendView(reply, await gradebook.delivery(actorOf(request), course, webhook, name));
    },
  );
}

function trying(app: App, { gradebook }: HttpParts): void {
  app.post(
    '/courses/:course/webhooks/:webhook/test',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Send a test event',
        description: 'It goes the way of every event. Read the delivery to see how it ended.',
        params: ofWebhook,
        headers: idempotencyHeaders,
        response: { 202: delivery, ...refusals(403, 404, 409) },
      },
    },
    (request, reply) => {
      const { course, webhook } = request.params;
      return create({
        request,
        reply,
        gradebook,
        status: 202,
        location: (made) => `/v1/courses/${course}/webhooks/${webhook}/deliveries/${made}`,
        view: (made) => made,
        work: (receipt) => gradebook.testWebhook(actorOf(request), course, webhook, receipt),
      });
    },
  );
}

function replaying(app: App, { gradebook }: HttpParts): void {
  app.post(
    '/courses/:course/webhooks/:webhook/deliveries/:delivery/replay',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Send one delivery again',
        params: one,
        headers: idempotencyHeaders,
        response: { 202: delivery, ...refusals(403, 404, 409) },
      },
    },
    (request, reply) => {
      const { course, webhook, delivery: name } = request.params;
      return create({
        request,
        reply,
        gradebook,
        status: 202,
        view: (made) => made,
        work: (receipt) =>
          gradebook.replayDelivery(actorOf(request), course, webhook, name, receipt),
      });
    },
  );

  app.post(
    '/courses/:course/webhooks/:webhook/replay',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Send everything since an instant again',
        description:
          'What never arrived, also from while the webhook was disabled; with "delivered" what ' +
          'arrived too. Messages keep their webhook-id.',
        params: ofWebhook,
        body: replayBody,
        response: { 202: replayStarted, ...bodyRefusals(403, 404, 409) },
      },
    },
    async (request, reply) => {
      const { course, webhook } = request.params;
      const started = await gradebook.replayDeliveries(
        actorOf(request),
        course,
        webhook,
        request.body,
      );
      return reply.code(202).send(started);
    },
  );
}
