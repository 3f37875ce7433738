import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cluster, ListeningSocket } from '../../../src/cluster/cluster.ts';
import { replacePods } from '../../../src/cluster/controllers/churn.ts';
import { stamp } from '../../../src/cluster/controllers/new-object.ts';
import { settle } from '../../../src/cluster/controllers/settle.ts';
import { cloneJson } from '../../../src/cluster/json.ts';
import { type ProbeResult, type ProbeSource, probe } from '../../../src/cluster/network/probe.ts';
import { deployment, observedPod, service, startCluster } from '../controllers/objects.ts';

type Item = readonly [resource: string, object: Record<string, unknown>];

const ports = [8080, 8081] as const;
const image = fc.constantFrom(
  ...(['web:1', 'web:1', 'web:1', 'web:1'] as const),
  ...(['other:1', 'notready:1', 'missing:1'] as const),
);
const sockets: Readonly<Record<string, readonly ListeningSocket[]>> = {
  'web:1': [{ protocol: 'TCP', port: 8080 }],
  'other:1': [
    { protocol: 'TCP', port: 8081 },
    { protocol: 'UDP', port: 8080 },
  ],
  'inside:1': [{ protocol: 'TCP', port: 8080, address: '127.0.0.1' }],
};
const images = {
  'web:1': { state: 'runs', listens: sockets['web:1'] ?? [] },
  'other:1': { state: 'runs', listens: sockets['other:1'] ?? [] },
  'inside:1': { state: 'runs', listens: sockets['inside:1'] ?? [] },
  'notready:1': { state: 'not-ready', listens: sockets['web:1'] ?? [] },
  'missing:1': { state: 'missing' },
} as const;

const word = fc.constantFrom('web', 'api');

const anyDeployment: fc.Arbitrary<Item> = fc
  .record({ name: word, replicas: fc.constantFrom(0, 1, 2, 3, 4), image })
  .map((wishes) => ['deployments', deployment(wishes)]);

const anyPod: fc.Arbitrary<Item> = fc
  .record({
    number: fc.nat(200),
    app: word,
    image: fc.constantFrom('web:1', 'inside:1'),
    ready: fc.boolean(),
    deleted: fc.boolean(),
    phase: fc.constantFrom('Running', 'Running', 'Pending', 'Failed'),
  })
  .map(({ number, app, image, ...wishes }) => {
    const spec = { containers: [{ name: 'main', image }] };
    const ip = `10.244.9.${number}`;
    return ['pods', observedPod(`pod-${number}`, { ...wishes, labels: { app }, ip, spec })];
  });

const anyService: fc.Arbitrary<Item> = fc
  .record({
    number: fc.nat(9),
    app: word,
    targetPort: fc.constantFrom(8080, 'http', 8080, 'http', 8081, 'nope'),
    protocol: fc.constantFrom('TCP', 'TCP', 'UDP'),
    headless: fc.boolean(),
    internalTrafficPolicy: fc.constantFrom('Cluster', 'Cluster', 'Cluster', 'Local'),
    publishNotReadyAddresses: fc.boolean(),
  })
  .map(({ number, app, targetPort, protocol, headless, ...spec }) => {
    const clusterIP = headless ? 'None' : `10.96.5.${number + 1}`;
    const given = { clusterIP, selector: { app }, ports: [{ port: 80, targetPort, protocol }] };
    return ['services', service(`s-${number}`, { ...spec, ...given })];
  });

/** Some Deployment and some Services always, so that there is somebody to reach. */
const world = fc
  .tuple(
    fc.array(anyDeployment, { minLength: 2, maxLength: 3 }),
    fc.array(anyService, { minLength: 4, maxLength: 7 }),
    fc.array(anyPod, { maxLength: 5 }),
  )
  .map((groups) => [...new Map(groups.flat().map((item) => [nameOf(item), item])).values()]);

/** A world of Deployments and Services alone: no address in it is anybody's choice. */
const managedWorld = world.map((items) => items.filter(([resource]) => resource !== 'pods'));

const shuffled = managedWorld.chain((items) =>
  fc.tuple(
    fc.constant(items),
    fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length }),
  ),
);

const nameOf = ([resource, { metadata }]: Item): string =>
  `${resource}/${(metadata as { name: string }).name}`;

const client = { kind: 'pod', namespace: 'kube-system', name: 'client' } as const;

function build(items: readonly Item[]): Cluster {
  const cluster = startCluster({ images });
  const asking = observedPod(client.name, { namespace: client.namespace, ip: '10.244.1.200' });
  for (const [resource, object] of [['pods', asking] as const, ...items]) {
    cluster.store.put(resource, stamp(cluster, cloneJson(object) as never));
    settle(cluster);
  }
  return cluster;
}

