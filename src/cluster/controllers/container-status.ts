import type { Container, ContainerState, ContainerStatus } from 'kubernetes-types/core/v1.js';
import type { ClusterSettings, ImageBehaviour } from '../cluster.ts';
import { fingerprint } from '../fingerprint.ts';
import { entryForImage } from '../network/images.ts';
import type { ObjectOf } from '../objects.ts';
import { type ReadinessFailure, readinessFailure, unavailable } from './readiness-probe.ts';

type Pod = ObjectOf<'pods'>;

/** What a container has come to once nothing moves any more. */
export type Outcome =
  | 'ready'
  | 'not-ready'
  | 'missing'
  | 'crashes'
  | 'failed'
  | 'completed'
  | 'waiting';

/** Where a container stands at rest: by its image, its readiness probe and the restart policy. */
export function outcomeOf(settings: ClusterSettings, pod: Pod, container: Container): Outcome {
  const told = behaviourOf(settings.images, container.image ?? '');
  const state = told?.state ?? 'runs';
  if (state === 'missing') return 'missing';
  if (state === 'crashes') return pod.spec?.restartPolicy === 'Never' ? 'failed' : 'crashes';
  if (state === 'not-ready') return 'not-ready';
  return readinessFailure(settings, pod, container) ? 'not-ready' : 'ready';
}

/** What the kubelet says of a running container's readiness probe that fails for ever. */
export function probeFailureOf(
  settings: ClusterSettings,
  pod: Pod,
  container: Container,
): ReadinessFailure | undefined {
  const failure = readinessFailure(settings, pod, container);
  if (failure || !container.readinessProbe?.httpGet) return failure;
  const told = behaviourOf(settings.images, container.image ?? '');
  return told?.state === 'not-ready' ? unavailable : undefined;
}

const behaviours = new WeakMap<
  ClusterSettings['images'],
  Map<string, ImageBehaviour | undefined>
>();

const mostImages = 1000;

/** Thousands of Pods may have one image: it is looked up once. */
function behaviourOf(images: ClusterSettings['images'], image: string): ImageBehaviour | undefined {
  const known = behaviours.get(images) ?? new Map<string, ImageBehaviour | undefined>();
  behaviours.set(images, known);
  if (known.size >= mostImages) known.clear();
  if (!known.has(image)) known.set(image, entryForImage(images, image));
  return known.get(image);
}

/** An init container at rest: done, stuck, or not reached because one before it is stuck. */
export function initOutcomes(settings: ClusterSettings, pod: Pod): Outcome[] {
  let stuck = false;
  return (pod.spec?.initContainers ?? []).map((container) => {
    if (stuck) return 'waiting';
    const outcome = outcomeOf(settings, pod, container);
    const stays = (container as { restartPolicy?: string }).restartPolicy === 'Always';
    stuck = outcome === 'missing' || outcome === 'crashes' || outcome === 'failed';
    return stuck || stays ? outcome : 'completed';
  });
}

/** The container's status as the kubelet writes it. */
export function containerStatus(
  pod: Pod,
  container: Container,
  outcome: Outcome,
  time: string,
): ContainerStatus {
  const { name, image = '' } = container;
  const started = outcome === 'ready' || outcome === 'not-ready';
  const pulled = outcome !== 'missing' && outcome !== 'waiting';
  return {
    ...(pulled && { containerID: `containerd://${digest(`${pod.metadata.uid}/${name}`)}` }),
    image,
    imageID: pulled ? imageIdOf(container) : '',
    ...(outcome === 'crashes' && { lastState: { terminated: exit(1, 'Error', time) } }),
    ...(outcome !== 'crashes' && { lastState: {} }),
    name,
    ready: outcome === 'ready' || outcome === 'completed',
    restartCount: 0,
    started,
    state: stateOf(pod, container, outcome, time),
  };
}

function stateOf(pod: Pod, container: Container, outcome: Outcome, time: string): ContainerState {
  const { name, image } = container;
  const { namespace, name: podName, uid } = pod.metadata;
  switch (outcome) {
    case 'missing':
      return waiting('ImagePullBackOff', `Back-off pulling image "${image}"`);
    case 'crashes':
      return waiting(
        'CrashLoopBackOff',
        `back-off 5m0s restarting failed container=${name} pod=${podName}_${namespace}(${uid})`,
      );
    case 'waiting':
      return waiting('PodInitializing');
    case 'failed':
      return { terminated: exit(1, 'Error', time) };
    case 'completed':
      return { terminated: exit(0, 'Completed', time) };
    default:
      return { running: { startedAt: time } };
  }
}

const waiting = (reason: string, message?: string): ContainerState => ({
  waiting: { ...(message !== undefined && { message }), reason },
});

const exit = (exitCode: number, reason: string, time: string) => ({
  exitCode,
  finishedAt: time,
  reason,
  startedAt: time,
});

const imageIds = new WeakMap<Container, string>();

function imageIdOf(container: Container): string {
  const known = imageIds.get(container);
  if (known !== undefined) return known;
  const { image = '' } = container;
  const id = `${repositoryOf(image)}@sha256:${digest(image)}`;
  imageIds.set(container, id);
  return id;
}

const repositoryOf = (image: string): string => {
  const [tagged = image] = image.split('@');
  const colon = tagged.lastIndexOf(':');
  return colon > tagged.lastIndexOf('/') ? tagged.slice(0, colon) : tagged;
};

/** Sixty-four hexadecimal digits that look like a digest of the text. */
const digest = (text: string): string => fingerprint(text, 8);
