import { bootstrapCluster } from '../cluster/bootstrap.ts';
import type { Cluster, ImageBehaviour, ListeningSocket } from '../cluster/cluster.ts';
import { settle } from '../cluster/controllers/settle.ts';
import { runKubectl } from '../cluster/kubectl/run.ts';
import type { PlatformName } from '../cluster/network/platform.ts';
import { socketOf } from '../cluster/playground/addresses.ts';
import type { WorldDefinition } from './format.ts';
import { ExerciseError } from './read-yaml.ts';

/**
 * The cluster that an exercise's answers are tried in, come to rest. Done once: each answer works
 * on a fork. Throws ExerciseError where the API server does not take the world's manifests.
 */
export function prepareWorld(
  world: WorldDefinition,
  platform: PlatformName,
  manifests: string,
): Cluster {
  const images = Object.entries(world.images).map(([name, image]) => [name, behaviourOf(image)]);
  const cluster = bootstrapCluster({
    platform,
    images: Object.fromEntries(images),
    outsideNames: world.outsideNames,
    ...(world.listens && { listens: listensOf(world.listens) }),
  });
  applyFile(cluster, world.manifests, manifests);
  settle(cluster);
  return cluster;
}

/** Puts an author's file into a cluster; what kubectl says against it is the author's to mend. */
export function applyFile(cluster: Cluster, file: string, text: string): void {
  if (text.trim() === '') return;
  const result = runKubectl(cluster, { args: ['apply', '-f', file], files: { [file]: text } });
  if (result.exit !== 0) throw new ExerciseError([`${file}: ${result.stderr.trim()}`]);
  const beyond = result.findings.filter(({ code }) => code.startsWith('limit-'));
  if (beyond.length > 0) throw new ExerciseError(beyond.map(({ code }) => `${file}: ${code}`));
}

function behaviourOf(image: WorldDefinition['images'][string]): ImageBehaviour {
  const { state, listens, answers } = image;
  if (!listens) return { state };
  const socket = (text: string): ListeningSocket => ({
    ...socketOf(text),
    ...(answers && { answers: answers as NonNullable<ListeningSocket['answers']> }),
  });
  return { state, listens: listens.map(socket) };
}

function listensOf(listens: NonNullable<WorldDefinition['listens']>) {
  return Object.fromEntries(
    Object.entries(listens).map(([pod, sockets]) => [pod, sockets.map(socketOf)]),
  );
}
