import type { ObjectOf } from '../objects.ts';
import { isReady } from './eligible-pods.ts';

type Pod = ObjectOf<'pods'>;

const phaseRank: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };
const deletionCost = 'controller.kubernetes.io/pod-deletion-cost';

const restarts = ({ status }: Pod): number =>
  Math.max(0, ...(status?.containerStatuses ?? []).map(({ restartCount }) => restartCount));

/** What makes a Pod go first when its ReplicaSet shrinks: each rule decides where those before tie. */
const rules: readonly ((pod: Pod, sharing: ReadonlyMap<string, number>) => number)[] = [
  ({ spec }) => (spec?.nodeName ? 1 : 0),
  ({ status }) => phaseRank[status?.phase ?? 'Pending'] ?? 0,
  (pod) => (isReady(pod) ? 1 : 0),
  ({ metadata }) => Number(metadata.annotations?.[deletionCost] ?? 0) || 0,
  ({ spec }, sharing) => -(sharing.get(spec?.nodeName ?? '') ?? 0),
  (pod) => -restarts(pod),
  ({ metadata }) => -Date.parse(metadata.creationTimestamp ?? ''),
];

/**
 * The Pods in the order in which a shrinking ReplicaSet gives them up: unassigned, pending, not
 * ready and cheap ones first, then crowded nodes, then the youngest (ActivePodsWithRanks in
 * upstream's pkg/controller). What still ties goes by age of the last write, then by name.
 */
export function inDeletionOrder(pods: readonly Pod[], related: readonly Pod[] = pods): Pod[] {
  const sharing = new Map<string, number>();
  for (const { spec } of related) {
    sharing.set(spec?.nodeName ?? '', (sharing.get(spec?.nodeName ?? '') ?? 0) + 1);
  }
  const ranked = pods.map((pod) => ({ pod, ranks: rules.map((rule) => rule(pod, sharing)) }));
  ranked.sort((a, b) => {
    for (const [index, rank] of a.ranks.entries()) {
      const other = b.ranks[index] ?? 0;
      if (rank !== other) return rank - other;
    }
    return version(b.pod) - version(a.pod) || (a.pod.metadata.name < b.pod.metadata.name ? -1 : 1);
  });
  return ranked.map(({ pod }) => pod);
}

const version = ({ metadata }: Pod): number => Number(metadata.resourceVersion ?? 0);
