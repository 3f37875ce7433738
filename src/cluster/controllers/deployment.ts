import { timestampOf } from '../api-server/identity.ts';
import type { Cluster } from '../cluster.ts';
import { equalJson } from '../json.ts';
import { keyOf, type ObjectOf } from '../objects.ts';
import { type Controller, splitKey } from './controller.ts';
import { acceptNewSet, createNewSet, newestOf } from './deployment-replica-sets.ts';
import { scaleSet } from './deployment-resize.ts';
import { revisionOf } from './deployment-revision.ts';
import {
  desiredAnnotation,
  fenceposts,
  isRolling,
  newSetSize,
  proportionalSizes,
  replicasOf,
  shrunkOldSets,
} from './deployment-scale.ts';
import {
  calculateStatus,
  type DeploymentStatus,
  isComplete,
  type News,
  withNews,
  withProgress,
} from './deployment-status.ts';
import { selects } from './label-selector.ts';
import { controllerOf } from './new-object.ts';
import { claim } from './ownership.ts';

type Deployment = ObjectOf<'deployments'>;
type ReplicaSet = ObjectOf<'replicasets'>;

/** Rolls from one template to the next (upstream's pkg/controller/deployment). */
export const deploymentController: Controller = {
  name: 'deployment-controller',
  watches: ['deployments', 'replicasets'],
  *keys({ resource, before, after }, { store }) {
    if (resource === 'deployments' && after) yield keyOf(after);
    if (resource !== 'replicasets') return;
    for (const set of [before, after]) {
      const owner = set && controllerOf(set);
      if (owner?.kind === 'Deployment') yield `${set?.metadata.namespace}/${owner.name}`;
    }
    if (!after || controllerOf(after)) return;
    for (const deployment of store.list('deployments', after.metadata.namespace)) {
      if (selects(deployment.spec?.selector, after.metadata.labels)) yield keyOf(deployment);
    }
  },
  sync(cluster, keys) {
    for (const key of keys) {
      const { namespace, name } = splitKey(key);
      const deployment = cluster.store.get('deployments', namespace, name);
      if (deployment) syncDeployment(cluster, deployment);
    }
  },
};

/** One step; its writes call for the next one until nothing is left to do. */
function syncDeployment(cluster: Cluster, given: Deployment): void {
  const sets = claim(cluster, 'replicasets', given).sort((a, b) => revisionOf(a) - revisionOf(b));
  if (given.metadata.deletionTimestamp !== undefined) {
    report(cluster, given, sets, newestOf(given, sets));
    return;
  }
  const deployment = notePause(cluster, given);
  if (deployment.spec?.paused || isScaled(deployment, sets)) resize(cluster, deployment, sets);
  else if (isRolling(deployment)) roll(cluster, deployment, sets);
  else recreate(cluster, deployment, sets);
}

/** Whether a ReplicaSet was last sized for another number of replicas than is wanted now. */
function isScaled(deployment: Deployment, sets: readonly ReplicaSet[]): boolean {
  return sets.some((set) => {
    const noted = set.metadata.annotations?.[desiredAnnotation];
    return replicasOf(set) > 0 && noted !== undefined && Number(noted) !== replicasOf(deployment);
  });
}

function roll(cluster: Cluster, deployment: Deployment, sets: readonly ReplicaSet[]): void {
  const newest = newestOf(deployment, sets);
  if (!newest) {
    createNewSet(cluster, deployment, sets);
    return;
  }
  const old = sets.filter((set) => set !== newest);
  const current = acceptNewSet(cluster, deployment, newest, old);
  const size = isForegone(deployment, current)
    ? replicasOf(deployment)
    : newSetSize(deployment, [...old, current], replicasOf(current));
  if (!scaleSet(cluster, deployment, current, size)) {
    for (const [set, count] of shrunkOldSets(deployment, current, old)) {
      scaleSet(cluster, deployment, set, count);
    }
  }
  finish(cluster, deployment);
}

/** How many steps of a rollout are worth taking one by one. */
const mostSteps = 12;

/**
 * Whether a rollout's end is known before it is reached. Pods of one template fare alike: where the
 * first of them are available, the rest of a long rollout is taken in one step.
 */
function isForegone(deployment: Deployment, newest: ReplicaSet): boolean {
  const size = replicasOf(newest);
  const { surge, unavailable } = fenceposts(deployment);
  const steps = (replicasOf(deployment) - size) / Math.max(1, surge + unavailable);
  return size > 0 && steps > mostSteps && newest.status?.availableReplicas === size;
}

