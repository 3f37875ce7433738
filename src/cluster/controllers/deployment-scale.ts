import type { ObjectOf } from '../objects.ts';

type Deployment = ObjectOf<'deployments'>;
type ReplicaSet = ObjectOf<'replicasets'>;

export const desiredAnnotation = 'deployment.kubernetes.io/desired-replicas';
export const maxAnnotation = 'deployment.kubernetes.io/max-replicas';

export const replicasOf = ({ spec }: { spec?: { replicas?: number } }): number =>
  spec?.replicas ?? 1;

const totalReplicas = (sets: readonly ReplicaSet[]): number =>
  sets.reduce((sum, set) => sum + replicasOf(set), 0);

export const availableReplicas = (sets: readonly ReplicaSet[]): number =>
  sets.reduce((sum, { status }) => sum + (status?.availableReplicas ?? 0), 0);

export const isRolling = ({ spec }: Deployment): boolean => spec?.strategy?.type !== 'Recreate';

/**
 * How many Pods a rollout may add and miss, as numbers: percentages of the replicas, surge rounded
 * up, unavailable rounded down; never both 0 (upstream's ResolveFenceposts).
 */
export function fenceposts(deployment: Deployment): { surge: number; unavailable: number } {
  if (!isRolling(deployment)) return { surge: 0, unavailable: 0 };
  const replicas = replicasOf(deployment);
  const { maxSurge = '25%', maxUnavailable = '25%' } =
    deployment.spec?.strategy?.rollingUpdate ?? {};
  const surge = share(maxSurge, replicas, Math.ceil);
  const floor = share(maxUnavailable, replicas, Math.floor);
  const unavailable = surge === 0 && floor === 0 ? 1 : floor;
  return { surge, unavailable: Math.min(unavailable, replicas) };
}

function share(value: number | string, whole: number, round: (value: number) => number): number {
  if (typeof value === 'number') return value;
  return round((Number.parseInt(value, 10) * whole) / 100);
}

/** The size that the newest ReplicaSet may grow or has to shrink to now. */
export function newSetSize(
  deployment: Deployment,
  all: readonly ReplicaSet[],
  current: number,
): number {
  const replicas = replicasOf(deployment);
  if (current >= replicas || !isRolling(deployment)) return replicas;
  const room = replicas + fenceposts(deployment).surge - totalReplicas(all);
  return room <= 0 ? current : current + Math.min(room, replicas - current);
}

/**
 * The sizes that old ReplicaSets may shrink to now: first those Pods go that are not available
 * anyway, then as many as the Deployment can miss (rolling.go upstream).
 */
export function shrunkOldSets(
  deployment: Deployment,
  newest: ReplicaSet,
  old: readonly ReplicaSet[],
): Map<ReplicaSet, number> {
  const least = replicasOf(deployment) - fenceposts(deployment).unavailable;
  const unavailableNew = replicasOf(newest) - (newest.status?.availableReplicas ?? 0);
  const most = totalReplicas([...old, newest]) - least - unavailableNew;
  const sizes = new Map<ReplicaSet, number>();
  if (most <= 0) return sizes;
  const sizeOf = (set: ReplicaSet) => sizes.get(set) ?? replicasOf(set);
  const shrink = (budget: number, spare: (set: ReplicaSet) => number): void => {
    let left = budget;
    for (const set of old) {
      const count = Math.min(left, spare(set));
      if (count <= 0) continue;
      sizes.set(set, sizeOf(set) - count);
      left -= count;
    }
  };
  shrink(most, (set) => sizeOf(set) - (set.status?.availableReplicas ?? 0));
  shrink(availableReplicas([...old, newest]) - least, sizeOf);
  return sizes;
}

/**
 * The sizes when a Deployment is scaled in the middle of a rollout: every active ReplicaSet grows
 * or shrinks in proportion, the largest takes what is left over (sync.go scale upstream).
 */
export function proportionalSizes(
  deployment: Deployment,
  active: readonly ReplicaSet[],
): Map<ReplicaSet, number> {
  const replicas = replicasOf(deployment);
  const allowed = replicas > 0 ? replicas + fenceposts(deployment).surge : 0;
  const difference = allowed - totalReplicas(active);
  const bySize = [...active].sort(
    (a, b) => replicasOf(b) - replicasOf(a) || (difference > 0 ? age(b, a) : age(a, b)),
  );
  const sizes = new Map<ReplicaSet, number>();
  let added = 0;
  for (const set of bySize) {
    const part = difference === 0 ? 0 : proportion(deployment, set, difference - added);
    sizes.set(set, replicasOf(set) + part);
    added += part;
  }
  const [largest] = bySize;
  if (largest && difference !== 0) {
    sizes.set(largest, Math.max(0, (sizes.get(largest) ?? 0) + difference - added));
  }
  return sizes;
}

/** Negative when `a` is the older one. */
const age = (a: ReplicaSet, b: ReplicaSet): number => revision(a) - revision(b);
const revision = ({ metadata }: ReplicaSet): number =>
  Number(metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);

function proportion(deployment: Deployment, set: ReplicaSet, left: number): number {
  const current = replicasOf(set);
  if (current === 0 || left === 0) return 0;
  const fraction = fractionOf(deployment, set, current);
  return left > 0 ? Math.min(fraction, left) : Math.max(fraction, left);
}

function fractionOf(deployment: Deployment, set: ReplicaSet, current: number): number {
  const replicas = replicasOf(deployment);
  if (replicas === 0) return -current;
  const noted = Number(set.metadata.annotations?.[maxAnnotation] ?? 0);
  const before = noted || deployment.status?.replicas || replicas;
  return Math.round((current * (replicas + fenceposts(deployment).surge)) / before) - current;
}
