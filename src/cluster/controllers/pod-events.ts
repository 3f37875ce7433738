import type { Container } from 'kubernetes-types/core/v1.js';
import type { Cluster, ClusterSettings } from '../cluster.ts';
import type { ObjectOf } from '../objects.ts';
import { probeFailureOf } from './container-status.ts';
import { type Happening, keepsEvents, recordEvents } from './events.ts';

type Pod = ObjectOf<'pods'>;
type Told = Pick<Happening, 'reason' | 'message'> & { readonly type?: 'Warning' };

/** What scheduler and kubelet have to say about a Pod that was just started. */
export function podEvents(cluster: Cluster, pod: Pod): void {
  if (keepsEvents(cluster)) recordEvents(cluster, pod, [scheduled(pod), ...started(cluster, pod)]);
}

/** What the scheduler says of a Pod that has a node. */
export function scheduledEvent(cluster: Cluster, pod: Pod): void {
  recordEvents(cluster, pod, [scheduled(pod)]);
}

/** What the kubelet says of containers that have come to rest. */
export function startedEvents(cluster: Cluster, pod: Pod): void {
  if (keepsEvents(cluster)) recordEvents(cluster, pod, started(cluster, pod));
}

const scheduled = ({ metadata, spec }: Pod): Happening => ({
  type: 'Normal',
  reason: 'Scheduled',
  message: `Successfully assigned ${metadata.namespace}/${metadata.name} to ${spec?.nodeName}`,
  component: 'default-scheduler',
});

const started = ({ settings }: Cluster, pod: Pod): readonly Happening[] => [
  ...containerEvents(settings, pod, 'initContainers'),
  ...containerEvents(settings, pod, 'containers'),
];

export function unscheduledEvent(cluster: Cluster, pod: Pod, message: string): void {
  const component = 'default-scheduler';
  recordEvents(cluster, pod, [{ type: 'Warning', reason: 'FailedScheduling', message, component }]);
}

type Part = 'containers' | 'initContainers';

const statusesOf = {
  containers: 'containerStatuses',
  initContainers: 'initContainerStatuses',
} as const;

function containerEvents(settings: ClusterSettings, pod: Pod, part: Part): Happening[] {
  const host = pod.spec?.nodeName ?? '';
  return (pod.status?.[statusesOf[part]] ?? []).flatMap((status) => {
    const common = { component: 'kubelet', host, fieldPath: `spec.${part}{${status.name}}` };
    const container = pod.spec?.[part]?.find(({ name }) => name === status.name);
    const story = [...containerStory(pod, status), ...probeStory(settings, pod, status, container)];
    return story.map((told) => ({ type: 'Normal', ...told, ...common }));
  });
}

/** A container that runs and is probed in vain is told so again and again; once is written here. */
function* probeStory(
  settings: ClusterSettings,
  pod: Pod,
  { ready, state }: Status,
  container: Container | undefined,
): Iterable<Told> {
  if (ready || !state?.running || !container) return;
  const message = probeFailureOf(settings, pod, container)?.(pod.status?.podIP ?? '');
  if (message !== undefined) yield { type: 'Warning', reason: 'Unhealthy', message };
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
