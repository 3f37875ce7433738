import type { SignedRequest, WebhookWork } from '../gradebook/index.ts';
import { limits } from '../limits.ts';
import { post } from './post.ts';
import type { Reach } from './reach.ts';

export interface SenderOptions {
  readonly work: WebhookWork;
  readonly reach: Reach;
  readonly userAgent: string;
  /** Told what kept it from working, such as a store that cannot write. */
  readonly failed: (error: unknown) => void;
  readonly timeoutMs?: number;
}

/** A sender that runs. */
export interface Sender {
  /** Takes up nothing new, waits a little for what is under way, and gives up the rest for now. */
  stop(): Promise<void>;
}

const pollMs = 250;
const graceMs = 2000;

/**
 * Sends what is due, for as long as it runs. All it knows stands in the store: a delivery is over
 * when its answer is written down there, so what a crash interrupts is sent again.
 */
export function startSender(options: SenderOptions): Sender {
  const { work, failed } = options;
  const sending = new Map<string, Promise<void>>();
  const ending = new AbortController();
  let stopped = false;
  let busy = false;
  let again = false;

  async function round(): Promise<void> {
    while (!stopped && (await work.announceChanges()));
    for (const request of stopped ? [] : await work.dueRequests()) {
      if (sending.size >= limits.webhooks.atOnce) break;
      if (!sending.has(request.deliveryId)) begin(request);
    }
  }

  function begin(request: SignedRequest): void {
    const done = deliver(options, request, ending.signal).catch(failed);
    sending.set(
      request.deliveryId,
      done.then(() => {
        sending.delete(request.deliveryId);
        turn();
      }),
    );
  }

  function turn(): void {
    if (stopped) return;
    again = busy;
    if (busy) return;
    busy = true;
    void round()
      .catch(failed)
      .then(() => {
        busy = false;
        if (again) turn();
      });
  }

  const polling = setInterval(turn, pollMs);
  turn();
  return {
    async stop() {
      stopped = true;
      clearInterval(polling);
      const giveUp = setTimeout(() => ending.abort(), graceMs);
      await Promise.all(sending.values());
      clearTimeout(giveUp);
    },
  };
}

async function deliver(
  { work, reach, userAgent, timeoutMs = limits.webhooks.timeoutMs }: SenderOptions,
  request: SignedRequest,
  signal: AbortSignal,
): Promise<void> {
  const at = work.now();
  const began = performance.now();
  const answer = await post(request, { reach, userAgent, timeoutMs, signal });
  if (signal.aborted && answer.status === undefined) return;
  const tookMs = Math.round(performance.now() - began);
  await work.settleRequest(request.deliveryId, { at, tookMs, ...answer });
}
