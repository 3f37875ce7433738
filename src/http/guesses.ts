import { createHash } from 'node:crypto';
import { limits } from '../limits.ts';

interface Failures {
  readonly count: number;
  readonly last: number;
  readonly waitUntil: number;
}

/**
 * Slows the guessing of tokens: after some wrong ones, an address waits before its next unknown
 * token is even looked up, twice as long each time. Tokens that were valid lately are let through
 * all the while, so whoever shares the address with a guesser notices nothing.
 */
export class Guesses {
  readonly #now: () => number;
  readonly #failures = new Map<string, Failures>();
  readonly #known = new Set<string>();

  /** `now` in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Seconds until a token from that address is looked up again; 0 for at once. */
  waitOf(address: string, secret: string): number {
    const failures = this.#failures.get(address);
    if (failures === undefined) return 0;
    const wait = failures.waitUntil - this.#now();
    return wait <= 0 || this.#known.has(digestOf(secret)) ? 0 : Math.ceil(wait / 1000);
  }

  wrong(address: string): void {
    const { free, firstWaitMs, longestWaitMs, forgottenAfterMs, addresses } = limits.guesses;
    const now = this.#now();
    const before = this.#failures.get(address);
    const past = before !== undefined && now - before.last < forgottenAfterMs ? before.count : 0;
    const count = past + 1;
    const wait = count < free ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** (count - free));
    this.#failures.delete(address);
    this.#failures.set(address, { count, last: now, waitUntil: now + wait });
    forgetOldest(this.#failures, addresses);
  }

  right(secret: string): void {
    const digest = digestOf(secret);
    if (this.#known.has(digest)) return;
    this.#known.add(digest);
    forgetOldest(this.#known, limits.guesses.knownTokens);
  }
}

function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64');
}

function forgetOldest(
  kept: { size: number; keys(): Iterator<string>; delete(key: string): boolean },
  most: number,
): void {
  while (kept.size > most) {
    const oldest = kept.keys().next();
    if (oldest.done === true) return;
    kept.delete(oldest.value);
  }
}
