import type { Cluster, ClusterSettings } from '../cluster.ts';
import { fingerprint } from '../fingerprint.ts';
import type { KubeObject } from '../objects.ts';

/** The cluster's time as the API writes it: RFC 3339, whole seconds, UTC. */
export function timestampOf({ settings }: Cluster): string {
  const known = timestamps.get(settings);
  if (known !== undefined) return known;
  const text = `${new Date(settings.now).toISOString().slice(0, 19)}Z`;
  timestamps.set(settings, text);
  return text;
}

const timestamps = new WeakMap<ClusterSettings, string>();

/** A uid in the form of a version 4 UUID, made from what the object is and when it came. */
export function uidOf(cluster: Cluster, object: KubeObject): string {
  const { namespace = '', name } = object.metadata;
  const what = `${object.kind}/${namespace}/${name}/${cluster.store.version()}`;
  const hex = fingerprint(what, 4);
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4];
  const [low, mid, high] = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(13, 16)];
  return `${low}-${mid}-4${high}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** The name for `generateName`: five more letters of upstream's alphabet, the base cut to fit. */
export function generatedName(cluster: Cluster, base: string): string {
  const hex = fingerprint(`${base}/${cluster.store.version()}`, 5);
  const suffix = Array.from({ length: 5 }, (_, index) => {
    return alphabet.charAt(Number.parseInt(hex.slice(index * 8, index * 8 + 8), 16) % 27);
  });
  return base.slice(0, 58) + suffix.join('');
}
