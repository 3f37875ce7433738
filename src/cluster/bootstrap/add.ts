import type { Cluster } from '../cluster.ts';
import { stamp } from '../controllers/new-object.ts';
import type { KubeObject } from '../objects.ts';

/** Stores an object that nobody sent: it stands in the cluster from the start. */
export function add<O extends KubeObject>(cluster: Cluster, resource: string, object: O): void {
  cluster.store.put(resource, stamp(cluster, object));
}
