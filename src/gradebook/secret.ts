import { createHash, randomBytes } from 'node:crypto';

/** A token's secret: 256 random bits behind a prefix that secret scanners can know. */
export function newSecret(): string {
  return `sl_${randomBytes(32).toString('base64url')}`;
}

/** SHA-256, hexadecimal: random secrets need no slow hash. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** An id in order of time (48 bits of milliseconds, 80 random), so that rows lie as they came. */
export function newIdentity(now: Date = new Date()): string {
  const time = Buffer.alloc(6);
  time.writeUIntBE(now.getTime(), 0, 6);
  return time.toString('hex') + randomBytes(10).toString('hex');
}
