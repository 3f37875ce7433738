import { timestampOf } from '../api-server/identity.ts';
import type { Cluster } from '../cluster.ts';
import { equalJson } from '../json.ts';
import type { ObjectOf } from '../objects.ts';
import { tellScaled } from './deployment-resize.ts';
import {
  newSetAnnotations,
  nextRevision,
  revisionAnnotation,
  scaleAnnotations,
} from './deployment-revision.ts';
import { newSetSize } from './deployment-scale.ts';
import { calculateStatus, withNews } from './deployment-status.ts';
import { controllerRef, stamp } from './new-object.ts';
import { templateHash, templateHashLabel } from './template-hash.ts';

type Deployment = ObjectOf<'deployments'>;
type ReplicaSet = ObjectOf<'replicasets'>;
type Template = NonNullable<ReplicaSet['spec']>['template'];

/** The ReplicaSet of the Deployment's present template; the oldest one, should there be several. */
export function newestOf(
  deployment: Deployment,
  sets: readonly ReplicaSet[],
): ReplicaSet | undefined {
  const wanted = deployment.spec?.template;
  return sets.find(({ spec }) => equalJson(withoutHash(spec?.template), withoutHash(wanted)));
}

function withoutHash(template: Template): Template {
  const { [templateHashLabel]: _, ...labels } = template?.metadata?.labels ?? {};
  const { creationTimestamp: __, ...metadata } = template?.metadata ?? {};
  return template && { ...template, metadata: { ...metadata, labels } };
}

/** Gives the newest ReplicaSet, maybe an old one rolled back to, its revision and annotations. */
export function acceptNewSet(
  cluster: Cluster,
  deployment: Deployment,
  newest: ReplicaSet,
  old: readonly ReplicaSet[],
): ReplicaSet {
  const revision = nextRevision(old);
  const annotations = newSetAnnotations(deployment, newest.metadata.annotations, revision);
  const minReadySeconds = deployment.spec?.minReadySeconds ?? 0;
  noteRevision(cluster, deployment, annotations[revisionAnnotation] ?? String(revision));
  const same =
    equalJson(annotations, newest.metadata.annotations ?? {}) &&
    minReadySeconds === (newest.spec?.minReadySeconds ?? 0);
  if (same) return newest;
  const spec = { ...newest.spec, selector: newest.spec?.selector ?? {}, minReadySeconds };
  if (minReadySeconds === 0) delete (spec as { minReadySeconds?: number }).minReadySeconds;
  return cluster.store.put('replicasets', {
    ...newest,
    metadata: { ...newest.metadata, annotations },
    spec,
  });
}

function noteRevision(cluster: Cluster, { metadata }: Deployment, revision: string): void {
  const { store } = cluster;
  const current = store.get('deployments', metadata.namespace ?? '', metadata.name);
  if (!current || current.metadata.annotations?.[revisionAnnotation] === revision) return;
  const annotations = { ...current.metadata.annotations, [revisionAnnotation]: revision };
  store.put('deployments', { ...current, metadata: { ...current.metadata, annotations } });
}

/** Creates the ReplicaSet of a new template at the size that the strategy allows it now. */
export function createNewSet(
  cluster: Cluster,
  deployment: Deployment,
  old: readonly ReplicaSet[],
): void {
  const { store } = cluster;
  const { namespace = '', name } = deployment.metadata;
  const hash = templateHash(deployment.spec?.template, deployment.status?.collisionCount);
  const setName = `${name}-${hash}`;
  if (store.get('replicasets', namespace, setName)) {
    countCollision(cluster, deployment);
    return;
  }
  const size = newSetSize(deployment, old, 0);
  const revision = nextRevision(old);
  const set = newSet(deployment, setName, hash, size);
  set.metadata.annotations = {
    ...newSetAnnotations(deployment, undefined, revision),
    ...scaleAnnotations(deployment),
  };
  store.put('replicasets', stamp(cluster, set));
  if (size > 0) tellScaled(cluster, deployment, setName, 0, size);
  noteRevision(cluster, deployment, String(revision));
  noteCreated(cluster, deployment, [...old, set], set);
}

function newSet(deployment: Deployment, name: string, hash: string, replicas: number): ReplicaSet {
  const { template, selector, minReadySeconds = 0 } = deployment.spec ?? {};
  const { creationTimestamp: _, ...templateMeta } = template?.metadata ?? {};
  const labels = { ...templateMeta.labels, [templateHashLabel]: hash };
  const { namespace } = deployment.metadata;
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      generation: 1,
      labels,
      ownerReferences: [controllerRef(deployment)],
    },
    spec: {
      replicas,
      ...(minReadySeconds > 0 && { minReadySeconds }),
      selector: {
        ...selector,
        matchLabels: { ...selector?.matchLabels, [templateHashLabel]: hash },
      },
      template: { ...template, metadata: { ...templateMeta, labels } },
    },
  };
}

/** The name is taken by a ReplicaSet of another template: the next hash is made from one more. */
function countCollision(cluster: Cluster, deployment: Deployment): void {
  const collisionCount = (deployment.status?.collisionCount ?? 0) + 1;
  const status = { ...deployment.status, collisionCount };
  const changed = { ...deployment, metadata: { ...deployment.metadata }, status };
  cluster.store.put('deployments', changed);
}

function noteCreated(
  cluster: Cluster,
  { metadata }: Deployment,
  sets: readonly ReplicaSet[],
  set: ReplicaSet,
): void {
  const current = cluster.store.get('deployments', metadata.namespace ?? '', metadata.name);
  if (!current) return;
  const time = timestampOf(cluster);
  const news = {
    type: 'Progressing',
    status: 'True',
    reason: 'NewReplicaSetCreated',
    message: `Created new replica set "${set.metadata.name}"`,
  } as const;
  const told = withNews(current.status ?? {}, news, time);
  const status = calculateStatus({ ...current, status: told }, sets, set, time);
  cluster.store.put('deployments', { ...current, metadata: { ...current.metadata }, status });
}
