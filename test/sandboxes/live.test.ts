import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bootstrapCluster } from '../../src/cluster/bootstrap.ts';
import { runKubectlLine } from '../../src/cluster/kubectl/run.ts';
import type { Clock, Sandbox } from '../../src/kubernetes-api/sandbox.ts';
import { limits } from '../../src/limits.ts';
import type { SandboxRecord, SandboxStore } from '../../src/sandboxes/index.ts';
import { createLive, type LiveSandboxes } from '../../src/sandboxes/live.ts';
import type { SandboxLimits } from '../../src/sandboxes/quota.ts';
import { createWorlds } from '../../src/sandboxes/worlds.ts';
import { openStore } from '../../src/store/index.ts';

let folder: string;
let store: ReturnType<typeof openStore>;
let now: number;
let live: LiveSandboxes;

const clock: Clock = { now: () => now, after: () => () => undefined };
const worlds = createWorlds(() => undefined);
const make = (kept: SandboxStore, more: Partial<SandboxLimits> = {}) =>
  createLive({ store: kept, worlds, clock, limits: { ...limits.sandbox, ...more } });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandboxes-'));
  store = openStore({ file: join(folder, 'lab.db') });
  now = Date.UTC(2026, 1, 1);
  live = make(store);
});
afterEach(async () => {
  await live.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const world = worlds.prepare(undefined, 'kind');

async function added(id: string): Promise<SandboxRecord> {
  const text = worlds.textOf(world);
  const record: SandboxRecord = {
    ...{ id, platform: 'kind', tokenId: 't', world: text.digest },
    ...{ createdAt: '2026-02-01T00:00:00Z', expiresAt: '2026-03-01T00:00:00Z' },
  };
  await store.addSandbox(record, text, { version: world.store.version(), objects: [] }, 100, {});
  return record;
}

const type = (sandbox: Sandbox, line: string) =>
  sandbox.change((cluster) => expect(runKubectlLine(cluster, line).exit, line).toBe(0));

const namesIn = (sandbox: Sandbox, resource = 'configmaps') =>
  sandbox
    .cluster()
    .store.list(resource, 'default')
    .map(({ metadata }) => metadata.name);

describe('a sandbox in memory', () => {
  it('is let go when nobody uses it, and comes back as it was', async () => {
    const record = await added('one');
    const sandbox = await live.open(record);
    type(sandbox, 'kubectl create configmap odd --from-literal=__proto__=b');
    type(sandbox, 'kubectl create configmap gone --from-literal=a=b');
    type(sandbox, 'kubectl delete configmap gone');
    const version = sandbox.cluster().store.version();
    now += limits.sandbox.idleMs + 1;
    await live.evictIdle();
    expect(live.count).toBe(0);
    const back = await live.open(record);
    expect(back).not.toBe(sandbox);
    expect(namesIn(back)).toEqual(['odd']);
    const odd = back.cluster().store.get('configmaps', 'default', 'odd');
    expect(JSON.stringify(odd?.data)).toBe('{"__proto__":"b"}');
    expect(back.cluster().store.version()).toBe(version);
    const kept = await store.sandboxState('one');
    expect(kept?.objects.filter(({ resource }) => resource === 'configmaps')).toHaveLength(1);
  });

  it('stays while somebody watches it, or has just used it', async () => {
    const [watched, used] = [await added('watched'), await added('used')];
    const sandbox = await live.open(watched);
    expect(sandbox.quota.openStream()).toBeUndefined();
    now += limits.sandbox.idleMs + 1;
    await live.open(used);
    await live.evictIdle();
    expect(live.count).toBe(2);
    sandbox.quota.closeStream();
    await live.evictIdle();
    expect(live.count).toBe(1);
  });

  it('gives way to others when there are too many', async () => {
    const few = make(store, { inMemory: 2 });
    for (const id of ['a', 'b', 'c', 'd']) {
      now += 1;
      await few.open(await added(id));
    }
    await few.evictIdle();
    expect(few.count).toBe(2);
    await few.close();
  });

  it('is brought back once for all who ask at once', async () => {
    const record = await added('one');
    const all = await Promise.all([1, 2, 3].map(() => live.open(record)));
    expect(new Set(all).size).toBe(1);
  });

  it('survives a restart of the process, also one that saved nothing more', async () => {
    const record = await added('one');
    const sandbox = await live.open(record);
    type(sandbox, 'kubectl create deployment web --image nginx --replicas 2');
    await sandbox.saved?.();
    await store.close();
    store = openStore({ file: join(folder, 'lab.db') });
    const again = make(store);
    const back = await again.open(record);
    expect(namesIn(back, 'pods')).toEqual(namesIn(sandbox, 'pods'));
    expect(namesIn(back, 'pods')).toHaveLength(2);
    await again.close();
  });

  it('comes back on the world it was made of, though the world is another by now', async () => {
    const old = bootstrapCluster({ platform: 'kind' });
    runKubectlLine(old, 'kubectl create configmap of-the-old-world --from-literal=a=b');
    const text = worlds.textOf(old);
    const record = { ...(await added('one')), id: 'old', world: text.digest };
    const state = { version: old.store.version(), objects: [] };
    await store.addSandbox(record, text, state, 100, {});
    const sandbox = await live.open(record);
    expect(namesIn(sandbox)).toEqual(['of-the-old-world']);
    type(sandbox, 'kubectl delete configmap of-the-old-world');
    now += limits.sandbox.idleMs + 1;
    await live.evictIdle();
    expect(namesIn(await live.open(record))).toEqual([]);
  });
});

describe('a sandbox that is put back', () => {
  it('ends what streams from it, and is older for nobody', async () => {
    const record = await added('one');
    const sandbox = await live.open(record);
    let ended = 0;
    sandbox.onClose(() => {
      ended += 1;
    });
    type(sandbox, 'kubectl create configmap a --from-literal=a=b');
    const version = sandbox.cluster().store.version();
    await live.replace(record, [], {});
    expect(ended).toBe(1);
    const after = await live.open(record);
    expect(namesIn(after)).toEqual([]);
    expect(after.cluster().store.version()).toBe(version + 1);
    expect(after.changes.since(version)).toBe('expired');
  });

  it('is not overwritten by what was on its way to disk', async () => {
    const record = await added('one');
    const sandbox = await live.open(record);
    type(sandbox, 'kubectl create configmap a --from-literal=a=b');
    const replaced = live.replace(record, [], {});
    type(sandbox, 'kubectl create configmap late --from-literal=a=b');
    await replaced;
    expect(namesIn(await live.open(record))).toEqual([]);
    const objects = (await store.sandboxState('one'))?.objects ?? [];
    expect(objects).toEqual([]);
  });
});

describe('a sandbox that is gone', () => {
  it('from the store ends in memory with its next write', async () => {
    const record = await added('one');
    const sandbox = await live.open(record);
    await store.removeSandbox('one', {});
    type(sandbox, 'kubectl create configmap a --from-literal=a=b');
    await sandbox.saved?.();
    expect(live.count).toBe(0);
    await expect(live.open(record)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('takes its world along when it was the last of it', async () => {
    const { world: digest } = await added('one');
    expect(await store.sandboxWorld(digest)).toBeDefined();
    expect(await store.removeSandboxesOver('2026-03-01T00:00:00Z')).toEqual(['one']);
    expect(await store.sandboxWorld(digest)).toBeUndefined();
  });
});

describe('many writes at once', () => {
  it('are kept though the log of changes forgot the first of them', async () => {
    const record = await added('one');
    const sandbox = await live.open(record);
    type(sandbox, 'kubectl create configmap first --from-literal=a=b');
    sandbox.change(({ store: objects }) => {
      const first = objects.get('configmaps', 'default', 'first');
      for (let count = 0; first && count < 6; count += 1) {
        const data = { big: `${count}`.repeat(limits.watchLogBytes / 4) };
        objects.put('configmaps', { ...first, metadata: { ...first.metadata }, data });
      }
    });
    type(sandbox, 'kubectl delete configmap first');
    type(sandbox, 'kubectl create configmap last --from-literal=a=b');
    await sandbox.saved?.();
    const objects = (await store.sandboxState('one'))?.objects ?? [];
    const maps = objects.filter(({ resource }) => resource === 'configmaps');
    expect(maps.map(({ name }) => name)).toEqual(['last']);
    now += limits.sandbox.idleMs + 1;
    await live.evictIdle();
    expect(namesIn(await live.open(record))).toEqual(['last']);
  });
});
