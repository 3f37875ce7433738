import { type Cluster, forkCluster } from '../cluster/cluster.ts';
import { replacePods } from '../cluster/controllers/churn.ts';
import { settle } from '../cluster/controllers/settle.ts';
import type { PodsExpectation } from '../exercise/check-format.ts';
import { type Pod, podsMeant, type Scene } from './scene.ts';

/**
 * The cluster after the answer, when the Pods that are meant were replaced by new ones; all of a
 * controller's where nobody in particular is meant. Pods that nobody asks for cost nothing.
 */
export function churned({ before, after }: Scene, wanted: PodsExpectation | undefined): Cluster {
  const cluster = forkCluster(after);
  if (wanted && isUntouched(before, after)) transplant(cluster, replacementIn(before, wanted));
  else replaceMeant(cluster, wanted);
  return cluster;
}

function replaceMeant(cluster: Cluster, wanted: PodsExpectation | undefined): void {
  const meant = wanted && new Set(podsMeant(cluster, wanted));
  replacePods(cluster, (pod) => meant?.has(pod) ?? true);
}

/** What goes and what comes when the Pods of a world are replaced. */
interface Replacement {
  readonly gone: readonly Pod[];
  readonly come: readonly Pod[];
}

/**
 * Where an answer left workloads and Pods alone, the same Pods come whatever its Services are: no
 * controller of Pods ever looks at a Service. So they are made once a world.
 */
const replacements = new WeakMap<PodsExpectation, WeakMap<Cluster, Replacement>>();

function replacementIn(world: Cluster, wanted: PodsExpectation): Replacement {
  const byWorld = replacements.get(wanted) ?? new WeakMap<Cluster, Replacement>();
  replacements.set(wanted, byWorld);
  const known = byWorld.get(world);
  if (known) return known;
  const cluster = forkCluster(world);
  replaceMeant(cluster, wanted);
  const old = world.store.list('pods');
  const now = cluster.store.list('pods');
  const made = {
    gone: old.filter((pod) => !now.includes(pod)),
    come: now.filter((pod) => !old.includes(pod)),
  };
  byWorld.set(world, made);
  return made;
}

function transplant(cluster: Cluster, { gone, come }: Replacement): void {
  for (const { metadata } of gone) {
    cluster.store.remove('pods', metadata.namespace ?? '', metadata.name);
  }
  for (const pod of come) cluster.store.put('pods', { ...pod, metadata: { ...pod.metadata } });
  settle(cluster);
}

const decisive = ['pods', 'replicasets', 'deployments', 'nodes', 'namespaces'] as const;

function isUntouched(before: Cluster, after: Cluster): boolean {
  return decisive.every((resource) => {
    const old: readonly unknown[] = before.store.list(resource);
    const now: readonly unknown[] = after.store.list(resource);
    return old.length === now.length && old.every((object, index) => object === now[index]);
  });
}
