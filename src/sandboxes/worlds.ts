import { createHash } from 'node:crypto';
import { bootstrapCluster } from '../cluster/bootstrap.ts';
import { type Cluster, type ClusterSettings, emptyCluster } from '../cluster/cluster.ts';
import { differenceOf, type KeptCluster, restored } from '../cluster/kept.ts';
import type { Exercise, ExerciseKey, Variant } from '../exercise/exercise.ts';
import { Refusal } from '../gradebook/index.ts';
import type { SandboxStore, WorldText } from './ports.ts';
import type { PlatformName, SandboxRecord, SandboxTask } from './sandbox.ts';

/** Where sandboxes begin. */
export interface Worlds {
  /**
   * The part to work on: the one named, or the first that is done in a cluster. Throws `invalid`
   * where there is none.
   */
  partFor(exercise: ExerciseKey, seed: string, part: string | undefined): string;
  platformOf(exercise: ExerciseKey, seed: string): PlatformName;
  /** The world of a part with what stands before it, or an empty cluster. */
  prepare(
    task: Pick<SandboxTask, 'exercise' | 'part' | 'seed'> | undefined,
    on: PlatformName,
  ): Cluster;
  textOf(world: Cluster): WorldText;
  /** The world a sandbox was made of: prepared anew, or as it was kept if it has changed since. */
  worldOf(record: SandboxRecord, store: Pick<SandboxStore, 'sandboxWorld'>): Promise<Cluster>;
}

export function createWorlds(find: (key: ExerciseKey) => Exercise | undefined): Worlds {
  const free = new Map<PlatformName, Cluster>();
  const old = new Map<string, Cluster>();
  const variantOf = (key: ExerciseKey, seed: string): Variant => {
    const exercise = find(key);
    if (exercise) return exercise.variantOf(seed);
    throw new Refusal('invalid', `The exercise ${key.id} version ${key.version} is not installed.`);
  };
  const emptyOne = (platform: PlatformName): Cluster => {
    const known = free.get(platform) ?? bootstrapCluster({ platform });
    free.set(platform, known);
    return known;
  };
  const prepare: Worlds['prepare'] = (task, platform) =>
    task ? variantOf(task.exercise, task.seed).worldOf(task.part) : emptyOne(platform);
  const keptWorld = async (digest: string, store: Pick<SandboxStore, 'sandboxWorld'>) => {
    const known = old.get(digest);
    if (known) return known;
    const text = await store.sandboxWorld(digest);
    if (text === undefined) throw new Error(`the world ${digest} is not kept`);
    const world = worldIn(text);
    old.set(digest, world);
    return world;
  };
  return {
    partFor: (exercise, seed, part) => partIn(variantOf(exercise, seed), part),
    platformOf: (exercise, seed) => variantOf(exercise, seed).platform,
    prepare,
    textOf,
    async worldOf(record, store) {
      const { task, platform, world: digest } = record;
      const world = await attempt(() => prepare(task, platform));
      return world && textOf(world).digest === digest ? world : keptWorld(digest, store);
    },
  };
}

/** An exercise that is not installed any more leaves its sandboxes as they are. */
async function attempt(make: () => Cluster): Promise<Cluster | undefined> {
  try {
    return make();
  } catch {
    return undefined;
  }
}

/** Only what is done in a cluster, and is not the very thing that is asked: predictions are. */
function partIn({ parts }: Variant, wanted: string | undefined): string {
  const usable = parts.filter(
    (part) =>
      (part.kind === 'manifest' || part.kind === 'commands') &&
      part.checks.every(({ kind }) => kind !== 'shows'),
  );
  const ids = usable.map(({ id }) => id);
  const part = wanted ?? ids[0];
  if (part !== undefined && ids.includes(part)) return part;
  const detail = ids.length > 0 ? `must be one of ${ids.join(', ')}` : 'there is none to name';
  const message = 'A sandbox is for a part that is done in a cluster and judged by what stands.';
  throw new Refusal('invalid', message, [{ pointer: '/part', detail }]);
}

interface WrittenWorld {
  readonly settings: ClusterSettings;
  readonly cluster: KeptCluster;
}

const digests = new WeakMap<Cluster, string>();

function textOf(world: Cluster): WorldText {
  const known = digests.get(world);
  if (known !== undefined) return { digest: known, text: () => write(world) };
  const text = write(world);
  const digest = createHash('sha256').update(text).digest('hex');
  digests.set(world, digest);
  return { digest, text: () => text };
}

function write(world: Cluster): string {
  const objects = differenceOf(emptyCluster(), world);
  const cluster = { version: world.store.version(), objects };
  return JSON.stringify({ settings: world.settings, cluster } satisfies WrittenWorld);
}

function worldIn(text: string): Cluster {
  const { settings, cluster } = JSON.parse(text) as WrittenWorld;
  return restored(emptyCluster(settings), cluster);
}
