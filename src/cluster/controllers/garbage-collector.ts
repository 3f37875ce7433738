import { removeGracefully } from '../api-server/graceful-deletion.ts';
import type { Cluster } from '../cluster.ts';
import { kindOf, kinds } from '../kinds/registry.ts';
import type { KubeObject } from '../objects.ts';
import type { Controller } from './controller.ts';
import { ownedBy } from './label-index.ts';

type References = NonNullable<KubeObject['metadata']['ownerReferences']>;

const gone = 'gone ';
const owned = 'owned ';
const waiting = 'waiting ';

/**
 * Removes what belongs to nobody any more (upstream's pkg/controller/garbagecollector): dependents
 * of a removed owner, objects that name an owner that never was. The finalizers `orphan` and
 * `foregroundDeletion` are honoured on an object that is being deleted.
 */
export const garbageCollector: Controller = {
  name: 'garbage-collector',
  *keys({ resource, before, after }, cluster) {
    if (!after && before?.metadata.uid) {
      yield `${gone}${before.metadata.namespace ?? ''} ${before.metadata.uid}`;
    }
    if (!after) return;
    const { namespace = '', name, deletionTimestamp, finalizers, ownerReferences } = after.metadata;
    if (deletionTimestamp && finalizers?.length) yield `${waiting}${resource} ${namespace} ${name}`;
    if (!ownerReferences || ownerReferences === before?.metadata.ownerReferences) return;
    if (ownerReferences.every((reference) => exists(cluster, namespace, reference))) return;
    yield `${owned}${resource} ${namespace} ${name}`;
  },
  sync(cluster, keys) {
    for (const key of keys) {
      const [verb, ...words] = key.split(' ');
      const [first = '', second = '', third = ''] = words;
      if (verb === 'gone')
        for (const found of dependents(cluster, first, second)) judge(cluster, found);
      if (verb === 'owned') judgeNamed(cluster, first, second, third);
      if (verb === 'waiting') finalize(cluster, first, second, third);
    }
  },
};

interface Found {
  readonly resource: string;
  readonly object: KubeObject;
}

function judgeNamed(cluster: Cluster, resource: string, namespace: string, name: string): void {
  const object = cluster.store.get(resource, namespace, name);
  if (object?.metadata.ownerReferences?.length) judge(cluster, { resource, object });
}

/** Whatever names this uid as an owner; owners and dependents share a namespace. */
function dependents({ store }: Cluster, namespace: string, uid: string): Found[] {
  return kinds.flatMap(({ resource, namespaced }) => {
    if (!namespaced) return [];
    const list = store.list(resource, namespace === '' ? undefined : namespace);
    return list.length === 0 ? [] : ownedBy(list, uid).map((object) => ({ resource, object }));
  });
}

/** An object goes with its last owner; while one is left, only the dangling references go. */
function judge(cluster: Cluster, { resource, object }: Found): void {
  const { namespace = '', ownerReferences = [] } = object.metadata;
  const standing = ownerReferences.filter((reference) => exists(cluster, namespace, reference));
  if (standing.length === ownerReferences.length) return;
  if (standing.length === 0) removeGracefully(cluster, resource, object);
  else setOwners(cluster, { resource, object }, standing);
}

function exists(cluster: Cluster, namespace: string, reference: References[number]): boolean {
  const kind = kindOf(reference.apiVersion, reference.kind);
  if (!kind) return false;
  const owner = cluster.store.get(kind.resource, kind.namespaced ? namespace : '', reference.name);
  return owner?.metadata.uid === reference.uid;
}

function setOwners({ store }: Cluster, { resource, object }: Found, references: References): void {
  const { ownerReferences: _, ...rest } = object.metadata;
  const metadata = { ...rest, ...(references.length > 0 && { ownerReferences: references }) };
  store.put(resource, { ...object, metadata });
}

/** `kubectl delete --cascade=orphan` and `--cascade=foreground` leave their wish as a finalizer. */
function finalize(cluster: Cluster, resource: string, namespace: string, name: string): void {
  const object = cluster.store.get(resource, namespace, name);
  const { uid = '', finalizers = [] } = object?.metadata ?? {};
  if (!object) return;
  const orphans = finalizers.includes('orphan');
  if (!orphans && !finalizers.includes('foregroundDeletion')) return;
  for (const found of dependents(cluster, namespace, uid)) {
    const others = (found.object.metadata.ownerReferences ?? []).filter((each) => each.uid !== uid);
    if (orphans || others.length > 0) setOwners(cluster, found, others);
    else removeGracefully(cluster, found.resource, found.object);
  }
  const left = finalizers.filter((each) => each !== 'orphan' && each !== 'foregroundDeletion');
  if (left.length === 0) cluster.store.remove(resource, namespace, name);
  else
    cluster.store.put(resource, { ...object, metadata: { ...object.metadata, finalizers: left } });
}
