import type { Actor } from '../actor.ts';
import type { Instant } from '../course.ts';
import type { Receipt } from '../gradebook.ts';
import type { Page, PageAsk } from '../ports.ts';
import type {
  AttemptOutcome,
  Delivery,
  DeliveryDetail,
  DeliveryFilter,
  Webhook,
  WebhookEvent,
} from './webhook.ts';

export interface NewWebhook {
  readonly url: string;
  readonly description?: string | undefined;
  /** All of them if absent. */
  readonly events?: readonly WebhookEvent[] | undefined;
}

export interface WebhookChange {
  readonly url?: string | undefined;
  /** Null takes it away. */
  readonly description?: string | null | undefined;
  readonly events?: readonly WebhookEvent[] | undefined;
  readonly enabled?: boolean | undefined;
}

/** The only time a secret is seen: a retry with the same idempotency key gets it empty. */
export interface IssuedWebhook {
  readonly webhook: Webhook;
  readonly secret: string;
}

export interface ReplayAsk {
  readonly since: string;
  readonly until?: string | undefined;
  /** Those that arrived too. */
  readonly delivered?: boolean | undefined;
}

export interface ReplayStarted {
  readonly deliveries: number;
  /** Whether there were more than one replay may have: ask again, from a later instant. */
  readonly truncated: boolean;
}

/** A request that is ready to be sent; its body is text in UTF-8. */
export interface SignedRequest {
  readonly deliveryId: string;
  readonly webhookId: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Webhooks as people and systems set them up, look into them and repeat them. */
export interface WebhookUseCases {
  createWebhook(
    actor: Actor,
    courseId: string,
    ask: NewWebhook,
    receipt?: Receipt<IssuedWebhook>,
  ): Promise<IssuedWebhook>;
  webhooks(actor: Actor, courseId: string): Promise<readonly Webhook[]>;
  webhook(actor: Actor, courseId: string, webhookId: string): Promise<Webhook>;
  changeWebhook(
    actor: Actor,
    courseId: string,
    webhookId: string,
    change: WebhookChange,
    revision?: number,
  ): Promise<Webhook>;
  removeWebhook(actor: Actor, courseId: string, webhookId: string): Promise<void>;
  /** A new secret; the one before signs beside it for `oldSecretHours`. */
  rotateWebhookSecret(
    actor: Actor,
    courseId: string,
    webhookId: string,
    ask: { readonly oldSecretHours?: number | undefined },
    receipt?: Receipt<IssuedWebhook>,
  ): Promise<IssuedWebhook>;
  testWebhook(
    actor: Actor,
    courseId: string,
    webhookId: string,
    receipt?: Receipt<Delivery>,
  ): Promise<Delivery>;
  /** Newest first. */
  deliveries(
    actor: Actor,
    courseId: string,
    webhookId: string,
    ask: PageAsk & DeliveryFilter,
  ): Promise<Page<Delivery>>;
  delivery(
    actor: Actor,
    courseId: string,
    webhookId: string,
    deliveryId: string,
  ): Promise<DeliveryDetail>;
  replayDelivery(
    actor: Actor,
    courseId: string,
    webhookId: string,
    deliveryId: string,
    receipt?: Receipt<Delivery>,
  ): Promise<Delivery>;
  replayDeliveries(
    actor: Actor,
    courseId: string,
    webhookId: string,
    ask: ReplayAsk,
  ): Promise<ReplayStarted>;
}

/** The work behind them, which nobody asks for: the sender's side of the gradebook. */
export interface WebhookWork {
  /** Makes messages of what changed; answers whether there may be more. */
  announceChanges(): Promise<boolean>;
  /** Signed for now. */
  dueRequests(): Promise<readonly SignedRequest[]>;
  settleRequest(deliveryId: string, outcome: AttemptOutcome): Promise<void>;
  /** When the clock stands where, for an outcome. */
  now(): Instant;
}
