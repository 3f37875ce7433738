import type { PodTemplateSpec } from 'kubernetes-types/core/v1.js';
import { hash32 } from '../fingerprint.ts';

/** The label by which the Pods of one template are told from those of another. */
export const templateHashLabel = 'pod-template-hash';

const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * A short name for the content of a template. As upstream, the decimal digits of a 32-bit hash are
 * spelled in letters that make no words (SafeEncodeString), so only ten of them can occur. The
 * number itself is our own: upstream's depends on the memory layout of Go's types.
 */
export function templateHash(template: PodTemplateSpec | undefined, collisionCount = 0): string {
  const text = JSON.stringify(sorted(template ?? {}));
  const number = hash32(collisionCount > 0 ? `${text}${collisionCount}` : text);
  return Array.from(String(number).padStart(8, '1'), (digit) =>
    alphabet.charAt(digit.charCodeAt(0) % alphabet.length),
  ).join('');
}

/** The same value whatever the order of its keys. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, member]) => [key, sorted(member)]);
}
