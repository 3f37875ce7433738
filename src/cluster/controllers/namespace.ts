import type { Cluster } from '../cluster.ts';
import { kinds } from '../kinds/registry.ts';
import type { Controller } from './controller.ts';

/** Empties a namespace that is deleted, then lets it go (upstream's pkg/controller/namespace). */
export const namespaceController: Controller = {
  name: 'namespace-controller',
  watches: ['namespaces'],
  *keys({ resource, before, after }) {
    if (resource !== 'namespaces') return;
    const namespace = after ?? before;
    if (namespace && (!after || after.metadata.deletionTimestamp)) yield namespace.metadata.name;
  },
  sync(cluster, keys) {
    for (const name of keys) {
      const namespace = cluster.store.get('namespaces', '', name);
      if (namespace && !namespace.metadata.deletionTimestamp) continue;
      removeContents(cluster, name);
      if (namespace) cluster.store.remove('namespaces', '', name);
    }
  },
};

function removeContents({ store }: Cluster, namespace: string): void {
  for (const { resource, namespaced } of kinds) {
    if (!namespaced) continue;
    for (const { metadata } of store.list(resource, namespace)) {
      store.remove(resource, namespace, metadata.name);
    }
  }
}
