import type { Cluster } from '../cluster.ts';
import type { KubeObject } from '../objects.ts';

/** An internal resource: no API path leads to it. */
const resource = 'sequences';

interface Sequence extends KubeObject {
  readonly next: number;
}

/**
 * Takes `count` numbers that were never taken before in this cluster and returns the first. It
 * stands for what a real cluster keeps in allocators and random generators; being in the store, it
 * forks with the cluster.
 */
export function takeNumbers(cluster: Cluster, name: string, count = 1): number {
  const first = peekNumber(cluster, name);
  setNumber(cluster, name, first + count);
  return first;
}

/** The number that would be taken next. */
export function peekNumber(cluster: Cluster, name: string): number {
  const found = cluster.store.get(resource, '', name) as Sequence | undefined;
  return found?.next ?? 0;
}

/** Makes sure that numbers below `next` are never taken. */
export function skipNumbers(cluster: Cluster, name: string, next: number): void {
  if (next > peekNumber(cluster, name)) setNumber(cluster, name, next);
}

function setNumber(cluster: Cluster, name: string, next: number): void {
  const sequence: Sequence = {
    apiVersion: 'internal/v1',
    kind: 'Sequence',
    metadata: { name },
    next,
  };
  cluster.store.put(resource, sequence);
}
