import type { PodTemplateSpec } from 'kubernetes-types/core/v1.js';
import { limits } from '../../limits.ts';
import type { Store } from '../api-server/store.ts';
import type { Cluster } from '../cluster.ts';
import type { Finding } from '../finding.ts';

/** What the controllers of a cluster may make: Pods in all, endpoints in each coming to rest. */
export type Bound = 'pods' | 'endpoints';

interface Work {
  endpoints: number;
  podParts: number;
  readonly reached: Set<Bound>;
}

/** Counts, never time: the same world always stops at the same place. */
const works = new WeakMap<Store, Work>();

/** The cluster's own bound, or the product's. */
export const boundOf = ({ settings }: Cluster, bound: Bound): number =>
  settings.bounds?.[bound] ?? limits[bound];

/** A new coming to rest may write as much as any other. */
export function beginWork(cluster: Cluster): void {
  const work = workOf(cluster);
  work.endpoints = 0;
  work.podParts = 0;
}

/** Notes that controllers left something undone. */
export function reach(cluster: Cluster, bound: Bound): void {
  workOf(cluster).reached.add(bound);
}

/**
 * Whether a Service's endpoints may still be computed: every one of its Pods counts once for each
 * of its ports, and once for each controller that writes them.
 */
export function takeEndpoints(cluster: Cluster, pods: number, ports: number): boolean {
  const work = workOf(cluster);
  const next = work.endpoints + pods * Math.max(1, ports);
  if (next > boundOf(cluster, 'endpoints')) {
    work.reached.add('endpoints');
    return false;
  }
  work.endpoints = next;
  return true;
}

/** How many Pods of a template may be started, of so many that are wanted. */
export function takePods(cluster: Cluster, { metadata, spec }: PodTemplateSpec, wanted: number) {
  const work = workOf(cluster);
  const { labels = {}, annotations = {} } = metadata ?? {};
  const { containers = [], initContainers = [] } = spec ?? {};
  const count = (members: object): number => Object.keys(members).length;
  const parts = count(labels) + count(annotations);
  const each = parts + containerParts * (containers.length + initContainers.length);
  const most = limits.podParts * (boundOf(cluster, 'pods') / limits.pods) - work.podParts;
  const taken = Math.min(wanted, Math.max(0, Math.floor(most / Math.max(1, each))));
  work.podParts += taken * each;
  return taken;
}

/** What a container costs beside a label: its state, its ports, its part in events. */
const containerParts = 10;

/** What controllers left undone since the last call, for the learner to read. */
export function takeReached(cluster: Cluster): readonly Finding[] {
  const { reached } = workOf(cluster);
  const bounds = [...reached].sort();
  reached.clear();
  return bounds.map((bound) => {
    const parameters = { limit: boundOf(cluster, bound) };
    return { code: `limit-${bound}`, severity: 'error', parameters };
  });
}

function workOf({ store }: Cluster): Work {
  const known = works.get(store);
  if (known) return known;
  const work: Work = { endpoints: 0, podParts: 0, reached: new Set() };
  works.set(store, work);
  return work;
}
