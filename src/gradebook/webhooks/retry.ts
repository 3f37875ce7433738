import { limits } from '../../limits.ts';
import type { AttemptOutcome, Delivery, Settlement, Webhook } from './webhook.ts';

const bounds = limits.webhooks;

/** The receiver says that nobody is there any more and nothing should come again. */
const gone = 410;

/**
 * What a try leaves behind. Only 2xx is success. Otherwise the next try waits for the schedule,
 * or for what Retry-After asks if that is longer; after the last one the delivery has failed.
 * `random`: from 0 to 1, exclusive.
 */
export function settle(
  webhook: Webhook,
  delivery: Delivery,
  outcome: AttemptOutcome,
  random: number,
): Settlement {
  const { at, status = 0 } = outcome;
  if (status >= 200 && status < 300) {
    return { state: 'delivered', dueAt: at, failingSince: undefined };
  }
  const failingSince = webhook.failingSince ?? at;
  if (status === gone) return { state: 'failed', dueAt: at, failingSince, disabledBecause: 'gone' };
  const failingMs = Date.parse(at) - Date.parse(failingSince);
  const asked = Math.min((outcome.retryAfterSeconds ?? 0) * 1000, bounds.longestWaitMs);
  const wait = Math.max(waitAfter(delivery.tries + 1, random), asked);
  return {
    state: delivery.tries + 1 >= bounds.tries ? 'failed' : 'pending',
    dueAt: new Date(Date.parse(at) + wait).toISOString(),
    failingSince,
    ...(failingMs >= bounds.disableAfterMs && { disabledBecause: 'failing' as const }),
  };
}

/** Milliseconds to wait after so many tries: exponential, capped, and spread by the jitter. */
export function waitAfter(tries: number, random: number): number {
  const { firstWaitMs, waitGrowth, longestWaitMs, waitJitter } = bounds;
  const wait = Math.min(firstWaitMs * waitGrowth ** (tries - 1), longestWaitMs);
  return Math.round(wait * (1 + waitJitter * (2 * random - 1)));
}
