import type { ContainerState, ContainerStatus } from 'kubernetes-types/core/v1.js';
import type { ResourceTypes } from '../../objects.ts';

type Pod = ResourceTypes['pods'];

/** A Pod in a line, as the server's printer and `kubectl describe` put it. */
export interface PodState {
  readonly ready: number;
  readonly total: number;
  /** `Running`, `CrashLoopBackOff`, `Init:0/1`, `Terminating` … */
  readonly reason: string;
  readonly restarts: number;
}

export function podState(pod: Pod): PodState {
  const sidecars = (pod.spec?.initContainers ?? []).filter(
    ({ restartPolicy }) => restartPolicy === 'Always',
  );
  const before = initState(pod, new Set(sidecars.map(({ name }) => name)));
  const during =
    before.reason === undefined || isTrue(pod, 'Initialized') ? runningState(pod) : undefined;
  const reason = during?.reason ?? before.reason ?? firstReason(pod);
  return {
    ready: before.ready + (during?.ready ?? 0),
    total: (pod.spec?.containers ?? []).length + sidecars.length,
    reason: leavingReason(pod) ?? settledReason(pod, reason, during?.running ?? false),
    restarts: during ? before.sidecarRestarts + during.restarts : before.restarts,
  };
}

function firstReason({ status }: Pod): string {
  const gated = status?.conditions?.some(
    ({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated',
  );
  return gated ? 'SchedulingGated' : status?.reason || status?.phase || '';
}

function leavingReason({ metadata, status }: Pod): string | undefined {
  if (metadata.deletionTimestamp === undefined) return undefined;
  if (status?.reason === 'NodeLost') return 'Unknown';
  const isOver = status?.phase === 'Succeeded' || status?.phase === 'Failed';
  return isOver ? undefined : 'Terminating';
}

/** One container that ended does not end a Pod in which another still runs. */
function settledReason(pod: Pod, reason: string, running: boolean): string {
  if (reason !== 'Completed' || !running) return reason;
  return isTrue(pod, 'Ready') ? 'Running' : 'NotReady';
}

const isTrue = ({ status }: Pod, condition: string): boolean =>
  status?.conditions?.some(({ type, status: is }) => type === condition && is === 'True') ?? false;

interface InitState {
  ready: number;
  restarts: number;
  sidecarRestarts: number;
  /** Absent once all have done their work. */
  reason?: string;
}

function initState({ spec, status }: Pod, sidecars: ReadonlySet<string>): InitState {
  const state: InitState = { ready: 0, restarts: 0, sidecarRestarts: 0 };
  for (const [index, container] of (status?.initContainerStatuses ?? []).entries()) {
    const isSidecar = sidecars.has(container.name);
    state.restarts += container.restartCount ?? 0;
    if (isSidecar) state.sidecarRestarts += container.restartCount ?? 0;
    if (container.state?.terminated?.exitCode === 0) continue;
    if (isSidecar && container.started) {
      if (container.ready) state.ready += 1;
      continue;
    }
    const waiting = container.state?.waiting?.reason;
    const why = waiting === 'PodInitializing' ? undefined : reasonOf(container.state);
    state.reason = `Init:${why ?? `${index}/${(spec?.initContainers ?? []).length}`}`;
    break;
  }
  return state;
}

interface Running {
  readonly ready: number;
  readonly running: boolean;
  readonly restarts: number;
  readonly reason: string | undefined;
}

/** The first container with something to say speaks for the Pod. */
function runningState({ status }: Pod): Running {
  const statuses = status?.containerStatuses ?? [];
  const ready = statuses.filter(isReady).length;
  const reasons = statuses.flatMap(({ state }) => reasonOf(state) ?? []);
  const restarts = statuses.reduce((sum, { restartCount = 0 }) => sum + restartCount, 0);
  return { ready, running: ready > 0, restarts, reason: reasons[0] };
}

const isReady = ({ ready, state }: ContainerStatus): boolean =>
  ready && state?.running !== undefined && reasonOf(state) === undefined;

function reasonOf(state: ContainerState | undefined): string | undefined {
  if (state?.waiting?.reason) return state.waiting.reason;
  const ended = state?.terminated;
  if (!ended) return undefined;
  if (ended.reason) return ended.reason;
  return ended.signal ? `Signal:${ended.signal}` : `ExitCode:${ended.exitCode}`;
}
