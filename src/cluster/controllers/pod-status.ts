import type { Container, ContainerStatus, PodCondition } from 'kubernetes-types/core/v1.js';
import type { ClusterSettings } from '../cluster.ts';
import { qosClassOf } from '../kinds/pod/qos-class.ts';
import type { ObjectOf } from '../objects.ts';
import { containerStatus, initOutcomes, type Outcome, outcomeOf } from './container-status.ts';

type Pod = ObjectOf<'pods'>;
type PodStatus = NonNullable<Pod['status']>;

interface Placement {
  readonly hostIP: string;
  readonly podIP: string;
  /** RFC 3339. */
  readonly time: string;
}

/** The status that the kubelet of its node reports for a Pod that has come to rest. */
export function podStatus(settings: ClusterSettings, pod: Pod, place: Placement): PodStatus {
  const init = initOutcomes(settings, pod);
  const initialized = init.every((outcome) => outcome === 'completed' || isRunning(outcome));
  const outcomes = (pod.spec?.containers ?? []).map((container): Outcome => {
    return initialized ? outcomeOf(settings, pod, container) : 'waiting';
  });
  const containerStatuses = statuses(pod, pod.spec?.containers ?? [], outcomes, place.time);
  const initStatuses = statuses(pod, pod.spec?.initContainers ?? [], init, place.time);
  return {
    phase: phaseOf(outcomes, init),
    conditions: conditionsOf(containerStatuses, outcomes, initialized, place.time),
    hostIP: place.hostIP,
    ...{ hostIPs: [{ ip: place.hostIP }] },
    podIP: place.podIP,
    podIPs: [{ ip: place.podIP }],
    startTime: place.time,
    ...(initStatuses.length > 0 && { initContainerStatuses: initStatuses }),
    containerStatuses,
    qosClass: qosClassOf(pod.spec ?? { containers: [] }),
  };
}

/** The status of a Pod whose node has taken it up and whose containers are being created. */
export function creatingStatus(pod: Pod, hostIP: string, time: string): PodStatus {
  const { containers = [], initContainers = [] } = pod.spec ?? {};
  const reason = initContainers.length > 0 ? 'PodInitializing' : 'ContainerCreating';
  const created = (list: readonly Container[]): ContainerStatus[] =>
    list
      .map(({ name, image = '' }) => ({
        image,
        imageID: '',
        lastState: {},
        name,
        ready: false,
        restartCount: 0,
        started: false,
        state: { waiting: { reason } },
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  const containerStatuses = created(containers);
  const scheduled = pod.status?.conditions?.find(({ type }) => type === 'PodScheduled');
  const conditions = conditionsOf(containerStatuses, [], initContainers.length === 0, time);
  return {
    phase: 'Pending',
    conditions: conditions.map((now) => {
      if (now.type === 'PodReadyToStartContainers') return { ...now, status: 'False' };
      return now.type === 'PodScheduled' && scheduled ? scheduled : now;
    }),
    hostIP,
    ...{ hostIPs: [{ ip: hostIP }] },
    startTime: time,
    ...(initContainers.length > 0 && { initContainerStatuses: created(initContainers) }),
    containerStatuses,
    qosClass: qosClassOf(pod.spec ?? { containers: [] }),
  };
}

/** The status of a Pod that no node takes. */
export function unschedulableStatus(pod: Pod, message: string, time: string): PodStatus {
  return {
    phase: 'Pending',
    conditions: [{ ...condition('PodScheduled', false, time), reason: 'Unschedulable', message }],
    qosClass: qosClassOf(pod.spec ?? { containers: [] }),
  };
}

const isRunning = (outcome: Outcome): boolean => outcome === 'ready' || outcome === 'not-ready';

function statuses(
  pod: Pod,
  containers: NonNullable<Pod['spec']>['containers'],
  outcomes: readonly Outcome[],
  time: string,
): ContainerStatus[] {
  const list = containers.map((container, index) =>
    containerStatus(pod, container, outcomes[index] ?? 'waiting', time),
  );
  return list.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** kubelet's getPhase: waiting containers hold a Pod back unless they ran before. */
function phaseOf(outcomes: readonly Outcome[], init: readonly Outcome[]): string {
  if (init.includes('failed')) return 'Failed';
  if (outcomes.some((outcome) => outcome === 'missing' || outcome === 'waiting')) return 'Pending';
  if (outcomes.length > 0 && outcomes.every((outcome) => outcome === 'failed')) return 'Failed';
  return 'Running';
}

function conditionsOf(
  containers: readonly ContainerStatus[],
  outcomes: readonly Outcome[],
  initialized: boolean,
  time: string,
): PodCondition[] {
  const unready = containers.filter(({ ready }) => !ready).map(({ name }) => name);
  const reason = outcomes.includes('failed') ? 'PodFailed' : 'ContainersNotReady';
  const message = `containers with unready status: [${unready.join(' ')}]`;
  const ready = (type: string): PodCondition => ({
    ...condition(type, unready.length === 0, time),
    ...(unready.length > 0 && { message, reason }),
  });
  return [
    condition('PodReadyToStartContainers', true, time),
    condition('Initialized', initialized, time),
    ready('Ready'),
    ready('ContainersReady'),
    condition('PodScheduled', true, time),
  ];
}

const condition = (type: string, holds: boolean, time: string): PodCondition => ({
  lastProbeTime: null as never,
  lastTransitionTime: time,
  status: holds ? 'True' : 'False',
  type,
});
