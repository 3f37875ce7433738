import type { Call } from './call.ts';
import { forbiddenBecause, notFound } from './status.ts';

const namespaces = { group: '', kind: 'Namespace', resource: 'namespaces' } as const;

/** New objects need a namespace that stands and stays (admission plugin NamespaceLifecycle). */
export function admitIntoNamespace({ kind, cluster, namespace, name }: Call): void {
  if (!kind.namespaced) return;
  const found = cluster.store.get('namespaces', '', namespace);
  if (!found) throw notFound(namespaces, namespace);
  if (found.metadata.deletionTimestamp === undefined) return;
  const message = `namespace ${namespace} is being terminated`;
  throw forbiddenBecause(
    kind,
    name ?? '',
    `unable to create new content in namespace ${namespace} because it is being terminated`,
    { reason: 'NamespaceTerminating', message, field: 'metadata.namespace' },
  );
}