const node: ProbeSource = { kind: 'node', name: 'node-1' };

/** Every connection somebody on a node may try: each Service and each Pod, on every port. */
function* everyProbe(cluster: Cluster): Iterable<readonly [question: string, ProbeResult]> {
  const addresses = [
    ...cluster.store.list('services', 'default').map(({ spec }) => spec?.clusterIP ?? 'None'),
    ...cluster.store.list('pods', 'default').map(({ status }) => status?.podIP ?? 'None'),
  ];
  for (const host of addresses) {
    if (host === 'None') continue;
    for (const port of [80, ...ports]) {
      for (const protocol of ['TCP', 'UDP'] as const) {
        yield [`${protocol} ${host}:${port}`, probe(cluster, node, { protocol, host, port })];
      }
    }
  }
}

function listens(cluster: Cluster, pod: string, protocol: string, port: number): boolean {
  const [namespace = '', name = ''] = pod.split('/');
  const { spec, status } = cluster.store.get('pods', namespace, name) ?? {};
  if (!status?.podIP || status.phase !== 'Running') return false;
  return (spec?.containers ?? []).some(({ image = '' }) => {
    const known: readonly ListeningSocket[] = Object.hasOwn(images, image)
      ? ((images as Record<string, { listens?: readonly ListeningSocket[] }>)[image]?.listens ?? [])
      : [];
    return known.some(
      (socket) =>
        socket.port === port && socket.protocol === protocol && socket.address === undefined,
    );
  });
}

/** Per Service and protocol, how many answer, on which ports, and how it may fail: no names, no addresses. */
function reachability(cluster: Cluster): unknown {
  return cluster.store.list('services', 'default').flatMap(({ metadata }) =>
    (['TCP', 'UDP'] as const).map((protocol) => {
      const host = `${metadata.name}.default.svc.cluster.local`;
      const { reached, failed } = probe(cluster, client, { protocol, host, port: 80 });
      const answering = reached.map(({ pod, port }) => `${ownerOf(cluster, pod)}:${port}`).sort();
      return [metadata.name, protocol, answering, [...failed].sort()];
    }),
  );
}

function ownerOf(cluster: Cluster, pod: string): string {
  const [namespace = '', name = ''] = pod.split('/');
  return cluster.store.get('pods', namespace, name)?.metadata.labels?.app ?? 'nobody';
}

const runs = { numRuns: 60, seed: 5 };

/** Properties of worlds where nobody answers prove nothing. */
it('in many of the worlds somebody answers, and somebody does not', () => {
  const seen = fc.sample(managedWorld, runs).map((items) => {
    const cluster = build(items);
    const hosts = cluster.store
      .list('services', 'default')
      .map(({ metadata }) => `${metadata.name}.default.svc.cluster.local`);
    return hosts.map((host) => probe(cluster, client, { protocol: 'TCP', host, port: 80 }));
  });
  const answered = seen.filter((all) => all.some(({ reached }) => reached.length > 0));
  const failed = seen.filter((all) => all.some((each) => each.failed.length > 0));
  expect(answered.length).toBeGreaterThan(runs.numRuns / 4);
  expect(failed.length).toBeGreaterThan(runs.numRuns / 10);
});

describe('in any world', () => {
  it('traffic reaches nobody but sockets that exist, at the address where they are', () => {
    fc.assert(
      fc.property(world, (items) => {
        const cluster = build(items);
        for (const [question, { reached, failed, hops }] of everyProbe(cluster)) {
          const protocol = question.split(' ')[0] ?? '';
          expect(reached.length + failed.length, question).toBeGreaterThan(0);
          expect(hops.length, question).toBeGreaterThan(0);
          for (const { pod, address, port } of reached) {
            const [namespace = '', name = ''] = pod.split('/');
            const found = cluster.store.get('pods', namespace, name);
            expect(found?.status?.podIP, question).toBe(address);
            expect(listens(cluster, pod, protocol, port), `${question} → ${pod}`).toBe(true);
          }
        }
      }),
      runs,
    );
  });

  it('new Pods in place of the old ones can be reached as these could', () => {
    fc.assert(
      fc.property(managedWorld, (items) => {
        const cluster = build(items);
        const before = reachability(cluster);
        const old = cluster.store.list('pods', 'default').map(({ status }) => status?.podIP);
        replacePods(cluster);
        expect(reachability(cluster)).toEqual(before);
        for (const { status } of cluster.store.list('pods', 'default')) {
          expect(old).not.toContain(status?.podIP);
        }
      }),
      runs,
    );
  });

  it('the order of the manifests does not matter for who can be reached', () => {
    fc.assert(
      fc.property(shuffled, ([items, others]) => {
        expect(reachability(build(others))).toEqual(reachability(build(items)));
      }),
      runs,
    );
  });
});
