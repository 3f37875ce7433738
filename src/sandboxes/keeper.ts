import type { Cluster } from '../cluster/cluster.ts';
import { differenceOf, type KeptObject, kept } from '../cluster/kept.ts';
import type { LoggedChange, Sandbox } from '../kubernetes-api/sandbox.ts';
import type { ObjectRow, SandboxStore, StateChange, StateRows } from './ports.ts';

/** Writes a sandbox down as it changes. */
export interface Keeper {
  /** Resolves when all that was written until now is on disk; rejects when it could not be. */
  saved(): Promise<void>;
  /** Writes nothing any more. */
  stop(): void;
}

export interface KeeperParts {
  readonly id: string;
  readonly sandbox: Sandbox;
  readonly world: Cluster;
  readonly state: StateRows;
  readonly store: Pick<SandboxStore, 'saveSandbox'>;
  /** Told the characters that are kept, after each write. */
  readonly keeps: (bytes: number) => void;
  /** The sandbox is not there any more. */
  readonly gone: () => void;
}

/**
 * Changes that come while a write is on its way go together with the next one. What could not be
 * written is tried again with the next change.
 */
export function createKeeper(parts: KeeperParts): Keeper {
  const { id, sandbox, world, store } = parts;
  const sizes = new Map<string, number>();
  let bytes = 0;
  let keptUpTo = parts.state.version;
  let inFlight: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;
  let stopped = false;
  const unsubscribe = sandbox.changes.subscribe(schedule);
  note(parts.state.objects);
  parts.keeps(bytes);

  function schedule(): void {
    if (waiting) return;
    const next = inFlight
      .catch(() => undefined)
      .then(() => {
        inFlight = next;
        waiting = undefined;
        return write();
      });
    next.catch(() => undefined);
    waiting = next;
  }

  async function write(): Promise<void> {
    if (stopped) throw new Error('the sandbox was closed before this was written');
    const change = changeSince();
    if (change.version === keptUpTo) return;
    note(change.objects);
    note(change.forgotten.map((key) => ({ ...key, object: null })));
    parts.keeps(bytes);
    if (!(await store.saveSandbox(id, change))) parts.gone();
    keptUpTo = change.version;
  }

  function changeSince(): StateChange {
    const changes = sandbox.changes.since(keptUpTo);
    if (changes === 'expired') return wholeChange();
    const newest = new Map<string, KeptObject>();
    for (const change of changes) newest.set(...entryOf(change));
    return changeOf(changes.at(-1)?.version ?? keptUpTo, [...newest.values()]);
  }

  /** More was written than the log remembers: all that differs is written again. */
  function wholeChange(): StateChange {
    const cluster = sandbox.cluster();
    const objects = differenceOf(world, cluster);
    const there = new Set(objects.map(keyOf));
    const lost = [...sizes.keys()].filter((key) => !there.has(key)).map(lostObject);
    return changeOf(cluster.store.version(), [...objects, ...lost]);
  }

  function changeOf(version: number, objects: readonly KeptObject[]): StateChange {
    const inWorld = ({ resource, namespace, name }: KeptObject) =>
      world.store.get(resource, namespace, name) !== undefined;
    const stays = objects.filter((one) => one.object !== null || inWorld(one));
    const forgotten = objects.filter((one) => one.object === null && !inWorld(one));
    return { version, objects: stays.map(rowOf), forgotten };
  }

  function note(rows: readonly ObjectRow[]): void {
    for (const row of rows) {
      const key = keyOf(row);
      const size = row.object?.length ?? 0;
      bytes += size - (sizes.get(key) ?? 0);
      if (row.object === null) sizes.delete(key);
      else sizes.set(key, size);
    }
  }

  return {
    saved: () => waiting ?? inFlight,
    stop() {
      stopped = true;
      unsubscribe();
    },
  };
}

export const rowOf = ({ resource, namespace, name, object }: KeptObject): ObjectRow => ({
  resource,
  namespace,
  name,
  object: object && JSON.stringify(object),
});

const keyOf = ({ resource, namespace, name }: Omit<ObjectRow, 'object'>): string =>
  `${resource} ${namespace}/${name}`;

function lostObject(key: string): KeptObject {
  const [resource = '', place = ''] = key.split(' ');
  const [namespace = '', name = ''] = place.split('/');
  return { resource, namespace, name, object: null };
}

function entryOf({ resource, before, after }: LoggedChange): [string, KeptObject] {
  const about = after ?? before;
  const one = kept(resource, about as NonNullable<typeof about>, after);
  return [keyOf(one), one];
}
