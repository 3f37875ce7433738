import { timingSafeEqual } from 'node:crypto';
import type { Actor } from './actor.ts';
import type { Instant } from './course.ts';
import type { GradebookParts } from './create-gradebook.ts';
import type { TokenRow } from './ports.ts';
import { Refusal } from './refusal.ts';

/** How old a token's last use may get before it is written again, in milliseconds. */
const useGrain = 60_000;

/** Longer than any secret of ours: not worth hashing. */
const longestSecret = 512;

/** Knows tokens by their secrets, and remembers when they were used. */
export class Doorkeeper {
  readonly #parts: GradebookParts;
  #uses = new Map<string, Instant>();
  #writtenAt: number;

  constructor(parts: GradebookParts) {
    this.#parts = parts;
    this.#writtenAt = parts.now().getTime();
  }

  async authenticate(secret: string): Promise<Actor | undefined> {
    if (secret.length > longestSecret) return undefined;
    const hash = this.#parts.hash(secret);
    const row = await this.#parts.store.tokenByHash(hash);
    const now = this.#parts.now();
    if (row === undefined || !sameText(row.hash, hash) || !isValid(row, now)) return undefined;
    if (row.suspended) throw suspended();
    this.#noteUse(row, now);
    return actorOf(row);
  }

  /** Writes down the uses since the last time. */
  async writeUses(): Promise<void> {
    const uses = this.#uses;
    if (uses.size === 0) return;
    this.#uses = new Map();
    await this.#parts.store.touchTokens(uses);
  }

  /** Behind the request: no answer waits for it, and a failure loses only the time of a use. */
  #noteUse(row: TokenRow, now: Date): void {
    const last = row.lastUsedAt === undefined ? 0 : Date.parse(row.lastUsedAt);
    if (now.getTime() - last >= useGrain) this.#uses.set(row.id, now.toISOString());
    if (now.getTime() - this.#writtenAt < useGrain) return;
    this.#writtenAt = now.getTime();
    this.writeUses().catch(() => undefined);
  }
}

function suspended(): Refusal {
  return new Refusal('forbidden', 'You are no longer active in this course: ask your instructor.');
}

function isValid(row: TokenRow, now: Date): boolean {
  const expired = row.expiresAt !== undefined && row.expiresAt <= now.toISOString();
  return row.revokedAt === undefined && !expired;
}

function actorOf({ id, role, courseIds, learnerId }: TokenRow): Actor {
  return { tokenId: id, role, courseIds, ...(learnerId !== undefined && { learnerId }) };
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
