import { describe, expect, it } from 'vitest';
import { answer } from '../../src/kubernetes-api/answer.ts';
import { createChangeLog } from '../../src/kubernetes-api/change-log.ts';
import type { Sandbox } from '../../src/kubernetes-api/sandbox.ts';
import type { Watch } from '../../src/kubernetes-api/watch.ts';
import { ask, bodyOf, testSandbox } from './lab.ts';

function watch(sandbox: Sandbox, path: string, accept = 'application/json'): Watch {
  const [place = '', query] = path.split('?');
  const given = answer(sandbox, {
    method: 'GET',
    path: place,
    query: new URLSearchParams(query),
    headers: { accept },
    body: Buffer.alloc(0),
  });
  if ('watch' in given) return given.watch;
  throw new Error(String(given.body));
}

// biome-ignore lint/suspicious/noExplicitAny: events are looked into by the tests' own questions.
const pulled = (watching: Watch): any[] => watching.pull().map((line) => JSON.parse(line));

const pod = (name: string, labels: Record<string, string> = {}) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels },
    spec: { containers: [{ name: 'main', image: 'nginx' }] },
  });

const pods = '/api/v1/namespaces/default/pods';
const jsonBody = { 'content-type': 'application/json' };
const create = (sandbox: Sandbox, body: string, path = pods) =>
  ask(sandbox, { method: 'POST', path, headers: jsonBody, body });
const versionNow = (sandbox: Sandbox): string =>
  bodyOf(ask(sandbox, { path: pods })).metadata.resourceVersion;
const merge = { 'content-type': 'application/merge-patch+json' };

describe('a Pod over time', () => {
  it('starts and ends in steps, and a watch sees each of them in order', () => {
    const { sandbox, clock } = testSandbox();
    const watching = watch(sandbox, `${pods}?resourceVersion=${versionNow(sandbox)}&watch=true`);
    create(sandbox, pod('one'));
    clock.pass(5000);
    ask(sandbox, { method: 'DELETE', path: `${pods}/one` });
    clock.pass(5000);
    const seen = pulled(watching).map(({ type, object: { metadata, spec, status } }) => [
      type,
      metadata.deletionTimestamp ? 'terminating' : status.phase,
      spec.nodeName ? 'node' : 'no node',
      status.containerStatuses?.[0]?.state.waiting?.reason ?? '',
    ]);
    expect(seen).toEqual([
      ['ADDED', 'Pending', 'no node', ''],
      ['MODIFIED', 'Pending', 'node', ''],
      ['MODIFIED', 'Pending', 'node', 'ContainerCreating'],
      ['MODIFIED', 'Running', 'node', ''],
      ['MODIFIED', 'terminating', 'node', ''],
      ['DELETED', 'terminating', 'node', ''],
    ]);
  });

  it('moves on by the clock alone, whoever asks or does not', () => {
    const { sandbox, clock } = testSandbox();
    create(sandbox, pod('one'));
    const phase = () => bodyOf(ask(sandbox, { path: `${pods}/one` })).status.phase;
    expect(phase()).toBe('Pending');
    clock.pass(500);
    expect(phase()).toBe('Pending');
    clock.pass(5000);
    expect(phase()).toBe('Running');
  });

  it('answers the same bytes for the same requests at the same times', () => {
    const story = () => {
      const { sandbox, clock } = testSandbox();
      const watching = watch(sandbox, `${pods}?watch=1`);
      create(sandbox, pod('one'));
      clock.pass(3000);
      ask(sandbox, { method: 'DELETE', path: `${pods}/one?gracePeriodSeconds=0` });
      return [...watching.pull(), ask(sandbox, { path: '/api/v1/events' }).body];
    };
    expect(story()).toEqual(story());
  });

  it('goes at once when it has no node or is given no grace', () => {
    const { sandbox, clock } = testSandbox();
    create(sandbox, pod('one'));
    ask(sandbox, { method: 'DELETE', path: `${pods}/one` });
    expect(ask(sandbox, { path: `${pods}/one` }).code).toBe(404);
    create(sandbox, pod('two'));
    clock.pass(5000);
    const body = '{"gracePeriodSeconds":0}';
    ask(sandbox, { method: 'DELETE', path: `${pods}/two`, headers: jsonBody, body });
    expect(ask(sandbox, { path: `${pods}/two` }).code).toBe(404);
  });

  it('waits while no node takes it, and starts when one does', () => {
    const { sandbox, clock } = testSandbox();
    const picky = JSON.parse(pod('picky'));
    picky.spec.nodeSelector = { disk: 'ssd' };
    create(sandbox, JSON.stringify(picky));
    clock.pass(5000);
    const conditions = () => bodyOf(ask(sandbox, { path: `${pods}/picky` })).status.conditions;
    expect(conditions()).toMatchObject([{ type: 'PodScheduled', reason: 'Unschedulable' }]);
    const [node] = sandbox.cluster().store.list('nodes');
    const path = `/api/v1/nodes/${node?.metadata.name}`;
    const body = '{"metadata":{"labels":{"disk":"ssd"}}}';
    expect(ask(sandbox, { method: 'PATCH', path, headers: merge, body }).code).toBe(200);
    clock.pass(5000);
    expect(bodyOf(ask(sandbox, { path: `${pods}/picky` })).status.phase).toBe('Running');
  });
});

