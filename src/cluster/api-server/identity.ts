import { createHash } from 'node:crypto';
import type { Cluster } from '../cluster.ts';
import type { KubeObject } from '../objects.ts';

/** The cluster's time as the API writes it: RFC 3339, whole seconds, UTC. */
export const timestampOf = (cluster: Cluster): string =>
  `${new Date(cluster.settings.now).toISOString().slice(0, 19)}Z`;

/** A uid in the form of a version 4 UUID, made from what the object is and when it came. */
export function uidOf(cluster: Cluster, object: KubeObject): string {
  const { namespace = '', name } = object.metadata;
  const hex = createHash('sha256')
    .update(`${object.kind}/${namespace}/${name}/${cluster.store.version()}`)
    .digest('hex');
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** The name for `generateName`: five more letters of upstream's alphabet, the base cut to fit. */
export function generatedName(cluster: Cluster, base: string): string {
  const digest = createHash('sha256').update(`${base}/${cluster.store.version()}`).digest();
  const suffix = Array.from(digest.subarray(0, 5), (byte) => alphabet.charAt(byte % 27));
  return base.slice(0, 58) + suffix.join('');
}
