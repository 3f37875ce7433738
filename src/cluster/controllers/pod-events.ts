import type { Cluster } from '../cluster.ts';
import type { ObjectOf } from '../objects.ts';
import { type Happening, keepsEvents, recordEvent } from './events.ts';

type Pod = ObjectOf<'pods'>;
type Told = Pick<Happening, 'reason' | 'message'> & { readonly type?: 'Warning' };

/** What scheduler and kubelet have to say about a Pod that was just started. */
export function podEvents(cluster: Cluster, pod: Pod): void {
  if (!keepsEvents(cluster)) return;
  const { namespace, name } = pod.metadata;
  const host = pod.spec?.nodeName ?? '';
  recordEvent(cluster, pod, {
    type: 'Normal',
    reason: 'Scheduled',
    message: `Successfully assigned ${namespace}/${name} to ${host}`,
    component: 'default-scheduler',
  });
  const statuses = [
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.containerStatuses ?? []),
  ];
  for (const status of statuses) {
    const part = (pod.status?.initContainerStatuses ?? []).includes(status)
      ? 'initContainers'
      : 'containers';
    for (const { type = 'Normal', reason, message } of containerStory(pod, status)) {
      const fieldPath = `spec.${part}{${status.name}}`;
      recordEvent(cluster, pod, { type, reason, message, component: 'kubelet', host, fieldPath });
    }
  }
}

export function unscheduledEvent(cluster: Cluster, pod: Pod, message: string): void {
  const component = 'default-scheduler';
  recordEvent(cluster, pod, { type: 'Warning', reason: 'FailedScheduling', message, component });
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
