import { limits } from '../../limits.ts';
import type { Cluster } from '../cluster.ts';
import type { Resource } from '../objects.ts';
import { beginWork } from './bounds.ts';
import type { Controller } from './controller.ts';
import { deploymentController } from './deployment.ts';
import { endpointSliceController } from './endpoint-slice.ts';
import { endpointSliceMirroringController } from './endpoint-slice-mirroring.ts';
import { endpointsController } from './endpoints.ts';
import { garbageCollector } from './garbage-collector.ts';
import { kubelet } from './kubelet.ts';
import { loadBalancerController } from './load-balancer.ts';
import { namespaceController } from './namespace.ts';
import { replicaSetController } from './replica-set.ts';

/**
 * In the order of who goes first when several have something to do: a controller sees the
 * consequences of those before it, and endpoints are computed once the Pods have come to rest.
 */
const controllers: readonly Controller[] = [
  namespaceController,
  garbageCollector,
  replicaSetController,
  kubelet,
  deploymentController,
  loadBalancerController,
  endpointsController,
  endpointSliceController,
  endpointSliceMirroringController,
];

/**
 * Runs the controllers until nothing changes. They look only at what changed since the last call,
 * so that a prepared world costs nothing again. Returns whether they came to rest within the
 * bound of rounds; what is left to do then is picked up by the next call's changes only.
 */
export function settle(cluster: Cluster): boolean {
  const dirty = controllers.map(() => new Set<string>());
  let author: Controller | undefined;
  beginWork(cluster);
  for (let round = 0; round < limits.settleRounds; round += 1) {
    mark(cluster, dirty, author);
    const next = dirty.findIndex((keys) => keys.size > 0);
    const keys = dirty[next];
    if (!keys) return true;
    dirty[next] = new Set();
    author = controllers[next];
    author?.sync(cluster, keys);
  }
  return false;
}

function mark(cluster: Cluster, dirty: readonly Set<string>[], author?: Controller): void {
  for (const change of cluster.store.drain()) {
    for (const index of concernedBy(change.resource)) {
      const controller = controllers[index];
      if (!controller || (controller === author && controller.ignoresOwnWrites)) continue;
      for (const key of controller.keys(change, cluster)) dirty[index]?.add(key);
    }
  }
}

const concerned = new Map<Resource, readonly number[]>();

/** Which of the controllers a resource's changes concern: most have no part in most of them. */
function concernedBy(resource: Resource): readonly number[] {
  const known = concerned.get(resource);
  if (known) return known;
  const found = [...controllers.keys()].filter(
    (index) => controllers[index]?.watches?.includes(resource) ?? true,
  );
  concerned.set(resource, found);
  return found;
}
