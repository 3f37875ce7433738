import type { Assignment, Instant } from '../course.ts';
import type { GradeFact } from '../event.ts';
import type { Beside, Exceptions, Placed, Slice } from '../ports.ts';

/** What a course tells of. Names and payloads are part of the API: docs/webhooks.md. */
export const webhookEvents = [
  'submission.graded',
  'grade.changed',
  'regrade.finished',
  'roster.changed',
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

/** Sent when somebody tries an endpoint; never subscribed to. */
export const testEvent = 'webhook.test';
export type SentEvent = WebhookEvent | typeof testEvent;

/** Why nothing is sent: somebody said so, nothing arrived for days, or the receiver answered 410. */
export type DisabledBecause = 'asked' | 'failing' | 'gone';

/** Where a course's events are sent. */
export interface Webhook {
  readonly id: string;
  readonly courseId: string;
  readonly url: string;
  readonly description?: string;
  readonly events: readonly WebhookEvent[];
  readonly disabledAt?: Instant;
  readonly disabledBecause?: DisabledBecause;
  /** Since when no try has succeeded. */
  readonly failingSince?: Instant;
  /** Until when the secret before the present one signs too. */
  readonly oldSecretUntil?: Instant;
  /** Grows with every change somebody makes: the entity tag. */
  readonly revision: number;
  readonly createdAt: Instant;
}

/** With what signs. Kept as it is, for a signature needs it: the database is as secret. */
export interface WebhookRow extends Webhook {
  readonly secret: string;
  readonly oldSecret?: string;
}

/** One event as it is sent, byte for byte the same at every try and to every endpoint. */
export interface WebhookMessage {
  readonly id: string;
  readonly courseId: string;
  readonly event: SentEvent;
  readonly body: string;
  readonly at: Instant;
}

export const deliveryStates = ['pending', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** A message on its way to one endpoint. */
export interface Delivery {
  readonly id: string;
  readonly webhookId: string;
  readonly messageId: string;
  readonly event: SentEvent;
  readonly state: DeliveryState;
  /** Tries since it was made, or last replayed. */
  readonly tries: number;
  /** When the next try is due; absent when there is none. */
  readonly dueAt?: Instant;
  readonly createdAt: Instant;
  readonly lastAttempt?: DeliveryAttempt;
}

/** How one try ended: with an answer's status, or with what kept it from getting one. */
export interface AttemptOutcome {
  readonly at: Instant;
  readonly tookMs: number;
  readonly status?: number;
  readonly error?: string;
  /** The beginning of the answer's body. */
  readonly excerpt?: string;
  /** What the receiver asked for by Retry-After, in seconds. */
  readonly retryAfterSeconds?: number;
}

export interface DeliveryAttempt extends Omit<AttemptOutcome, 'retryAfterSeconds'> {
  /** From 1, replays counted on. */
  readonly number: number;
}

export interface DeliveryDetail extends Delivery {
  readonly body: string;
  readonly attempts: readonly DeliveryAttempt[];
}

/** A delivery whose time has come, with all that sending needs. */
export interface DueDelivery {
  readonly deliveryId: string;
  readonly webhook: WebhookRow;
  readonly message: WebhookMessage;
}

/** What a try leaves behind. */
export interface Settlement {
  readonly state: DeliveryState;
  readonly dueAt: Instant;
  readonly failingSince: Instant | undefined;
  readonly disabledBecause?: DisabledBecause;
}

/** A note of the outbox, with what is needed to decide what it means. */
export type Change =
  | {
      readonly kind: 'attempt';
      readonly courseId: string;
      readonly learnerId: string;
      readonly assignmentId: string;
      readonly submissionId: string;
      readonly part: string;
      readonly awaitsMarking: boolean;
    }
  | {
      readonly kind: 'grade';
      readonly courseId: string;
      readonly learnerId: string;
      readonly assignment: Assignment;
      readonly facts: readonly GradeFact[];
      readonly exceptions: Exceptions;
      /** As it was last told of. */
      readonly told: string | undefined;
    }
  | { readonly kind: 'person'; readonly courseId: string; readonly learnerId: string }
  | {
      readonly kind: 'regrade';
      readonly courseId: string;
      readonly regradeId: string;
      readonly assignments: readonly Assignment[];
    };

/** What becomes of a note: looked at again then, or done with. */
export type Decision =
  | { readonly holdUntil: Instant | 'changed' }
  | {
      readonly done: true;
      /** What the grade is now, to compare the next change with. */
      readonly told?: string;
    };

/** What becomes of a batch of notes. */
export interface Announcement {
  /** One for each of the changes, in their order. */
  readonly decisions: readonly Decision[];
  readonly messages: readonly WebhookMessage[];
}

export interface DeliveryFilter {
  readonly state?: DeliveryState;
  readonly event?: SentEvent;
}

export interface ReplaySpan {
  readonly since: Instant;
  readonly until: Instant;
  /** Those that arrived too; otherwise only what never did. */
  readonly delivered: boolean;
}

/** What webhooks need kept; see Store for what every method may do. */
export interface WebhookStore {
  /** Rejects with `conflict` when the course has `most` already. */
  addWebhook(webhook: WebhookRow, most: number, beside: Beside): Promise<void>;
  webhook(courseId: string, id: string): Promise<WebhookRow | undefined>;
  webhooks(courseId: string): Promise<readonly WebhookRow[]>;
  /** What somebody may change; false when it was changed meanwhile. */
  changeWebhook(webhook: WebhookRow, beside: Beside): Promise<boolean>;
  /** With its deliveries. */
  removeWebhook(id: string, beside: Beside): Promise<void>;

  /** Decides on the oldest notes in one transaction; answers how many there were. */
  announce(
    now: Instant,
    limit: number,
    decide: (changes: readonly Change[]) => Announcement,
    newId: () => string,
  ): Promise<number>;
  /** A message of its own to one endpoint, whatever it listens to. */
  addDelivery(
    webhookId: string,
    message: WebhookMessage,
    deliveryId: string,
    beside: Beside,
  ): Promise<void>;
  /** Oldest first, at most so many for each endpoint. */
  dueDeliveries(now: Instant, forEach: number): Promise<readonly DueDelivery[]>;
  /** Nothing happens to a delivery that is no longer there. */
  settleDelivery(
    deliveryId: string,
    outcome: AttemptOutcome,
    decide: (webhook: Webhook, delivery: Delivery) => Settlement,
  ): Promise<void>;
  /** Newest first. */
  deliveries(
    webhookId: string,
    filter: DeliveryFilter,
    slice: Slice,
  ): Promise<readonly Placed<Delivery>[]>;
  delivery(webhookId: string, id: string): Promise<DeliveryDetail | undefined>;
  replayDelivery(id: string, now: Instant, beside: Beside): Promise<void>;
  /** Messages of the span that the endpoint listens to, sent once more; how many. */
  replaySpan(
    webhook: Webhook,
    span: ReplaySpan & { readonly limit: number },
    now: Instant,
    newId: () => string,
    beside: Beside,
  ): Promise<number>;
  forgetMessages(before: Instant): Promise<void>;
}
