import {
  managersWritten,
  withManagedFields,
} from './api-server/field-management/managed-fields.ts';
import { provenanceOf, setProvenance } from './api-server/field-management/provenance.ts';
import { type Cluster, forkCluster } from './cluster.ts';
import type { KubeObject, Resource } from './objects.ts';

/** One object as it differs from the cluster it is kept beside: plain JSON, its managers in it. */
export interface KeptObject {
  readonly resource: Resource;
  readonly namespace: string;
  readonly name: string;
  /** Null: the other cluster has it, this one does not. */
  readonly object: KubeObject | null;
}

/** A cluster as what differs from another one, and the resourceVersion it had come to. */
export interface KeptCluster {
  readonly version: number;
  readonly objects: readonly KeptObject[];
}

/** The object in the form in which it is kept; undefined for one that is gone. */
export function kept(
  resource: Resource,
  { metadata }: KubeObject,
  object: KubeObject | undefined,
): KeptObject {
  const { namespace = '', name } = metadata;
  return { resource, namespace, name, object: object ? withManagedFields(object) : null };
}

/** What differs; objects that a fork shares with its origin are the same and cost one comparison. */
export function differenceOf(before: Cluster, after: Cluster): readonly KeptObject[] {
  const objects: KeptObject[] = [];
  const resources = new Set([...before.store.resources(), ...after.store.resources()]);
  for (const resource of resources) {
    for (const object of after.store.list(resource)) {
      const { namespace = '', name } = object.metadata;
      if (before.store.get(resource, namespace, name) === object) continue;
      objects.push(kept(resource, object, object));
    }
    for (const object of before.store.list(resource)) {
      const { namespace = '', name } = object.metadata;
      if (!after.store.get(resource, namespace, name))
        objects.push(kept(resource, object, undefined));
    }
  }
  return objects;
}

/** The kept cluster again, as a fork of the one it was kept beside: at rest as it was. */
export function restored(before: Cluster, { version, objects }: KeptCluster): Cluster {
  const cluster = forkCluster(before);
  const { store } = cluster;
  for (const { resource, namespace, name, object } of objects) {
    if (object) put(cluster, resource, object);
    else store.remove(resource, namespace, name);
  }
  store.drain();
  store.skipTo(version);
  return cluster;
}

/** Under the resourceVersion it had, with its managers where the API server looks for them. */
function put({ store }: Cluster, resource: Resource, given: KubeObject): void {
  const { managedFields: _, ...metadata } = given.metadata;
  const object: KubeObject = { ...given, metadata };
  const managed = managersWritten(given);
  const before = store.get(resource, metadata.namespace ?? '', metadata.name);
  if (managed || (before && provenanceOf(before))) {
    setProvenance(object, { managed: managed ?? [], pending: 0 });
  }
  const { resourceVersion } = metadata;
  store.put(resource, object);
  if (resourceVersion !== undefined) object.metadata.resourceVersion = resourceVersion;
}
