import type { ContainerStatus, PodCondition } from 'kubernetes-types/core/v1.js';
import { timestampOf } from '../api-server/identity.ts';
import type { Cluster } from '../cluster.ts';
import type { ObjectOf } from '../objects.ts';

type Pod = ObjectOf<'pods'>;

/**
 * What the kubelet reports when the main process of a running container ends: the restart policy
 * says whether the container starts anew, and once none runs any more the Pod is over
 * (kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle). Nothing where it does not run.
 */
export function endContainer(
  cluster: Cluster,
  place: { readonly namespace: string; readonly pod: string; readonly container: string },
  exitCode: number,
): void {
  const pod = cluster.store.get('pods', place.namespace, place.pod);
  const { containerStatuses = [] } = pod?.status ?? {};
  const before = containerStatuses.find(({ name }) => name === place.container);
  if (!pod || !before?.state?.running) return;
  const time = timestampOf(cluster);
  const after = ended(before, exitCode, restarts(pod, exitCode), time);
  const statuses = containerStatuses.map((each) => (each === before ? after : each));
  cluster.store.put('pods', {
    ...pod,
    metadata: { ...pod.metadata },
    status: over(pod, statuses, time),
  });
}

const restarts = ({ spec }: Pod, exitCode: number): boolean => {
  const policy = spec?.restartPolicy ?? 'Always';
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
};

function ended(
  status: ContainerStatus,
  exitCode: number,
  restart: boolean,
  time: string,
): ContainerStatus {
  const { containerID } = status;
  const terminated = {
    ...(containerID !== undefined && { containerID }),
    exitCode,
    finishedAt: time,
    reason: exitCode === 0 ? 'Completed' : 'Error',
    startedAt: status.state?.running?.startedAt ?? time,
  };
  if (!restart) return { ...status, ready: false, started: false, state: { terminated } };
  return {
    ...status,
    lastState: { terminated },
    restartCount: status.restartCount + 1,
    state: { running: { startedAt: time } },
  };
}

function over(
  pod: Pod,
  containerStatuses: ContainerStatus[],
  time: string,
): NonNullable<Pod['status']> {
  const status = { ...pod.status, containerStatuses };
  const codes = containerStatuses.map(({ state }) => state?.terminated?.exitCode);
  const unready = containerStatuses.filter(({ ready }) => !ready).map(({ name }) => name);
  if (unready.length === 0) return status;
  const isOver = !codes.includes(undefined);
  const failed = codes.some((code) => code !== 0);
  const phase = failed ? 'Failed' : 'Succeeded';
  const reason = isOver ? `Pod${failed ? 'Failed' : 'Completed'}` : 'ContainersNotReady';
  const why = isOver
    ? { reason }
    : { message: `containers with unready status: [${unready.join(' ')}]`, reason };
  const conditions = (status.conditions ?? []).map((condition): PodCondition => {
    const { type } = condition;
    if (type !== 'Ready' && type !== 'ContainersReady') return condition;
    const { message: _message, ...rest } = condition;
    return { ...rest, lastTransitionTime: time, status: 'False', ...why };
  });
  return { ...status, conditions, ...(isOver && { phase }) };
}
