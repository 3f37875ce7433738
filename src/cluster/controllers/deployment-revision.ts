import type { ObjectOf } from '../objects.ts';
import { desiredAnnotation, fenceposts, maxAnnotation, replicasOf } from './deployment-scale.ts';

type Deployment = ObjectOf<'deployments'>;
type ReplicaSet = ObjectOf<'replicasets'>;
type Annotations = Record<string, string>;

export const revisionAnnotation = 'deployment.kubernetes.io/revision';
const historyAnnotation = 'deployment.kubernetes.io/revision-history';

/** A Deployment's annotations that its ReplicaSets do not take over. */
const ownAnnotations = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  revisionAnnotation,
  historyAnnotation,
  desiredAnnotation,
  maxAnnotation,
  'deprecated.deployment.rollback.to',
]);

export const revisionOf = ({ metadata }: { metadata: ReplicaSet['metadata'] }): number =>
  Number(metadata.annotations?.[revisionAnnotation] ?? 0);

/** One more than the newest of the old revisions. */
export const nextRevision = (old: readonly ReplicaSet[]): number =>
  Math.max(0, ...old.map(revisionOf)) + 1;

/** What a ReplicaSet notes of the Deployment's wishes when it was last scaled. */
export const scaleAnnotations = (deployment: Deployment): Annotations => ({
  [desiredAnnotation]: String(replicasOf(deployment)),
  [maxAnnotation]: String(replicasOf(deployment) + fenceposts(deployment).surge),
});

/**
 * The annotations of the newest ReplicaSet (SetNewReplicaSetAnnotations upstream). One that had an
 * older revision is being rolled back to: the old number goes into its history.
 */
export function newSetAnnotations(
  deployment: Deployment,
  current: Readonly<Annotations> | undefined,
  revision: number,
): Annotations {
  const annotations: Annotations = { ...current };
  for (const [key, value] of Object.entries(deployment.metadata.annotations ?? {})) {
    if (!ownAnnotations.has(key)) annotations[key] = value;
  }
  const before = current?.[revisionAnnotation];
  if (Number(before ?? 0) >= revision) return annotations;
  annotations[revisionAnnotation] = String(revision);
  if (before !== undefined) {
    const history = current?.[historyAnnotation];
    annotations[historyAnnotation] = history ? `${history},${before}` : before;
  }
  return annotations;
}
