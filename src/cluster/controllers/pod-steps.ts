import type { ContainerStatus } from 'kubernetes-types/core/v1.js';
import { timestampOf } from '../api-server/identity.ts';
import type { Cluster } from '../cluster.ts';
import type { ObjectOf } from '../objects.ts';
import { isNew, isUnscheduled } from './kubelet.ts';
import { addressAllocator } from './pod-address.ts';
import { scheduledEvent, startedEvents, unscheduledEvent } from './pod-events.ts';
import { creatingStatus, podStatus, unschedulableStatus } from './pod-status.ts';
import { nodeChooser } from './scheduler.ts';

type Pod = ObjectOf<'pods'>;

/** What scheduler and kubelet do to a Pod one after the other, where a clock paces them. */
export type PodStep = 'schedule' | 'create' | 'start' | 'stop';

/** The step that a Pod waits for; undefined for one at rest, or that came with a status. */
export function nextPodStep(pod: Pod): PodStep | undefined {
  const { metadata, spec, status } = pod;
  if (metadata.deletionTimestamp !== undefined) return spec?.nodeName ? 'stop' : undefined;
  if (isNew(pod) || isUnscheduled(pod)) return 'schedule';
  if (!isScheduled(pod) || status?.phase !== 'Pending') return undefined;
  if (!status.containerStatuses?.length) return 'create';
  return status.podIP || !isBeingCreated(status.containerStatuses) ? undefined : 'start';
}

/** Takes the step the Pod waits for. It is done when it is written; controllers see it after. */
export function takePodStep(cluster: Cluster, namespace: string, name: string): void {
  const pod = cluster.store.get('pods', namespace, name);
  const step = pod && nextPodStep(pod);
  if (pod && step) steps[step](cluster, pod);
}

const steps: Readonly<Record<PodStep, (cluster: Cluster, pod: Pod) => void>> = {
  schedule,
  create,
  start,
  stop: ({ store }, { metadata }) => {
    store.remove('pods', metadata.namespace ?? '', metadata.name);
  },
};

const isScheduled = ({ spec, status }: Pod): boolean =>
  spec?.nodeName !== undefined &&
  (status?.conditions ?? []).some(
    ({ type, status: is }) => type === 'PodScheduled' && is === 'True',
  );

const isBeingCreated = (statuses: readonly ContainerStatus[]): boolean =>
  statuses.every(({ state }) => {
    const reason = state?.waiting?.reason;
    return reason === 'ContainerCreating' || reason === 'PodInitializing';
  });

function schedule(cluster: Cluster, pod: Pod): void {
  const time = timestampOf(cluster);
  const placed = nodeChooser(cluster)(pod);
  if ('refused' in placed) {
    if (isUnscheduled(pod) || pod.spec?.nodeName) return;
    write(cluster, { ...pod, status: unschedulableStatus(pod, placed.refused, time) });
    unscheduledEvent(cluster, pod, placed.refused);
    return;
  }
  const spec = { ...pod.spec, containers: pod.spec?.containers ?? [] };
  const scheduled = {
    lastProbeTime: null as never,
    lastTransitionTime: time,
    status: 'True',
    type: 'PodScheduled',
  };
  const status = { ...pod.status, phase: 'Pending', conditions: [scheduled] };
  const { name: nodeName } = placed.node.metadata;
  scheduledEvent(cluster, write(cluster, { ...pod, spec: { ...spec, nodeName }, status }));
}

function create(cluster: Cluster, pod: Pod): void {
  const time = timestampOf(cluster);
  write(cluster, { ...pod, status: creatingStatus(pod, hostOf(cluster, pod), time) });
}

function start(cluster: Cluster, pod: Pod): void {
  const node = cluster.store.get('nodes', '', pod.spec?.nodeName ?? '');
  const hostIP = hostOf(cluster, pod);
  const addresses = addressAllocator(cluster);
  const podIP = pod.spec?.hostNetwork || !node ? hostIP : addresses.next(node);
  addresses.close();
  const place = { hostIP, podIP, time: timestampOf(cluster) };
  const status = podStatus(cluster.settings, pod, place);
  const { startTime, conditions = [] } = pod.status ?? {};
  if (startTime !== undefined) status.startTime = startTime;
  status.conditions = (status.conditions ?? []).map((now) => {
    const before = conditions.find(
      ({ type, status: is }) => type === now.type && is === now.status,
    );
    return before ?? now;
  });
  startedEvents(cluster, write(cluster, { ...pod, status }));
}

function hostOf({ store }: Cluster, { spec }: Pod): string {
  const node = store.get('nodes', '', spec?.nodeName ?? '');
  return node?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '127.0.0.1';
}

const write = ({ store }: Cluster, pod: Pod): Pod =>
  store.put('pods', { ...pod, metadata: { ...pod.metadata } });
