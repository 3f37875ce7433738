import type { LabelSelector } from 'kubernetes-types/meta/v1.js';
import type { Cluster } from '../cluster.ts';
import type { KubeObject, ObjectOf } from '../objects.ts';
import { ownedBy } from './label-index.ts';
import { selects } from './label-selector.ts';
import { controllerOf, controllerRef } from './new-object.ts';

type Claimed = 'pods' | 'replicasets';
type Claimant = KubeObject & { readonly spec?: { readonly selector?: LabelSelector } };

/**
 * What a controller owns after it took the orphans that its selector chooses and let go of those
 * that it no longer chooses (upstream's ControllerRefManager).
 */
export function claim<R extends Claimed>(
  cluster: Cluster,
  resource: R,
  owner: Claimant,
): ObjectOf<R>[] {
  const list = cluster.store.list(resource, owner.metadata.namespace);
  const mine = ownedBy(list, owner.metadata.uid ?? '').filter(
    (object) => controllerOf(object)?.uid === owner.metadata.uid,
  );
  const kept: ObjectOf<R>[] = [];
  for (const object of mine) {
    if (selects(owner.spec?.selector, object.metadata.labels)) kept.push(object);
    else if (object.metadata.deletionTimestamp === undefined)
      release(cluster, resource, object, owner);
  }
  if (owner.metadata.deletionTimestamp !== undefined) return kept;
  for (const object of orphansOf(list)) {
    if (!selects(owner.spec?.selector, object.metadata.labels)) continue;
    if (isActive(object)) kept.push(adopt(cluster, resource, object, owner));
  }
  return kept;
}

const orphans = new WeakMap<readonly KubeObject[], readonly KubeObject[]>();

function orphansOf<O extends KubeObject>(list: readonly O[]): readonly O[] {
  const known = orphans.get(list);
  if (known) return known as readonly O[];
  const found = list.filter((object) => !controllerOf(object));
  orphans.set(list, found);
  return found;
}

function isActive({ metadata, status }: KubeObject & { status?: unknown }): boolean {
  const { phase } = (status ?? {}) as { phase?: string };
  return metadata.deletionTimestamp === undefined && phase !== 'Succeeded' && phase !== 'Failed';
}

function adopt<R extends Claimed>(
  { store }: Cluster,
  resource: R,
  object: ObjectOf<R>,
  owner: KubeObject,
): ObjectOf<R> {
  const references = [...(object.metadata.ownerReferences ?? []), controllerRef(owner)];
  const metadata = { ...object.metadata, ownerReferences: references };
  return store.put(resource, { ...object, metadata });
}

function release<R extends Claimed>(
  { store }: Cluster,
  resource: R,
  object: ObjectOf<R>,
  owner: KubeObject,
): void {
  const { ownerReferences = [], ...metadata } = object.metadata;
  const others = ownerReferences.filter(({ uid }) => uid !== owner.metadata.uid);
  store.put(resource, {
    ...object,
    metadata: { ...metadata, ...(others.length > 0 && { ownerReferences: others }) },
  });
}
