import { timestampOf } from '../api-server/identity.ts';
import type { Cluster } from '../cluster.ts';
import { keyOf, type ObjectOf } from '../objects.ts';
import { type Controller, splitKey } from './controller.ts';
import { type AddressAllocator, addressAllocator, retireAddress } from './pod-address.ts';
import { podEvents, unscheduledEvent } from './pod-events.ts';
import { podStatus, unschedulableStatus } from './pod-status.ts';
import { nodeChooser } from './scheduler.ts';

type Pod = ObjectOf<'pods'>;

/** Marks the key of an address that was given up. */
const retired = 'retired ';

/**
 * Scheduler and kubelets together: a Pod that has no status yet gets a node and an address, its
 * containers become what their images make of them. A Pod that came with a status is taken as
 * observed. Nothing happens where no kubelet runs.
 */
export const kubelet: Controller = {
  name: 'kubelet',
  ignoresOwnWrites: true,
  watches: ['nodes', 'pods'],
  *keys({ resource, before, after }, { settings, store }) {
    if (!settings.kubelet) return;
    const starts = !settings.podSteps;
    if (starts && resource === 'nodes') yield* store.list('pods').filter(isUnscheduled).map(keyOf);
    if (resource !== 'pods') return;
    const pod = after as Pod | undefined;
    if (pod && ((starts && isNew(pod)) || hasOtherImages(pod))) yield keyOf(pod);
    const address = (before as Pod | undefined)?.status?.podIP;
    if (!pod && address) yield retired + address;
  },
  sync(cluster, keys) {
    const time = timestampOf(cluster);
    let chooser: ReturnType<typeof nodeChooser> | undefined;
    let addresses: AddressAllocator | undefined;
    for (const key of keys) {
      if (key.startsWith(retired)) {
        retireAddress(cluster, key.slice(retired.length));
        continue;
      }
      const { namespace, name } = splitKey(key);
      const pod = cluster.store.get('pods', namespace, name);
      if (!pod) continue;
      if (!isNew(pod) && !isUnscheduled(pod)) {
        if (hasOtherImages(pod)) restart(cluster, pod, time);
        continue;
      }
      chooser ??= nodeChooser(cluster);
      addresses ??= addressAllocator(cluster);
      start(cluster, pod, { choose: chooser, addresses, time });
    }
    addresses?.close();
  },
};

/** Only the API server has touched it. */
export const isNew = ({ metadata, status }: Pod): boolean =>
  metadata.deletionTimestamp === undefined &&
  !status?.conditions?.length &&
  !status?.podIP &&
  !status?.containerStatuses?.length &&
  (status?.phase ?? 'Pending') === 'Pending';

export const isUnscheduled = ({ status }: Pod): boolean =>
  status?.conditions?.some(
    ({ type, reason }) => type === 'PodScheduled' && reason === 'Unschedulable',
  ) ?? false;

/** Whether a container's image was changed under a running Pod. */
function hasOtherImages({ spec, status }: Pod): boolean {
  const images = new Map(spec?.containers.map(({ name, image }) => [name, image]));
  return (
    status?.containerStatuses?.some(({ name, image }) => {
      const wanted = images.get(name);
      return wanted !== undefined && wanted !== image;
    }) ?? false
  );
}

interface Tools {
  readonly choose: ReturnType<typeof nodeChooser>;
  readonly addresses: AddressAllocator;
  readonly time: string;
}

function start(cluster: Cluster, pod: Pod, { choose, addresses, time }: Tools): void {
  const placed = choose(pod);
  if ('refused' in placed) {
    if (isUnscheduled(pod) || pod.spec?.nodeName) return;
    const status = unschedulableStatus(pod, placed.refused, time);
    cluster.store.put('pods', { ...pod, metadata: { ...pod.metadata }, status });
    unscheduledEvent(cluster, pod, placed.refused);
    return;
  }
  const { node } = placed;
  const hostIP =
    node.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '127.0.0.1';
  const podIP = pod.spec?.hostNetwork ? hostIP : addresses.next(node);
  const status = podStatus(cluster.settings, pod, { hostIP, podIP, time });
  const spec = {
    ...pod.spec,
    containers: pod.spec?.containers ?? [],
    nodeName: node.metadata.name,
  };
  const started = { ...pod, metadata: { ...pod.metadata }, spec, status };
  cluster.store.put('pods', started);
  podEvents(cluster, started);
}

/** The containers with another image start anew; node and address stay. */
function restart(cluster: Cluster, pod: Pod, time: string): void {
  const { hostIP = '', podIP = '', startTime } = pod.status ?? {};
  const status = podStatus(cluster.settings, pod, { hostIP, podIP, time });
  if (startTime !== undefined) status.startTime = startTime;
  cluster.store.put('pods', { ...pod, metadata: { ...pod.metadata }, status });
}
