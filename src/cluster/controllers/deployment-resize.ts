import type { Cluster } from '../cluster.ts';
import { equalJson } from '../json.ts';
import type { ObjectOf } from '../objects.ts';
import { scaleAnnotations } from './deployment-revision.ts';
import { replicasOf } from './deployment-scale.ts';
import { recordAgain } from './events.ts';

/**
 * Writes the size of a ReplicaSet, and what it was sized for. Says whether the size changed; a
 * change is an event of the Deployment.
 */
export function scaleSet(
  cluster: Cluster,
  deployment: ObjectOf<'deployments'>,
  set: ObjectOf<'replicasets'>,
  size: number,
): boolean {
  const before = replicasOf(set);
  const annotations = { ...set.metadata.annotations, ...scaleAnnotations(deployment) };
  const resized = before !== size;
  const noted = before > 0 || resized;
  if (!resized && (!noted || equalJson(annotations, set.metadata.annotations))) return false;
  const generation = (set.metadata.generation ?? 1) + (resized ? 1 : 0);
  const metadata = { ...set.metadata, annotations, generation };
  const spec = { ...set.spec, selector: set.spec?.selector ?? {}, replicas: size };
  cluster.store.put('replicasets', { ...set, metadata, spec });
  if (resized) tellScaled(cluster, deployment, set.metadata.name, before, size);
  return resized;
}

export function tellScaled(
  cluster: Cluster,
  deployment: ObjectOf<'deployments'>,
  name: string,
  before: number,
  after: number,
): void {
  const direction = after > before ? 'up' : 'down';
  recordAgain(cluster, deployment, {
    type: 'Normal',
    reason: 'ScalingReplicaSet',
    message: `Scaled ${direction} replica set ${name} from ${before} to ${after}`,
    component: 'deployment-controller',
  });
}
