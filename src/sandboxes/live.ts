import type { Cluster } from '../cluster/cluster.ts';
import { differenceOf, restored } from '../cluster/kept.ts';
import type { KubeObject } from '../cluster/objects.ts';
import type { Beside } from '../gradebook/index.ts';
import { notFound } from '../gradebook/refusal.ts';
import { createSandbox } from '../kubernetes-api/memory-sandbox.ts';
import type { Clock, Sandbox } from '../kubernetes-api/sandbox.ts';
import { createKeeper, type Keeper, rowOf } from './keeper.ts';
import type { ObjectRow, SandboxStore, StateRows } from './ports.ts';
import { createQuota, type SandboxLimits, type SandboxQuota } from './quota.ts';
import type { SandboxRecord } from './sandbox.ts';
import type { Worlds } from './worlds.ts';

/** A sandbox in memory: at work, or idle and soon to be let go. */
interface Live {
  readonly id: string;
  readonly world: Cluster;
  readonly sandbox: Sandbox;
  readonly keeper: Keeper;
  readonly quota: SandboxQuota;
  lastUsed: number;
}

/** What stands in a sandbox at this moment. */
export interface Standing {
  readonly world: Cluster;
  readonly cluster: Cluster;
}

/** The sandboxes in memory; others are brought back when somebody asks for them. */
export interface LiveSandboxes {
  open(record: SandboxRecord): Promise<Sandbox>;
  standing(record: SandboxRecord): Promise<Standing>;
  /** What differs from the world now, saved or not. */
  rows(record: SandboxRecord): Promise<readonly ObjectRow[]>;
  /** Puts other objects in the place of all that differ; streams end, and clients list anew. */
  replace(record: SandboxRecord, objects: readonly ObjectRow[], beside: Beside): Promise<void>;
  /** Ends it in memory, nothing more of it is written. */
  drop(id: string): void;
  /** Lets go of what nobody uses, once it is saved. */
  evictIdle(): Promise<void>;
  readonly count: number;
  /** Saves all, and ends them. */
  close(): Promise<void>;
}

export interface LiveParts {
  readonly store: SandboxStore;
  readonly worlds: Worlds;
  readonly clock: Clock;
  readonly limits: SandboxLimits;
}

export function createLive(parts: LiveParts): LiveSandboxes {
  const { store, limits, clock } = parts;
  const loading = new Map<string, Promise<Live>>();
  const live = new Map<string, Live>();

  /** `before`: what has to be done first; whoever asks meanwhile waits for it too. */
  function load(record: SandboxRecord, before?: Promise<unknown>): Promise<Live> {
    const { id } = record;
    const coming: Promise<Live> = Promise.resolve(before)
      .then(() => bringBack(parts, record, () => drop(id)))
      .then((found) => {
        if (loading.get(id) !== coming) throw notFound('sandbox');
        live.set(id, found);
        return found;
      });
    loading.set(id, coming);
    const forget = () => {
      if (loading.get(id) === coming) loading.delete(id);
    };
    coming.then(forget, forget);
    return coming;
  }

  async function get(record: SandboxRecord): Promise<Live> {
    const there = live.get(record.id);
    const found = there ?? (await (loading.get(record.id) ?? load(record)));
    found.lastUsed = clock.now();
    return found;
  }

  function drop(id: string): void {
    loading.delete(id);
    const found = live.get(id);
    live.delete(id);
    if (!found) return;
    found.keeper.stop();
    found.sandbox.close();
  }

  async function evict(one: Live): Promise<void> {
    const { lastUsed } = one;
    await one.keeper.saved().catch(() => undefined);
    const used = one.lastUsed !== lastUsed || one.quota.streams > 0;
    if (!used && live.get(one.id) === one) drop(one.id);
  }

  const rowsOf = ({ world, sandbox }: Live): readonly ObjectRow[] =>
    differenceOf(world, sandbox.cluster()).map(rowOf);

  return {
    open: async (record) => (await get(record)).sandbox,
    async standing(record) {
      const { world, sandbox } = await get(record);
      return { world, cluster: sandbox.cluster() };
    },
    rows: async (record) => rowsOf(await get(record)),
    async replace(record, objects, beside) {
      const version = (await get(record)).sandbox.cluster().store.version() + 1;
      drop(record.id);
      const written = store.replaceSandbox(record.id, { version, objects }, beside);
      await load(record, written.then(refuseGone));
    },
    drop,
    async evictIdle() {
      const idle = [...live.values()]
        .filter(({ quota }) => quota.streams === 0)
        .sort((one, other) => one.lastUsed - other.lastUsed);
      const spare = live.size - limits.inMemory;
      const until = clock.now() - limits.idleMs;
      const leaving = idle.filter(({ lastUsed }, index) => index < spare || lastUsed <= until);
      await Promise.all(leaving.map(evict));
    },
    get count() {
      return live.size;
    },
    async close() {
      await Promise.all(loading.values()).catch(() => undefined);
      await Promise.all(
        [...live.values()].map(({ keeper }) => keeper.saved().catch(() => undefined)),
      );
      for (const id of [...live.keys()]) drop(id);
    },
  };
}

function refuseGone(there: boolean): void {
  if (!there) throw notFound('sandbox');
}

async function bringBack(
  { store, worlds, clock, limits }: LiveParts,
  record: SandboxRecord,
  gone: () => void,
): Promise<Live> {
  const state = await store.sandboxState(record.id);
  if (!state) throw notFound('sandbox');
  const world = await worlds.worldOf(record, store);
  const quota = createQuota({
    limits,
    worldObjects: world.store.size(),
    now: () => performance.now(),
  });
  const inner = createSandbox({ cluster: clusterOf(world, state, limits), clock, quota });
  const { id } = record;
  const keeper = createKeeper({
    ...{ id, sandbox: inner, world, state, store, gone },
    keeps: (bytes) => quota.keeps(bytes),
  });
  const sandbox = { ...inner, saved: () => keeper.saved() };
  return { id, world, sandbox, keeper, quota, lastUsed: clock.now() };
}

function clusterOf(
  world: Cluster,
  { version, objects }: StateRows,
  limits: SandboxLimits,
): Cluster {
  const kept = objects.map(({ object, ...key }) => ({
    ...key,
    object: object === null ? null : (JSON.parse(object) as KubeObject),
  }));
  const { settings, store } = restored(world, { version, objects: kept });
  const { pods, endpoints } = limits;
  return { settings: { ...settings, bounds: { pods, endpoints } }, store };
}
