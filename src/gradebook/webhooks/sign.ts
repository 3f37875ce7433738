import { createHmac, randomBytes } from 'node:crypto';
import type { Instant } from '../course.ts';
import type { DueDelivery, WebhookRow } from './webhook.ts';
import type { SignedRequest } from './webhook-use-cases.ts';

const prefix = 'whsec_';
const secretBytes = 32;

/** A signing secret as Standard Webhooks writes it. */
export function newWebhookSecret(): string {
  return prefix + randomBytes(secretBytes).toString('base64');
}

/**
 * The request of a delivery, signed for this moment (Standard Webhooks 1.0): each valid secret
 * signs `id.timestamp.body`, so that receivers may change secrets in their own time.
 */
export function signedRequest(
  { deliveryId, webhook, message }: DueDelivery,
  now: Date,
): SignedRequest {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signed = `${message.id}.${timestamp}.${message.body}`;
  const signatures = secretsAt(webhook, now.toISOString()).map((secret) =>
    signature(secret, signed),
  );
  return {
    deliveryId,
    webhookId: webhook.id,
    url: webhook.url,
    headers: {
      'content-type': 'application/json',
      'webhook-id': message.id,
      'webhook-timestamp': timestamp,
      'webhook-signature': signatures.join(' '),
    },
    body: message.body,
  };
}

function secretsAt(webhook: WebhookRow, now: Instant): readonly string[] {
  const { secret, oldSecret, oldSecretUntil = '' } = webhook;
  return oldSecret !== undefined && now < oldSecretUntil ? [secret, oldSecret] : [secret];
}

function signature(secret: string, signed: string): string {
  const key = Buffer.from(secret.slice(prefix.length), 'base64');
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}
