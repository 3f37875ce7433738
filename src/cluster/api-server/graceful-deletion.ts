import type { Cluster } from '../cluster.ts';
import { cloneJson } from '../json.ts';
import type { KubeObject, ObjectOf } from '../objects.ts';

type Pod = ObjectOf<'pods'>;

/**
 * The seconds a Pod on a node gets to end by itself, where a kubelet is there to wait for it; 0
 * for all else, which goes at once (pkg/registry/core/pod/strategy.go CheckGracefulDelete).
 */
export function graceOf(
  { settings }: Cluster,
  resource: string,
  object: KubeObject,
  wantedSeconds?: unknown,
): number {
  const { metadata, spec, status } = object as Pod;
  if (resource !== 'pods' || !settings.podSteps || !spec?.nodeName) return 0;
  if (status?.phase === 'Succeeded' || status?.phase === 'Failed') return 0;
  const wanted = wantedSeconds ?? spec.terminationGracePeriodSeconds ?? 30;
  const before = metadata.deletionGracePeriodSeconds ?? Number.POSITIVE_INFINITY;
  return Math.min(Math.max(0, Number(wanted)), before);
}

/** The object as it is kept until its time is over. */
export function terminating<O extends KubeObject>(
  { settings }: Cluster,
  object: O,
  graceSeconds: number,
): O {
  const marked = cloneJson(object);
  const end = new Date(settings.now + graceSeconds * 1000).toISOString();
  marked.metadata.deletionTimestamp = `${end.slice(0, 19)}Z`;
  marked.metadata.deletionGracePeriodSeconds = graceSeconds;
  marked.metadata.generation = (marked.metadata.generation ?? 1) + 1;
  return marked;
}

/** What a controller's deletion does: the object goes, or gets the time that is its due. */
export function removeGracefully(cluster: Cluster, resource: string, object: KubeObject): void {
  if (object.metadata.deletionTimestamp !== undefined && resource === 'pods') return;
  const grace = graceOf(cluster, resource, object);
  if (grace > 0) cluster.store.put(resource, terminating(cluster, object, grace));
  else cluster.store.remove(resource, object.metadata.namespace ?? '', object.metadata.name);
}
