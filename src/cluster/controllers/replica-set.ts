import { removeGracefully } from '../api-server/graceful-deletion.ts';
import type { Cluster } from '../cluster.ts';
import { equalJson } from '../json.ts';
import { keyOf, type ObjectOf } from '../objects.ts';
import { boundOf, reach, takePods } from './bounds.ts';
import { type Controller, splitKey } from './controller.ts';
import { isReady } from './eligible-pods.ts';
import { recordEvents } from './events.ts';
import { selects } from './label-selector.ts';
import { controllerOf } from './new-object.ts';
import { claim } from './ownership.ts';
import { inDeletionOrder } from './pod-ranking.ts';
import { podsFromTemplate } from './pod-template.ts';

type Pod = ObjectOf<'pods'>;
type ReplicaSet = ObjectOf<'replicasets'>;

/** An object's spam filter lets this many events of one kind through at once. */
const eventBurst = 25;

/** Keeps as many Pods of a template as asked for (upstream's pkg/controller/replicaset). */
export const replicaSetController: Controller = {
  name: 'replicaset-controller',
  watches: ['replicasets', 'pods'],
  *keys({ resource, before, after }, { store }) {
    if (resource === 'replicasets' && after) yield keyOf(after);
    if (resource !== 'pods') return;
    for (const pod of [before, after]) {
      const owner = pod && controllerOf(pod);
      if (owner?.kind === 'ReplicaSet') yield `${pod?.metadata.namespace}/${owner.name}`;
    }
    if (!after || controllerOf(after)) return;
    for (const set of store.list('replicasets', after.metadata.namespace)) {
      if (selects(set.spec?.selector, after.metadata.labels)) yield keyOf(set);
    }
  },
  sync(cluster, keys) {
    for (const key of keys) {
      const { namespace, name } = splitKey(key);
      const set = cluster.store.get('replicasets', namespace, name);
      if (set) syncReplicaSet(cluster, set);
    }
  },
};

function syncReplicaSet(cluster: Cluster, set: ReplicaSet): void {
  const mine = claim(cluster, 'pods', set);
  const active = mine.filter(isActive);
  const change = set.metadata.deletionTimestamp ? 0 : (set.spec?.replicas ?? 1) - active.length;
  const added = change > 0 ? grow(cluster, set, change) : [];
  const removed = change < 0 ? shrink(cluster, set, active, -change) : [];
  const gone = new Set(removed);
  const standing = [...active.filter((pod) => !gone.has(pod)), ...added];
  const terminating = mine.filter(({ metadata }) => metadata.deletionTimestamp !== undefined);
  const status = replicaSetStatus(set, standing, terminating.length);
  if (added.length < change) reach(cluster, 'pods');
  if (added.length < change) status.conditions = [failure(cluster)];
  if (equalJson(set.status ?? {}, status)) return;
  cluster.store.put('replicasets', { ...set, metadata: { ...set.metadata }, status });
}

const isActive = ({ metadata, status }: Pod): boolean =>
  metadata.deletionTimestamp === undefined &&
  status?.phase !== 'Succeeded' &&
  status?.phase !== 'Failed';

function grow(cluster: Cluster, set: ReplicaSet, wanted: number): readonly Pod[] {
  const { store } = cluster;
  const most = boundOf(cluster, 'pods');
  const isRoomy = store.size() + wanted <= most;
  const room = isRoomy ? wanted : Math.max(0, most - store.list('pods').length);
  const count = takePods(cluster, set.spec?.template ?? {}, Math.min(wanted, room));
  const pods = podsFromTemplate(cluster, set, count);
  for (const pod of pods) store.put('pods', pod);
  tell(cluster, set, 'SuccessfulCreate', 'Created', pods);
  return pods;
}

function shrink(cluster: Cluster, set: ReplicaSet, active: readonly Pod[], count: number): Pod[] {
  const removed = inDeletionOrder(active).slice(0, count);
  for (const pod of removed) removeGracefully(cluster, 'pods', pod);
  tell(cluster, set, 'SuccessfulDelete', 'Deleted', removed);
  return removed;
}

function tell(
  cluster: Cluster,
  set: ReplicaSet,
  reason: string,
  done: string,
  pods: readonly Pod[],
): void {
  const component = 'replicaset-controller';
  const events = pods.slice(0, eventBurst).map(({ metadata }) => {
    return { type: 'Normal' as const, reason, message: `${done} pod: ${metadata.name}`, component };
  });
  recordEvents(cluster, set, events);
}

/** The cluster is full: what a real one says when a quota stands in the way. */
const failure = (cluster: Cluster) => ({
  lastTransitionTime: `${new Date(cluster.settings.now).toISOString().slice(0, 19)}Z`,
  message: `pods are forbidden: this cluster holds no more than ${boundOf(cluster, 'pods')} of them`,
  reason: 'FailedCreate',
  status: 'True',
  type: 'ReplicaFailure',
});

/** What a ReplicaSet reports of its Pods. At rest, minReadySeconds have passed for all of them. */
function replicaSetStatus(set: ReplicaSet, pods: readonly Pod[], terminating: number) {
  const labels = Object.entries(set.spec?.template?.metadata?.labels ?? {});
  const full = pods.filter(({ metadata }) =>
    labels.every(([key, value]) => metadata.labels?.[key] === value),
  ).length;
  const ready = pods.filter(isReady).length;
  const status: NonNullable<ReplicaSet['status']> & { terminatingReplicas: number } = {
    replicas: pods.length,
    ...(full > 0 && { fullyLabeledReplicas: full }),
    ...(ready > 0 && { readyReplicas: ready }),
    ...(ready > 0 && { availableReplicas: ready }),
    terminatingReplicas: terminating,
    observedGeneration: set.metadata.generation ?? 1,
  };
  return status;
}
