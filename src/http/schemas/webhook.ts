import { z } from 'zod';
import { deliveryStates, testEvent, webhookEvents } from '../../gradebook/index.ts';
import { limits } from '../../limits.ts';
import { id, instant, pageQuery } from './common.ts';

const event = z.enum(webhookEvents);
const sentEvent = z.enum([...webhookEvents, testEvent]);
const url = z.string().min(1).max(2000).describe('https; what it resolves to must be public.');
const description = z.string().trim().min(1).max(200);
const events = z.array(event).min(1).max(webhookEvents.length);

export const webhookBody = z
  .strictObject({
    url,
    description: description.optional(),
    events: events.optional().describe('All of them if absent.'),
  })
  .meta({ example: { url: 'https://lms.example.edu/hooks', events: ['grade.changed'] } });

export const webhookChange = z
  .strictObject({
    url: url.optional(),
    description: description.nullable().optional(),
    events: events.optional(),
    enabled: z.boolean().optional(),
  })
  .meta({ example: { enabled: true } });

export const webhook = z
  .object({
    id,
    courseId: id,
    url: z.string(),
    description: z.string().optional(),
    events: z.array(event),
    disabledAt: instant.optional(),
    disabledBecause: z
      .enum(['asked', 'failing', 'gone'])
      .optional()
      .describe('By somebody, by failing for days, or by an answer 410.'),
    failingSince: instant.optional().describe('Since when no try has succeeded.'),
    oldSecretUntil: instant.optional().describe('Until when the secret before signs too.'),
    revision: z.number().int(),
    createdAt: instant,
  })
  .meta({ id: 'Webhook' });

export const webhooks = z.object({ items: z.array(webhook) });

export const issuedWebhook = webhook
  .extend({
    secret: z
      .string()
      .optional()
      .describe('whsec_…, shown this once; absent when the answer is repeated.'),
  })
  .meta({ id: 'IssuedWebhook' });

export const rotateBody = z
  .strictObject({
    oldSecretHours: z
      .number()
      .min(0)
      .max(limits.webhooks.oldSecretHoursMost)
      .optional()
      .describe(`How long the old one signs too; ${limits.webhooks.oldSecretHours} if absent.`),
  })
  .meta({ example: { oldSecretHours: 24 } });

const attempt = z.object({
  number: z.number().int(),
  at: instant,
  tookMs: z.number().int(),
  status: z.number().int().optional(),
  error: z.string().optional().describe('Why there was no answer.'),
  excerpt: z.string().optional().describe("The beginning of the answer's body."),
});

const deliveryShape = {
  id,
  webhookId: id,
  messageId: z.string().describe('The webhook-id header.'),
  event: sentEvent,
  state: z.enum(deliveryStates),
  tries: z.number().int().describe('Since it was made, or last replayed.'),
  dueAt: instant.optional().describe('When the next try is due.'),
  createdAt: instant,
  lastAttempt: attempt.optional(),
};

export const delivery = z.object(deliveryShape).meta({ id: 'Delivery' });

export const deliveryDetail = z
  .object({
    ...deliveryShape,
    body: z.string().describe('As it is sent, byte for byte.'),
    attempts: z.array(attempt),
  })
  .meta({ id: 'DeliveryDetail' });

export const deliveryQuery = pageQuery.extend({
  state: z.enum(deliveryStates).optional(),
  event: sentEvent.optional(),
});

export const replayBody = z
  .strictObject({
    since: instant,
    until: instant.optional().describe('Now if absent.'),
    delivered: z.boolean().optional().describe('Those that arrived too.'),
  })
  .meta({ example: { since: '2026-12-01T08:00:00Z' } });

export const replayStarted = z
  .object({
    deliveries: z.number().int(),
    truncated: z.boolean().describe('There may be more: ask again from a later instant.'),
  })
  .meta({ id: 'ReplayStarted' });
