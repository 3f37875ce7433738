import type { ContainerStatus } from 'kubernetes-types/core/v1.js';
import type { Cluster } from '../../cluster.ts';
import type { ResourceTypes } from '../../objects.ts';
import type { Column } from '../kind.ts';
import { ageColumn, ageOf, nameColumn } from '../shared/age.ts';
import { podState } from './pod-state.ts';

type Pod = ResourceTypes['pods'];

const none = '<none>';

const column = (
  name: string,
  priority: 0 | 1,
  cell: (pod: Pod, cluster: Cluster) => string,
): Column<Pod> => ({ name, priority, cell });

/** What `kubectl get pods` shows (k/k pkg/printers/internalversion printPod). */
export const podColumns: readonly Column<Pod>[] = [
  nameColumn,
  column('Ready', 0, (pod) => {
    const { ready, total } = podState(pod);
    return `${ready}/${total}`;
  }),
  column('Status', 0, (pod) => podState(pod).reason),
  column('Restarts', 0, restartsText),
  ageColumn,
  column('IP', 1, (pod) => pod.status?.podIPs?.[0]?.ip || pod.status?.podIP || none),
  column('Node', 1, (pod) => pod.spec?.nodeName || none),
  column('Nominated Node', 1, (pod) => pod.status?.nominatedNodeName || none),
  column('Readiness Gates', 1, readinessGates),
];

function restartsText(pod: Pod, cluster: Cluster): string {
  const { restarts } = podState(pod);
  const last = lastRestart(pod.status?.containerStatuses ?? []);
  if (restarts === 0 || last === undefined) return String(restarts);
  return `${restarts} (${ageOf(last, cluster.settings.now)} ago)`;
}

const lastRestart = (statuses: readonly ContainerStatus[]): string | undefined =>
  statuses
    .flatMap(({ lastState }) => lastState?.terminated?.finishedAt ?? [])
    .sort()
    .at(-1);

function readinessGates({ spec, status }: Pod): string {
  const gates = spec?.readinessGates ?? [];
  if (gates.length === 0) return none;
  const met = gates.filter(({ conditionType }) =>
    status?.conditions?.some(({ type, status: is }) => type === conditionType && is === 'True'),
  );
  return `${met.length}/${gates.length}`;
}
