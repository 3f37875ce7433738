import type { Store } from '../api-server/store.ts';
import type { Cluster } from '../cluster.ts';

/**
 * Remembers what was derived from a cluster for as long as its store does not change, so that a
 * hundred probes of one world cost one reading of it.
 */
export function perVersion<T>(derive: (cluster: Cluster) => T): (cluster: Cluster) => T {
  const known = new WeakMap<Store, { version: number; settings: unknown; value: T }>();
  return (cluster) => {
    const { store, settings } = cluster;
    const entry = known.get(store);
    if (entry && entry.version === store.version() && entry.settings === settings) {
      return entry.value;
    }
    const value = derive(cluster);
    known.set(store, { version: store.version(), settings, value });
    return value;
  };
}