describe('a watch', () => {
  it('begins with what stands when no version is named', () => {
    const { sandbox } = testSandbox();
    create(sandbox, pod('a'));
    create(sandbox, pod('b'));
    const names = pulled(watch(sandbox, `${pods}?watch=true`)).map(({ type, object }) => [
      type,
      object.metadata.name,
    ]);
    expect(names).toEqual([
      ['ADDED', 'a'],
      ['ADDED', 'b'],
    ]);
  });

  it('marks the end of the initial events of a watch-list', () => {
    const { sandbox } = testSandbox();
    create(sandbox, pod('a'));
    const query =
      'watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
    const events = pulled(watch(sandbox, `${pods}?${query}`));
    expect(events.map(({ type }) => type)).toEqual(['ADDED', 'BOOKMARK']);
    expect(events[1].object).toMatchObject({
      kind: 'Pod',
      metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } },
    });
  });

  it('adds and deletes what enters and leaves its selection', () => {
    const { sandbox } = testSandbox();
    create(sandbox, pod('a', { tier: 'x' }));
    const version = versionNow(sandbox);
    const watching = watch(
      sandbox,
      `${pods}?watch=true&labelSelector=tier%3Dy&resourceVersion=${version}`,
    );
    const label = (tier: string) =>
      ask(sandbox, {
        method: 'PATCH',
        path: `${pods}/a`,
        headers: merge,
        body: JSON.stringify({ metadata: { labels: { tier } } }),
      });
    label('y');
    label('z');
    expect(pulled(watching).map(({ type }) => type)).toEqual(['ADDED', 'DELETED']);
  });

  it('tells the columns of a Table once', () => {
    const { sandbox } = testSandbox();
    create(sandbox, pod('a'));
    create(sandbox, pod('b'));
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
    const events = pulled(watch(sandbox, `${pods}?watch=true`, accept));
    expect(events.map(({ object }) => object.kind)).toEqual(['Table', 'Table']);
    expect(events.map(({ object }) => object.columnDefinitions === null)).toEqual([false, true]);
  });

  it('ends with 410 Expired when what it asks for is forgotten', () => {
    const { sandbox } = testSandbox();
    const watching = watch(sandbox, `${pods}?watch=true&resourceVersion=1`);
    const [event] = pulled(watching);
    expect(event).toMatchObject({ type: 'ERROR', object: { code: 410, reason: 'Expired' } });
    expect(watching.ended).toBe(true);
    expect(watching.pull()).toEqual([]);
  });

  it.each([
    ['sendInitialEvents=true', 422],
    ['resourceVersionMatch=NotOlderThan', 422],
    ['labelSelector=%3D', 400],
    ['fieldSelector=spec.nope%3D1', 400],
    ['resourceVersion=x', 500],
  ])('is refused with %s', (query, code) => {
    const { sandbox } = testSandbox();
    expect(ask(sandbox, { path: `${pods}?watch=true&${query}` }).code).toBe(code);
  });
});

it('keeps up with as many Pods as a cluster holds', () => {
  const { sandbox, clock } = testSandbox();
  const watching = watch(sandbox, `${pods}?watch=true`);
  const types = new Map<string, number>();
  const count = () => {
    for (const { type } of pulled(watching)) types.set(type, (types.get(type) ?? 0) + 1);
  };
  sandbox.changes.subscribe(count);
  const template = { metadata: { labels: { app: 'w' } }, spec: JSON.parse(pod('x')).spec };
  const spec = { replicas: 400, selector: { matchLabels: { app: 'w' } }, template };
  const body = { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'w' }, spec };
  create(sandbox, JSON.stringify(body), '/apis/apps/v1/namespaces/default/replicasets');
  clock.pass(5000);
  expect(Object.fromEntries(types)).toEqual({ ADDED: 400, MODIFIED: 1200 });
});

