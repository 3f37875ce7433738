import type { Cluster } from '../cluster.ts';
import type { KubeObject } from '../objects.ts';

/** Where the store keeps what a kubeconfig would: no API serves it. */
const resource = 'kubeconfigs';

interface StoredContext extends KubeObject {
  readonly namespace: string;
}

/** The namespace that `config set-context --current --namespace` has set, if it has. */
export function contextNamespace(cluster: Cluster): string | undefined {
  const stored = cluster.store.get(resource, '', 'current') as StoredContext | undefined;
  return stored?.namespace || undefined;
}

/** Sets the namespace of the current context; it is forked with the cluster. */
export function setContextNamespace(cluster: Cluster, namespace: string): void {
  const stored: StoredContext = {
    apiVersion: 'v1',
    kind: 'Config',
    metadata: { name: 'current' },
    namespace,
  };
  cluster.store.put<string>(resource, stored);
}
