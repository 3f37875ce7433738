import type { ApiResponse } from '../../cluster/api-server/request.ts';
import type { ObjectOf } from '../../cluster/objects.ts';
import type { PodTarget } from '../pod-streams.ts';
import { refusal } from '../refusal.ts';
import type { Sandbox } from '../sandbox.ts';

export type Pod = ObjectOf<'pods'>;
export type Container = NonNullable<NonNullable<Pod['spec']>['containers']>[number];

/** A container that a stream is for. */
export interface ContainerPlace {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

export type Located =
  | { readonly pod: Pod; readonly container: Container; readonly place: ContainerPlace }
  | { readonly refusal: ApiResponse };

const badRequest = (message: string): { readonly refusal: ApiResponse } => ({
  refusal: refusal(400, 'BadRequest', message),
});

/** Finds the container a request names, or the only one (k/k pkg/registry/core/pod/strategy.go). */
export function locateContainer(
  sandbox: Sandbox,
  { namespace, name, query }: PodTarget,
  what: 'exec' | 'log',
): Located {
  const pod = sandbox.cluster().store.get('pods', namespace, name);
  if (!pod) {
    const details = { name, kind: 'pods' };
    return { refusal: refusal(404, 'NotFound', `pods "${name}" not found`, details) };
  }
  const containers = pod.spec?.containers ?? [];
  const init = what === 'log' ? (pod.spec?.initContainers ?? []) : [];
  const named = query.get('container') ?? '';
  if (named === '' && containers.length > 1) return badRequest(chooseOne(name, containers, init));
  const all = [...containers, ...init];
  const container = named === '' ? containers[0] : all.find((each) => each.name === named);
  if (!container) return badRequest(`container ${named} is not valid for pod ${name}`);
  if (what === 'exec' && !pod.spec?.nodeName) {
    return badRequest(`pod ${name} does not have a host assigned`);
  }
  return { pod, container, place: { namespace, pod: name, container: container.name } };
}

function chooseOne(
  name: string,
  containers: readonly Container[],
  init: readonly Container[],
): string {
  const names = (list: readonly Container[]) => list.map((each) => each.name).join(' ');
  const text = `a container name must be specified for pod ${name}, choose one of: [${names(containers)}]`;
  return init.length > 0 ? `${text} or one of the init containers: [${names(init)}]` : text;
}

/** What a kubelet reports of a container: where it stands, and where it stood before. */
export function statusOf({ status }: Pod, container: string) {
  const all = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])];
  return all.find(({ name }) => name === container);
}

/** Names one life of a container; undefined while it does not run. */
export function lifeOf(sandbox: Sandbox, place: ContainerPlace): string | undefined {
  const pod = sandbox.cluster().store.get('pods', place.namespace, place.pod);
  const status = pod && statusOf(pod, place.container);
  if (!status?.state?.running) return undefined;
  return `${pod?.metadata.uid}/${status.restartCount}`;
}

/**
 * Calls back once when the container's present life is over: it ended, was restarted, or its Pod
 * is gone. Returns how to stop looking.
 */
export function whenLifeEnds(sandbox: Sandbox, place: ContainerPlace, run: () => void): () => void {
  const life = lifeOf(sandbox, place);
  const stop = sandbox.changes.subscribe(() => {
    if (lifeOf(sandbox, place) === life) return;
    stop();
    run();
  });
  return stop;
}
