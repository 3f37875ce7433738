import { type Cluster, forkCluster } from '../cluster/cluster.ts';
import { replacePods } from '../cluster/controllers/churn.ts';
import { hasManagedEndpoints } from '../cluster/controllers/eligible-pods.ts';
import { settle } from '../cluster/controllers/settle.ts';
import { kinds } from '../cluster/kinds/registry.ts';
import { type KubeObject, keyOf } from '../cluster/objects.ts';
import type { PodsExpectation } from '../exercise/check-format.ts';
import { podsMeant, type Scene } from './scene.ts';

/**
 * The cluster after the answer, when the Pods that are meant were replaced by new ones; all of a
 * controller's where nobody in particular is meant. Pods that nobody asks for cost nothing.
 */
export function churned({ before, after }: Scene, wanted: PodsExpectation | undefined): Cluster {
  if (wanted && isUntouched(before, after) && !isLetGo(before, after)) {
    const cluster = forkCluster(replaced(before, wanted));
    carryOver(cluster, before, after);
    return cluster;
  }
  const cluster = forkCluster(after);
  replaceMeant(cluster, wanted);
  return cluster;
}

function replaceMeant(cluster: Cluster, wanted: PodsExpectation | undefined): void {
  const meant = wanted && new Set(podsMeant(cluster, wanted));
  replacePods(cluster, (pod) => meant?.has(pod) ?? true);
}

/**
 * Where an answer left workloads and Pods alone, the same Pods come whatever its Services are: no
 * controller of Pods ever looks at a Service. So the world after the change is made once, and each
 * answer pays in it for what is its own.
 */
const replacements = new WeakMap<PodsExpectation, WeakMap<Cluster, Cluster>>();

function replaced(world: Cluster, wanted: PodsExpectation): Cluster {
  const byWorld = replacements.get(wanted) ?? new WeakMap<Cluster, Cluster>();
  replacements.set(wanted, byWorld);
  const known = byWorld.get(world);
  if (known) return known;
  const cluster = forkCluster(world);
  replaceMeant(cluster, wanted);
  byWorld.set(world, cluster);
  return cluster;
}

/** Does to another world what the answer did to its own; what follows from it, controllers do. */
function carryOver(cluster: Cluster, before: Cluster, after: Cluster): void {
  for (const { resource } of kinds) {
    if (resource === 'events') continue;
    const old: readonly KubeObject[] = before.store.list(resource);
    const now: readonly KubeObject[] = after.store.list(resource);
    if (old === now) continue;
    for (const { metadata } of without(old, now.map(keyOf))) {
      cluster.store.remove(resource, metadata.namespace ?? '', metadata.name);
    }
    const same = new Set(old);
    for (const object of now) {
      if (same.has(object) || isDerived(after, resource, object)) continue;
      cluster.store.put(resource, { ...object, metadata: { ...object.metadata } } as never);
    }
  }
  settle(cluster);
}

const without = (objects: readonly KubeObject[], keys: readonly string[]) => {
  const kept = new Set(keys);
  return objects.filter((object) => !kept.has(keyOf(object)));
};

/** Whether a controller makes it anew: it owns it, or a selector says what stands in it. */
function isDerived(cluster: Cluster, resource: string, object: KubeObject): boolean {
  const { namespace = '', name, ownerReferences = [] } = object.metadata;
  if (resource !== 'endpoints') return ownerReferences.some(({ controller }) => controller);
  const service = cluster.store.get('services', namespace, name);
  return service !== undefined && hasManagedEndpoints(service);
}

/** Whether controllers no longer keep a Service of the world: what was written last stays there. */
const isLetGo = (before: Cluster, after: Cluster): boolean =>
  before.store.list('services').some((service) => {
    const { namespace = '', name } = service.metadata;
    const now = after.store.get('services', namespace, name);
    return now && now !== service && hasManagedEndpoints(service) && !hasManagedEndpoints(now);
  });

const decisive = ['pods', 'replicasets', 'deployments', 'nodes', 'namespaces'] as const;

function isUntouched(before: Cluster, after: Cluster): boolean {
  return decisive.every((resource) => {
    const old: readonly unknown[] = before.store.list(resource);
    const now: readonly unknown[] = after.store.list(resource);
    return old.length === now.length && old.every((object, index) => object === now[index]);
  });
}
