import { bootstrapCluster } from '../cluster/bootstrap.ts';
import type { Cluster, ImageBehaviour, ListeningSocket } from '../cluster/cluster.ts';
import { settle } from '../cluster/controllers/settle.ts';
import type { KubectlResult } from '../cluster/kubectl/command.ts';
import { runKubectl, runKubectlLine } from '../cluster/kubectl/run.ts';
import type { PlatformName } from '../cluster/network/platform.ts';
import { socketOf } from '../cluster/playground/addresses.ts';
import type { WorldDefinition } from './format.ts';
import type { WorldStep } from './part-format.ts';
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
  demandDone(file, runKubectl(cluster, { args: ['apply', '-f', file], files: { [file]: text } }));
}

/** Does one step of what stands before a part; controllers come to rest. Throws ExerciseError. */
export function takeStep(
  cluster: Cluster,
  step: WorldStep,
  fileOf: (name: string) => string,
): void {
  if ('apply' in step) applyFile(cluster, step.apply, fileOf(step.apply));
  else if ('create' in step) {
    const { create: file } = step;
    const files = { [file]: fileOf(file) };
    demandDone(file, runKubectl(cluster, { args: ['create', '-f', file], files }));
  } else demandDone(step.run, runKubectlLine(cluster, step.run));
}

function demandDone(what: string, { exit, stderr, findings }: KubectlResult): void {
  if (exit !== 0) throw new ExerciseError([`${what}: ${stderr.trim()}`]);
  const beyond = findings.filter(({ code }) => code.startsWith('limit-'));
  if (beyond.length > 0) throw new ExerciseError(beyond.map(({ code }) => `${what}: ${code}`));
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
