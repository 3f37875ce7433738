import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cluster, forkCluster } from '../../../src/cluster/cluster.ts';
import { replacePods } from '../../../src/cluster/controllers/churn.ts';
import { stamp } from '../../../src/cluster/controllers/new-object.ts';
import { settle } from '../../../src/cluster/controllers/settle.ts';
import { cloneJson } from '../../../src/cluster/json.ts';
import { deployment, observedPod, service, slicesNamed, startCluster } from './objects.ts';

type Item = readonly [resource: string, object: Record<string, unknown>];

const word = fc.constantFrom('web', 'api', 'db');
const namespace = fc.constantFrom('default', 'kube-system');
const labels = fc.record({ app: word }, { requiredKeys: ['app'] });
const number = fc.nat(250);

const pod: fc.Arbitrary<Item> = fc
  .record({
    name: number,
    namespace,
    labels,
    ready: fc.boolean(),
    deleted: fc.boolean(),
    phase: fc.constantFrom('Running', 'Running', 'Pending', 'Succeeded'),
    port: fc.constantFrom('http', 'other'),
  })
  .map(({ name, port, ...wishes }) => {
    const ports = [{ name: port, containerPort: 8000 + (name % 2), protocol: 'TCP' }];
    const spec = { containers: [{ name: 'main', image: 'web:1', ports }] };
    return ['pods', observedPod(`pod-${name}`, { ...wishes, ip: `10.244.9.${name}`, spec })];
  });

const anyService: fc.Arbitrary<Item> = fc
  .record({
    name: number,
    namespace,
    selector: labels,
    targetPort: fc.constantFrom(8080, 'http', 'nope'),
    publishNotReadyAddresses: fc.boolean(),
    clusterIP: fc.constantFrom('None', '10.96.5.5'),
  })
  .map(({ name, namespace, targetPort, ...spec }) => {
    const ports = [{ port: 80, targetPort, protocol: 'TCP' }];
    return ['services', service(`s-${name}`, { ...spec, ports }, { namespace })];
  });

const anyDeployment: fc.Arbitrary<Item> = fc
  .record({
    name: word,
    replicas: fc.nat(5),
    image: fc.constantFrom('web:1', 'notready:1', 'missing:1'),
  })
  .map((wishes) => ['deployments', deployment(wishes)]);

const world = fc
  .array(fc.oneof(pod, anyService, anyDeployment), { maxLength: 14 })
  .map((items) => [...new Map(items.map((item) => [nameOf(item), item])).values()]);

const nameOf = ([resource, { metadata }]: Item): string => {
  const { namespace, name } = metadata as { namespace: string; name: string };
  return `${resource}/${namespace}/${name}`;
};

function build(items: readonly Item[], cluster = startCluster()): Cluster {
  for (const [resource, object] of items) {
    cluster.store.put(resource, stamp(cluster, cloneJson(object) as never));
    settle(cluster);
  }
  return cluster;
}

/** Everything but versions, which count writes. */
const contents = (cluster: Cluster): string =>
  JSON.stringify(
    ['deployments', 'replicasets', 'pods', 'services', 'endpoints', 'endpointslices', 'events'].map(
      (resource) => cluster.store.list(resource),
    ),
  );

/** Per Service, how many addresses are ready and not, by port: no names, no IPs. */
function shape(cluster: Cluster): unknown {
  return cluster.store
    .list('endpoints')
    .map(({ metadata, subsets = [] }) => [
      `${metadata.namespace}/${metadata.name}`,
      subsets
        .map(({ addresses = [], notReadyAddresses = [], ports = [] }) =>
          JSON.stringify([addresses.length, notReadyAddresses.length, ports]),
        )
        .sort(),
    ]);
}

function readyCounts(cluster: Cluster): unknown {
  return cluster.store.list('services').map(
    ({ metadata }) =>
      slicesNamed(cluster, metadata.name)
        .filter((slice) => slice.metadata.namespace === metadata.namespace)
        .flatMap(({ endpoints }) => endpoints)
        .filter(({ conditions }) => conditions?.ready).length,
  );
}

const runs = { numRuns: 100, seed: 5 };

/** Properties of empty worlds prove nothing. */
it('most of the worlds have Pods behind Services', () => {
  const worlds = fc.sample(world, runs).map((items) => build(items));
  const filled = worlds.filter((cluster) =>
    cluster.store.list('endpoints').some(({ subsets = [] }) => subsets.length > 0),
  );
  const managed = worlds.filter((cluster) => cluster.store.list('replicasets').length > 0);
  expect(filled.length).toBeGreaterThan(runs.numRuns / 3);
  expect(managed.length).toBeGreaterThan(runs.numRuns / 3);
});

describe('in any world', () => {
  it('endpoints are eligible Pods of the namespace that the selector chooses', () => {
    fc.assert(
      fc.property(world, (items) => {
        const cluster = build(items);
        for (const { metadata, subsets = [] } of cluster.store.list('endpoints')) {
          const owner = cluster.store.get('services', metadata.namespace ?? '', metadata.name);
          for (const { ip, targetRef } of subsets.flatMap((subset) => [
            ...(subset.addresses ?? []),
            ...(subset.notReadyAddresses ?? []),
          ])) {
            if (!targetRef) continue;
            const found = cluster.store.get('pods', metadata.namespace ?? '', targetRef.name ?? '');
            expect(found?.status?.podIP).toBe(ip);
            expect(found?.metadata.labels).toMatchObject(owner?.spec?.selector ?? {});
            expect(found?.status?.phase).not.toBe('Succeeded');
          }
        }
      }),
      runs,
    );
  });

  it('settling again changes nothing', () => {
    fc.assert(
      fc.property(world, (items) => {
        const cluster = build(items);
        const [before, version] = [contents(cluster), cluster.store.version()];
        expect(settle(cluster)).toBe(true);
        expect([contents(cluster), cluster.store.version()]).toEqual([before, version]);
      }),
      runs,
    );
  });

  it('new Pods in place of the old ones leave as many endpoints ready', () => {
    fc.assert(
      fc.property(world, (items) => {
        const cluster = build(items);
        const before = readyCounts(cluster);
        replacePods(cluster);
        expect(readyCounts(cluster)).toEqual(before);
      }),
      runs,
    );
  });

  it('the order of the manifests does not matter for what is behind the Services', () => {
    const shuffled = world.chain((items) =>
      fc.tuple(
        fc.constant(items),
        fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([items, others]) => {
        expect(shape(build(others))).toEqual(shape(build(items)));
      }),
      runs,
    );
  });

  it('the same answers come out to the byte, and a fork leaves its world alone', () => {
    fc.assert(
      fc.property(world, world, (items, more) => {
        const cluster = build(items);
        const before = contents(cluster);
        build(more, forkCluster(cluster));
        expect(contents(cluster)).toBe(before);
        expect(contents(build(items))).toBe(before);
      }),
      runs,
    );
  });
});
