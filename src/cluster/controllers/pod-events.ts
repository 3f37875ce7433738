import type { Cluster } from '../cluster.ts';
import type { ObjectOf } from '../objects.ts';
import { type Happening, keepsEvents, recordEvents } from './events.ts';

type Pod = ObjectOf<'pods'>;
type Told = Pick<Happening, 'reason' | 'message'> & { readonly type?: 'Warning' };

/** What scheduler and kubelet have to say about a Pod that was just started. */
export function podEvents(cluster: Cluster, pod: Pod): void {
  if (keepsEvents(cluster)) recordEvents(cluster, pod, [scheduled(pod), ...started(pod)]);
}

/** What the scheduler says of a Pod that has a node. */
export function scheduledEvent(cluster: Cluster, pod: Pod): void {
  recordEvents(cluster, pod, [scheduled(pod)]);
}

/** What the kubelet says of containers that have come to rest. */
export function startedEvents(cluster: Cluster, pod: Pod): void {
  if (keepsEvents(cluster)) recordEvents(cluster, pod, started(pod));
}

const scheduled = ({ metadata, spec }: Pod): Happening => ({
  type: 'Normal',
  reason: 'Scheduled',
  message: `Successfully assigned ${metadata.namespace}/${metadata.name} to ${spec?.nodeName}`,
  component: 'default-scheduler',
});

const started = (pod: Pod): readonly Happening[] => [
  ...containerEvents(pod, 'initContainers', pod.status?.initContainerStatuses),
  ...containerEvents(pod, 'containers', pod.status?.containerStatuses),
];

export function unscheduledEvent(cluster: Cluster, pod: Pod, message: string): void {
  const component = 'default-scheduler';
  recordEvents(cluster, pod, [{ type: 'Warning', reason: 'FailedScheduling', message, component }]);
}

function containerEvents(pod: Pod, part: string, statuses: readonly Status[] = []): Happening[] {
  const host = pod.spec?.nodeName ?? '';
  return statuses.flatMap((status) => {
    const common = { component: 'kubelet', host, fieldPath: `spec.${part}{${status.name}}` };
    return [...containerStory(pod, status)].map((told) => ({ type: 'Normal', ...told, ...common }));
  });
}

type Status = NonNullable<NonNullable<Pod['status']>['containerStatuses']>[number];

function* containerStory(pod: Pod, { name, image, state }: Status): Iterable<Told> {
  const waits = state?.waiting?.reason;
  if (waits === 'PodInitializing') return;
  if (waits === 'ImagePullBackOff') {
    yield { reason: 'Pulling', message: `Pulling image "${image}"` };
    const failed = `Failed to pull image "${image}": not found`;
    yield { type: 'Warning', reason: 'Failed', message: failed };
    yield { type: 'Warning', reason: 'Failed', message: 'Error: ErrImagePull' };
    yield { reason: 'BackOff', message: `Back-off pulling image "${image}"` };
    yield { type: 'Warning', reason: 'Failed', message: 'Error: ImagePullBackOff' };
    return;
  }
  yield { reason: 'Pulled', message: `Container image "${image}" already present on machine` };
  yield { reason: 'Created', message: `Created container: ${name}` };
  yield { reason: 'Started', message: `Started container ${name}` };
  if (waits !== 'CrashLoopBackOff') return;
  const { namespace, name: podName, uid } = pod.metadata;
  const message = `Back-off restarting failed container ${name} in pod ${podName}_${namespace}(${uid})`;
  yield { type: 'Warning', reason: 'BackOff', message };
}
