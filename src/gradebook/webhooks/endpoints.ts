import { limits } from '../../limits.ts';
import type { Actor } from '../actor.ts';
import { auditOf } from '../audit.ts';
import { authorise } from '../authorise.ts';
import { besideOf, findCourse } from '../courses.ts';
import type { GradebookParts } from '../create-gradebook.ts';
import { Complaints } from '../input.ts';
import type { Store } from '../ports.ts';
import { notFound, Refusal } from '../refusal.ts';
import { newWebhookSecret } from './sign.ts';
import { type Webhook, type WebhookRow, webhookEvents } from './webhook.ts';
import type { WebhookChange, WebhookUseCases } from './webhook-use-cases.ts';

type EndpointUseCases = Pick<
  WebhookUseCases,
  | 'createWebhook'
  | 'webhooks'
  | 'webhook'
  | 'changeWebhook'
  | 'removeWebhook'
  | 'rotateWebhookSecret'
>;

const hourMs = 60 * 60 * 1000;

/** Setting up where a course's events go. */
export function endpointUseCases(parts: GradebookParts): EndpointUseCases {
  const { store } = parts;
  return {
    createWebhook: async (actor, courseId, ask, receipt) => {
      authorise(actor, 'webhook:manage', { courseId });
      await findCourse(store, courseId);
      check(parts, ask);
      const webhook = {
        ...{ id: parts.newId(), courseId, url: ask.url, events: ask.events ?? webhookEvents },
        ...(ask.description !== undefined && { description: ask.description }),
        ...{ revision: 1, createdAt: parts.now().toISOString() },
      };
      const secret = newWebhookSecret();
      const audit = noteOf(parts, actor, 'webhook:create', webhook, { after: webhook });
      // The kept answer has no secret: an idempotency record is not the place for one.
      const beside = besideOf(audit, { webhook, secret: '' }, receipt);
      await store.addWebhook({ ...webhook, secret }, limits.webhooks.perCourse, beside);
      return { webhook, secret };
    },
    webhooks: async (actor, courseId) => {
      authorise(actor, 'webhook:read', { courseId });
      await findCourse(store, courseId);
      return (await store.webhooks(courseId)).map(shown);
    },
    webhook: async (actor, courseId, webhookId) => {
      authorise(actor, 'webhook:read', { courseId });
      return shown(await findWebhook(store, courseId, webhookId));
    },
    changeWebhook: async (actor, courseId, webhookId, change, revision) => {
      authorise(actor, 'webhook:manage', { courseId });
      const before = await findWebhook(store, courseId, webhookId);
      check(parts, change);
      if (revision !== undefined && revision !== before.revision) throw stale();
      const after = changed(parts, before, change);
      const note = { before: shown(before), after: shown(after) };
      const audit = noteOf(parts, actor, 'webhook:change', after, note);
      if (!(await store.changeWebhook(after, { audit }))) throw stale();
      return shown(after);
    },
    removeWebhook: async (actor, courseId, webhookId) => {
      authorise(actor, 'webhook:manage', { courseId });
      const before = await findWebhook(store, courseId, webhookId);
      const audit = noteOf(parts, actor, 'webhook:remove', before, { before: shown(before) });
      await store.removeWebhook(webhookId, { audit });
    },
    rotateWebhookSecret: async (actor, courseId, webhookId, ask, receipt) => {
      authorise(actor, 'webhook:manage', { courseId });
      const before = await findWebhook(store, courseId, webhookId);
      const after = rotated(parts, before, ask.oldSecretHours ?? limits.webhooks.oldSecretHours);
      const webhook = shown(after);
      const note = { before: shown(before), after: webhook };
      const audit = noteOf(parts, actor, 'webhook:rotate-secret', after, note);
      const beside = besideOf(audit, { webhook, secret: '' }, receipt);
      if (!(await store.changeWebhook(after, beside))) throw stale();
      return { webhook, secret: after.secret };
    },
  };
}

export async function findWebhook(store: Store, courseId: string, id: string): Promise<WebhookRow> {
  const found = await store.webhook(courseId, id);
  if (found === undefined) throw notFound('webhook');
  return found;
}

/** Without what signs. */
export function shown({ secret: _secret, oldSecret: _old, ...webhook }: WebhookRow): Webhook {
  return webhook;
}

function check(parts: GradebookParts, { url, description, events }: WebhookChange): void {
  const complaints = new Complaints();
  if (url !== undefined) {
    const refused =
      parts.webhookAddress?.(url) ?? (parts.webhookAddress ? '' : 'cannot be used here');
    complaints.require(refused === '', '/url', refused);
  }
  if (typeof description === 'string') complaints.text(description, '/description');
  complaints.require(
    events === undefined || events.length > 0,
    '/events',
    'must name one at least',
  );
  complaints.refuse('The webhook cannot be set up so.');
}

function changed(
  parts: GradebookParts,
  { description, disabledAt, disabledBecause, failingSince, ...rest }: WebhookRow,
  change: WebhookChange,
): WebhookRow {
  const enabled = change.enabled ?? disabledAt === undefined;
  const words = change.description === undefined ? description : (change.description ?? undefined);
  const again = change.enabled === true || change.url !== undefined;
  return {
    ...rest,
    ...(change.url !== undefined && { url: change.url }),
    ...(change.events !== undefined && { events: change.events }),
    ...(words !== undefined && { description: words }),
    ...(!enabled && {
      disabledAt: disabledAt ?? parts.now().toISOString(),
      disabledBecause: disabledBecause ?? 'asked',
    }),
    ...(failingSince !== undefined && !again && { failingSince }),
    revision: rest.revision + 1,
  };
}

function rotated(parts: GradebookParts, before: WebhookRow, oldSecretHours: number): WebhookRow {
  const { oldSecret: _secret, oldSecretUntil: _until, ...rest } = before;
  const until = new Date(parts.now().getTime() + oldSecretHours * hourMs).toISOString();
  return {
    ...rest,
    secret: newWebhookSecret(),
    ...(oldSecretHours > 0 && { oldSecret: before.secret, oldSecretUntil: until }),
    revision: before.revision + 1,
  };
}

export function noteOf(
  parts: GradebookParts,
  actor: Actor,
  action: string,
  { id: subject, courseId }: Pick<Webhook, 'id' | 'courseId'>,
  note: { readonly before?: unknown; readonly after?: unknown },
) {
  return auditOf(parts, actor, { action, courseId, subject, ...note });
}

const stale = () =>
  new Refusal('stale', 'The webhook was changed meanwhile: read it again, then change it.');
