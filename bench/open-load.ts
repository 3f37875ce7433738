import { Agent, request } from 'node:http';

/** One request and what became of it. */
export interface Outcome {
  /** Status of HTTP; 0 when the connection failed. */
  readonly status: number;
  readonly ms: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

/** Sends one request and reads its answer whole. */
export function send(
  url: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
): Promise<Outcome> {
  const start = performance.now();
  const method = body === undefined ? 'GET' : 'POST';
  const more = body === undefined ? {} : { 'content-type': 'application/json' };
  return new Promise((resolve) => {
    const end = (status: number) => resolve({ status, ms: performance.now() - start });
    const sent = request(url, { method, agent, headers: { ...headers, ...more } }, (reply) => {
      reply.resume();
      reply.on('end', () => end(reply.statusCode ?? 0));
      reply.on('error', () => end(0));
    });
    sent.on('error', () => end(0));
    sent.end(body);
  });
}

/**
 * Offers `perSecond` requests for some seconds, whatever becomes of those before: who overloads a
 * server does not wait for its answers. Resolves when all are answered.
 */
export async function offer(
  perSecond: number,
  seconds: number,
  each: (index: number) => Promise<void>,
): Promise<void> {
  const running: Promise<void>[] = [];
  const start = performance.now();
  const all = Math.round(perSecond * seconds);
  while (running.length < all) {
    const due = Math.min(all, ((performance.now() - start) / 1000) * perSecond);
    while (running.length < due) running.push(each(running.length));
    await pause(2);
  }
  await Promise.all(running);
}

export const pause = (ms: number) => new Promise<void>((later) => setTimeout(later, ms));

/** The value that this share (0 to 1) of all does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
