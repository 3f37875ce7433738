import type { Cluster } from '../../../cluster/cluster.ts';
import { platforms } from '../../../cluster/network/platform.ts';
import type { ProbeSource } from '../../../cluster/network/probe.ts';
import { labelsText, type Pod, type Service } from '../../scene.ts';

/** The Services of learners and exercises, without the system's own. */
export const servicesIn = (cluster: Cluster): readonly Service[] =>
  cluster.store
    .list('services')
    .filter(
      ({ metadata: { namespace, name } }) =>
        namespace !== 'kube-system' && !(namespace === 'default' && name === 'kubernetes'),
    );

/**
 * Everybody who may knock: Pods, nodes, the outside. Of Pods that no client's view could differ
 * between (same namespace, node, labels and resolver) one speaks for all, and its name counts
 * only where no controller may give it another.
 */
export function clientsIn(cluster: Cluster): readonly ProbeSource[] {
  const alike = new Map<string, Pod>();
  for (const pod of cluster.store.list('pods')) {
    const key = sortOf(pod);
    if (pod.metadata.namespace !== 'kube-system' && !alike.has(key)) alike.set(key, pod);
  }
  const pods = [...alike]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([
        ,
        {
          metadata: { namespace = '', name },
        },
      ]) => ({ kind: 'pod', namespace, name }) as const,
    );
  const nodes = cluster.store
    .list('nodes')
    .map(({ metadata: { name } }) => ({ kind: 'node', name }) as const);
  return [...pods, ...nodes, { kind: 'outside' }];
}

function sortOf({ metadata, spec }: Pod): string {
  const { namespace, ownerReferences = [], labels } = metadata;
  const { nodeName, hostNetwork, dnsPolicy, dnsConfig, hostAliases } = spec ?? {};
  const own = ownerReferences.length === 0 ? metadata.name : '';
  const resolver = [hostNetwork, dnsPolicy, dnsConfig, hostAliases];
  return JSON.stringify([namespace, own, stableLabels(labels), nodeName, resolver]);
}

/** Labels as they are after any replacement: what controllers count up is left out. */
export function stableLabels(labels: Readonly<Record<string, string>> | undefined): string {
  const kept = Object.entries(labels ?? {}).filter(([key]) => !countedUp.has(key));
  return labelsText(Object.fromEntries(kept));
}

const countedUp = new Set(['pod-template-hash', 'controller-revision-hash']);

/** The addresses at which somebody could come in to a Service from outside. */
export function waysIn(cluster: Cluster, { spec, status }: Service): readonly string[] {
  const { nodes } = platforms[cluster.settings.platform];
  const balancers = status?.loadBalancer?.ingress ?? [];
  return [
    'localhost',
    ...nodes.flatMap(({ internalIP, externalIP }) => [internalIP, externalIP ?? []].flat()),
    ...balancers.flatMap(({ ip, hostname }) => [ip ?? [], hostname ?? []].flat()),
    ...(spec?.externalIPs ?? []),
  ];
}