describe('the log of changes', () => {
  const change = (version: number, name = 'x') => ({
    version,
    resource: 'pods',
    after: { apiVersion: 'v1', kind: 'Pod', metadata: { name } },
  });
  const versions = (log: ReturnType<typeof createChangeLog>, since: number) => {
    const changes = log.since(since);
    return changes === 'expired' ? changes : changes.map(({ version }) => version);
  };

  it('forgets the oldest beyond its bounds, by number and by size', () => {
    const few = createChangeLog(10, { changes: 3, bytes: 1000 });
    for (let version = 11; version <= 15; version += 1) few.append(change(version));
    expect(versions(few, 12)).toEqual([13, 14, 15]);
    expect(versions(few, 11)).toBe('expired');
    expect(versions(few, 15)).toEqual([]);
    const small = createChangeLog(0, { changes: 100, bytes: 1000 });
    for (let version = 1; version <= 10; version += 1)
      small.append(change(version, 'x'.repeat(300)));
    expect(versions(small, 8)).toEqual([9, 10]);
    expect(versions(small, 5)).toBe('expired');
    small.append(change(11, 'x'.repeat(5000)));
    expect(versions(small, 10)).toBe('expired');
  });

  it('tells of each turn once, and only of turns that wrote', () => {
    const log = createChangeLog(0);
    let told = 0;
    const stop = log.subscribe(() => {
      told += 1;
    });
    log.flush();
    log.append(change(1));
    log.append(change(2));
    log.flush();
    log.flush();
    expect(told).toBe(1);
    stop();
    log.append(change(3));
    log.flush();
    expect(told).toBe(1);
  });
});

describe('a list in pages', () => {
  const configMaps = '/api/v1/namespaces/default/configmaps';
  const configMap = (name: string) =>
    JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });

  it('shows one state over all pages, whatever is written between them', () => {
    const { sandbox } = testSandbox();
    for (const name of ['a', 'b', 'c', 'd', 'e']) create(sandbox, configMap(name), configMaps);
    const first = bodyOf(ask(sandbox, { path: `${configMaps}?limit=2` }));
    expect(first.metadata).toMatchObject({ remainingItemCount: 3 });
    ask(sandbox, { method: 'DELETE', path: `${configMaps}/d` });
    create(sandbox, configMap('cc'), configMaps);
    const names: string[] = [];
    for (let page = first; ; ) {
      for (const item of page.items) names.push(item.metadata.name);
      const { continue: token, resourceVersion } = page.metadata;
      expect(resourceVersion).toBe(first.metadata.resourceVersion);
      if (!token) break;
      page = bodyOf(ask(sandbox, { path: `${configMaps}?limit=2&continue=${token}` }));
    }
    expect(names).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('refuses a token that nobody gave out', () => {
    const { sandbox } = testSandbox();
    for (const token of ['x', 'e30', Buffer.from('null').toString('base64url')]) {
      const path = `${configMaps}?limit=1&continue=${token}`;
      expect(ask(sandbox, { path }).code).toBe(400);
    }
  });
});

describe('Pods of a Deployment', () => {
  it('end in steps when it is scaled down or deleted', () => {
    const { sandbox, clock } = testSandbox();
    const deployments = '/apis/apps/v1/namespaces/default/deployments';
    const template = { metadata: { labels: { app: 'w' } }, spec: JSON.parse(pod('x')).spec };
    const body = JSON.stringify({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'w' },
      spec: { replicas: 3, selector: { matchLabels: { app: 'w' } }, template },
    });
    expect(create(sandbox, body, deployments).code).toBe(201);
    clock.pass(5000);
    const standing = () => {
      const { items } = bodyOf(ask(sandbox, { path: pods }));
      const ending = items.filter(
        ({ metadata }: { metadata: { deletionTimestamp?: string } }) => metadata.deletionTimestamp,
      );
      return { all: items.length, ending: ending.length };
    };
    expect(standing()).toEqual({ all: 3, ending: 0 });
    const scale = '{"spec":{"replicas":1}}';
    ask(sandbox, { method: 'PATCH', path: `${deployments}/w/scale`, headers: merge, body: scale });
    expect(standing()).toEqual({ all: 3, ending: 2 });
    clock.pass(2000);
    expect(standing()).toEqual({ all: 1, ending: 0 });
    ask(sandbox, { method: 'DELETE', path: `${deployments}/w` });
    expect(standing()).toEqual({ all: 1, ending: 1 });
    clock.pass(2000);
    expect(standing()).toEqual({ all: 0, ending: 0 });
  });
});
