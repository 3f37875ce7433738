import type { DeploymentCondition } from 'kubernetes-types/apps/v1.js';
import type { ObjectOf } from '../objects.ts';
import { availableReplicas, fenceposts, replicasOf } from './deployment-scale.ts';

type Deployment = ObjectOf<'deployments'>;
type ReplicaSet = ObjectOf<'replicasets'>;
export type DeploymentStatus = NonNullable<Deployment['status']>;

export interface News {
  readonly type: 'Available' | 'Progressing' | 'ReplicaFailure';
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
}

/** The counts of a Deployment and whether enough of it is available (sync.go calculateStatus). */
export function calculateStatus(
  deployment: Deployment,
  sets: readonly ReplicaSet[],
  newest: ReplicaSet | undefined,
  time: string,
): DeploymentStatus {
  const sum = (field: 'replicas' | 'readyReplicas') =>
    sets.reduce((total, { status }) => total + (status?.[field] ?? 0), 0);
  const available = availableReplicas(sets);
  const replicas = sum('replicas');
  const terminating = sets.reduce((total, { status }) => {
    return total + ((status as { terminatingReplicas?: number })?.terminatingReplicas ?? 0);
  }, 0);
  const wanted = sets.reduce((total, set) => total + replicasOf(set), 0);
  const counts = {
    replicas,
    updatedReplicas: newest?.status?.replicas ?? 0,
    readyReplicas: sum('readyReplicas'),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, wanted - available),
  };
  const positive = Object.entries(counts).filter(([, count]) => count > 0);
  const { collisionCount, conditions = [] } = deployment.status ?? {};
  const status: DeploymentStatus & { terminatingReplicas: number } = {
    observedGeneration: deployment.metadata.generation ?? 1,
    ...Object.fromEntries(positive),
    terminatingReplicas: terminating,
    ...(collisionCount !== undefined && { collisionCount }),
    conditions: [...conditions],
  };
  return withNews(status, availability(deployment, available), time);
}

function availability(deployment: Deployment, available: number): News {
  const enough = available >= replicasOf(deployment) - fenceposts(deployment).unavailable;
  return enough
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
}

/** A condition replaces the one of its type and goes last; one that says nothing new may stay. */
export function withNews(
  status: DeploymentStatus,
  news: News,
  time: string,
  old: 'stays' | 'moves' = 'stays',
): DeploymentStatus {
  const conditions = status.conditions ?? [];
  const known = conditions.find(({ type }) => type === news.type);
  const isOld = known?.status === news.status && known.reason === news.reason;
  if (isOld && old === 'stays') return status;
  const lastTransitionTime = known?.status === news.status ? known.lastTransitionTime : time;
  const condition: DeploymentCondition = {
    ...news,
    lastUpdateTime: time,
    ...(lastTransitionTime !== undefined && { lastTransitionTime }),
  };
  return {
    ...status,
    conditions: [...conditions.filter(({ type }) => type !== news.type), condition],
  };
}

export function isComplete(deployment: Deployment, status: DeploymentStatus): boolean {
  const replicas = replicasOf(deployment);
  return (
    (status.updatedReplicas ?? 0) === replicas &&
    (status.replicas ?? 0) === replicas &&
    (status.availableReplicas ?? 0) === replicas
  );
}

/** Whether the rollout came further since the last look (DeploymentProgressing upstream). */
function hasProgressed(before: DeploymentStatus, after: DeploymentStatus): boolean {
  const old = (status: DeploymentStatus) => (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return (
    (after.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    old(after) < old(before) ||
    (after.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (after.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  );
}

/** The Progressing condition after a step of the rollout (progress.go syncRolloutStatus). */
export function withProgress(
  deployment: Deployment,
  status: DeploymentStatus,
  newest: ReplicaSet | undefined,
  time: string,
): DeploymentStatus {
  const known = status.conditions?.find(({ type }) => type === 'Progressing');
  const subject = newest
    ? `ReplicaSet "${newest.metadata.name}"`
    : `Deployment "${deployment.metadata.name}"`;
  const news = (reason: string, message: string): News => {
    return { type: 'Progressing', status: 'True', reason, message };
  };
  const stands =
    status.replicas === status.updatedReplicas && known?.reason === 'NewReplicaSetAvailable';
  if (stands) return status;
  if (isComplete(deployment, status)) {
    const message = `${subject} has successfully progressed.`;
    return withNews(status, news('NewReplicaSetAvailable', message), time);
  }
  if (!hasProgressed(deployment.status ?? {}, status)) return status;
  const message = `${subject} is progressing.`;
  const last = news('ReplicaSetUpdated', message);
  return withNews(status, last, time, 'moves');
}