/** All old Pods go before the first new one comes. */
function recreate(cluster: Cluster, deployment: Deployment, sets: readonly ReplicaSet[]): void {
  const newest = newestOf(deployment, sets);
  const old = sets.filter((set) => set !== newest);
  const shrunk = old.filter((set) => scaleSet(cluster, deployment, set, 0));
  const emptied = old.every(({ status }) => !status?.replicas);
  if (shrunk.length === 0 && emptied && !newest) {
    createNewSet(cluster, deployment, sets);
    return;
  }
  if (newest) {
    const current = acceptNewSet(cluster, deployment, newest, old);
    if (shrunk.length === 0 && emptied) {
      scaleSet(cluster, deployment, current, replicasOf(deployment));
    }
  }
  finish(cluster, deployment);
}

/** Scaling without rolling: of a paused Deployment, or in the middle of a rollout. */
function resize(cluster: Cluster, deployment: Deployment, sets: readonly ReplicaSet[]): void {
  const newest = newestOf(deployment, sets);
  const old = sets.filter((set) => set !== newest);
  const active = sets.filter((set) => replicasOf(set) > 0);
  const replicas = replicasOf(deployment);
  const single = active.length === 0 ? (newest ?? old.at(-1)) : active[0];
  if (active.length <= 1) {
    if (single) scaleSet(cluster, deployment, single, replicas);
  } else if (newest && isSaturated(newest, replicas)) {
    for (const set of old) scaleSet(cluster, deployment, set, 0);
  } else if (isRolling(deployment)) {
    for (const [set, size] of proportionalSizes(deployment, active)) {
      scaleSet(cluster, deployment, set, size);
    }
  }
  report(cluster, deployment, currentSets(cluster, deployment), newest);
}

const isSaturated = (set: ReplicaSet, replicas: number): boolean =>
  replicasOf(set) === replicas &&
  set.metadata.annotations?.[desiredAnnotation] === String(replicas) &&
  set.status?.availableReplicas === replicas;

function finish(cluster: Cluster, given: Deployment): void {
  const { namespace = '', name } = given.metadata;
  const deployment = cluster.store.get('deployments', namespace, name) ?? given;
  const sets = currentSets(cluster, deployment);
  const newest = newestOf(deployment, sets);
  const time = timestampOf(cluster);
  const status = calculateStatus(deployment, sets, newest, time);
  write(cluster, deployment, withProgress(deployment, status, newest, time));
  if (isComplete(deployment, status)) forgetOldSets(cluster, deployment, sets, newest);
}

function report(
  cluster: Cluster,
  deployment: Deployment,
  sets: readonly ReplicaSet[],
  newest: ReplicaSet | undefined,
): void {
  const current = newest && sets.find(({ metadata }) => metadata.name === newest.metadata.name);
  write(cluster, deployment, calculateStatus(deployment, sets, current, timestampOf(cluster)));
}

const currentSets = (cluster: Cluster, deployment: Deployment): ReplicaSet[] =>
  claim(cluster, 'replicasets', deployment);

function write(cluster: Cluster, deployment: Deployment, status: DeploymentStatus): Deployment {
  if (equalJson(deployment.status ?? {}, status)) return deployment;
  const changed = { ...deployment, metadata: { ...deployment.metadata }, status };
  return cluster.store.put('deployments', changed);
}

/** Only so many ReplicaSets without Pods are kept to roll back to. */
function forgetOldSets(
  cluster: Cluster,
  deployment: Deployment,
  sets: readonly ReplicaSet[],
  newest: ReplicaSet | undefined,
): void {
  const old = sets.filter((set) => set !== newest && set.metadata.deletionTimestamp === undefined);
  old.sort((a, b) => revisionOf(a) - revisionOf(b));
  const surplus = Math.max(0, old.length - (deployment.spec?.revisionHistoryLimit ?? 10));
  for (const set of old.slice(0, surplus)) {
    if (replicasOf(set) > 0 || set.status?.replicas) continue;
    cluster.store.remove('replicasets', set.metadata.namespace ?? '', set.metadata.name);
  }
}

/** A pause says itself in the Progressing condition, and so does its end. */
function notePause(cluster: Cluster, deployment: Deployment): Deployment {
  const paused = deployment.spec?.paused === true;
  const known = deployment.status?.conditions?.find(({ type }) => type === 'Progressing');
  const wasPaused = known?.reason === 'DeploymentPaused';
  if (paused === wasPaused) return deployment;
  const news: News = paused
    ? {
        type: 'Progressing',
        status: 'Unknown',
        reason: 'DeploymentPaused',
        message: 'Deployment is paused',
      }
    : {
        type: 'Progressing',
        status: 'Unknown',
        reason: 'DeploymentResumed',
        message: 'Deployment is resumed',
      };
  return write(cluster, deployment, withNews(deployment.status ?? {}, news, timestampOf(cluster)));
}
