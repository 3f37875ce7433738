import type { Cluster } from '../cluster.ts';
import type { ObjectOf } from '../objects.ts';
import { controllerOf } from './new-object.ts';
import { settle } from './settle.ts';

type Pod = ObjectOf<'pods'>;

/**
 * Deletes every Pod that a controller owns, and lets others come in their place: under new names,
 * at addresses that were never used before. What clings to a Pod's name or address breaks.
 * Returns how many were replaced.
 */
export function replacePods(
  cluster: Cluster,
  predicate: (pod: Pod) => boolean = () => true,
): number {
  const owned = cluster.store.list('pods').filter((pod) => controllerOf(pod) && predicate(pod));
  for (const { metadata } of owned) {
    cluster.store.remove('pods', metadata.namespace ?? '', metadata.name);
  }
  settle(cluster);
  return owned.length;
}
