import type { Role } from './actor.ts';
import type { Instant } from './course.ts';

/** A token as it may be shown: never its secret, which is kept only as a hash. */
export interface Token {
  readonly id: string;
  readonly label: string;
  readonly role: Role;
  readonly courseIds: readonly string[];
  readonly learnerId?: string;
  readonly createdAt: Instant;
  readonly expiresAt?: Instant;
  readonly revokedAt?: Instant;
  /** To the minute: written behind the requests, not with each. */
  readonly lastUsedAt?: Instant;
}
