import type { Cluster, ClusterSettings, ListeningSocket } from '../cluster.ts';
import type { ResourceTypes } from '../objects.ts';
import { processListens } from './container-process.ts';
import { entryForImage } from './images.ts';
import { derived } from './memo.ts';

type Pod = ResourceTypes['pods'];
type Container = NonNullable<NonNullable<Pod['spec']>['containers']>[number];

/** What a Pod really listens on. */
export interface Sockets {
  readonly listening: readonly ListeningSocket[];
  /** Running containers of whose images nothing is known: whether they listen cannot be said. */
  readonly unknownImages: readonly string[];
  /** Containers that do not run, with the reason their status gives. */
  readonly stopped: readonly { readonly container: string; readonly reason: string }[];
}

const none: Sockets = { listening: [], unknownImages: [], stopped: [] };

/**
 * The sockets of a Pod: those the settings name; else, of every container that runs, those of its
 * image. A container that waits or has ended listens on nothing, whatever its image would do.
 */
export function socketsOf(cluster: Cluster, pod: Pod): Sockets {
  const known = socketsByPod(cluster);
  const found = known.get(pod);
  if (found) return found;
  const sockets = readSockets(cluster, pod);
  known.set(pod, sockets);
  return sockets;
}

const socketsByPod = derived([], (_cluster: Cluster) => new WeakMap<Pod, Sockets>());

function readSockets(cluster: Cluster, pod: Pod): Sockets {
  const { listens } = cluster.settings;
  const key = `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`;
  if (listens) {
    return Object.hasOwn(listens, key) ? { ...none, listening: listens[key] ?? [] } : none;
  }
  return socketsOfContainers(cluster, pod);
}

function socketsOfContainers(cluster: Cluster, pod: Pod): Sockets {
  const listening: ListeningSocket[] = [];
  const unknownImages: string[] = [];
  const stopped: { container: string; reason: string }[] = [];
  for (const container of containersOf(pod)) {
    const reason = reasonNotRunning(pod, container.name);
    const known = reason === undefined ? listensOf(cluster.settings, container) : [];
    if (reason !== undefined) stopped.push({ container: container.name, reason });
    else if (known === undefined) unknownImages.push(container.image ?? '');
    else listening.push(...known);
  }
  return { listening, unknownImages, stopped };
}

/** Ordinary containers, and init containers that stay beside them (`restartPolicy: Always`). */
function containersOf(pod: Pod): readonly Container[] {
  const sidecars = (pod.spec?.initContainers ?? []).filter(
    (container) => container.restartPolicy === 'Always',
  );
  return [...(pod.spec?.containers ?? []), ...sidecars];
}

/** What a container's process listens on, by what is told or known of its image. */
export function listensOf(
  { images }: Pick<ClusterSettings, 'images'>,
  container: Pick<Container, 'image' | 'command' | 'args'>,
): readonly ListeningSocket[] | undefined {
  const image = container.image ?? '';
  const told = entryForImage(images, image);
  return told?.listens ?? processListens(image, container.command ?? [], container.args ?? []);
}

/**
 * Why a container does not run, or undefined when it does. Without a container status the phase
 * decides: a world may give no more than that.
 */
function reasonNotRunning(pod: Pod, container: string): string | undefined {
  const statuses = [
    ...(pod.status?.containerStatuses ?? []),
    ...(pod.status?.initContainerStatuses ?? []),
  ];
  const state = statuses.find((status) => status.name === container)?.state;
  if (state?.running) return undefined;
  if (state?.waiting) return state.waiting.reason ?? 'Waiting';
  if (state?.terminated) return state.terminated.reason ?? 'Terminated';
  const phase = pod.status?.phase ?? 'Pending';
  return phase === 'Running' ? undefined : phase;
}
