import { describe, expect, it } from 'vitest';
import { truncateSubsets } from '../../../src/cluster/controllers/endpoints-subsets.ts';
import {
  create,
  deployment,
  edit,
  endpointsText,
  observedPod,
  remove,
  service,
  slicesNamed,
  startCluster,
} from './objects.ts';

const tcp = (port: number, targetPort: number | string, name?: string) => ({
  ...(name && { name }),
  port,
  targetPort,
  protocol: 'TCP',
});
const ports = (...list: object[]) => ({ ports: list });
const declares = (containerPort: number, name = 'http', protocol = 'TCP') => ({
  spec: {
    containers: [{ name: 'main', image: 'web:1', ports: [{ name, containerPort, protocol }] }],
  },
});
const sidecar = {
  spec: {
    containers: [{ name: 'main', image: 'web:1' }],
    initContainers: [
      { name: 'once', image: 'web:1', ports: [{ name: 'http', containerPort: 1 }] },
      {
        name: 'stays',
        image: 'web:1',
        restartPolicy: 'Always',
        ports: [{ name: 'http', containerPort: 9000 }],
      },
    ],
  },
};

const one = '10.244.1.50:8080';

/** A Service's spec and one Pod → the Pod in the Endpoints, in the slice (`!` not ready). */
describe('a Pod behind a Service', () => {
  it.each([
    ['ready', {}, {}, [one], ['10.244.1.50']],
    ['not ready', {}, { ready: false }, [`!${one}`], ['!10.244.1.50']],
    [
      'not ready, published',
      { publishNotReadyAddresses: true },
      { ready: false },
      [one],
      ['10.244.1.50'],
    ],
    ['terminating', {}, { deleted: true }, [], ['!10.244.1.50']],
    [
      'terminating, published',
      { publishNotReadyAddresses: true },
      { deleted: true },
      [one],
      ['10.244.1.50'],
    ],
    ['without address', {}, { ip: '', phase: 'Pending', ready: false }, [], []],
    ['finished', {}, { phase: 'Succeeded' }, [], []],
    ['failed', {}, { phase: 'Failed', ready: false }, [], []],
    ['with other labels', {}, { labels: { app: 'wbe' } }, [], []],
    ['with more labels', {}, { labels: { app: 'web', tier: 'front' } }, [one], ['10.244.1.50']],
    ['in another namespace', {}, { namespace: 'kube-system' }, [], []],
    ['chosen by two labels, has one', { selector: { app: 'web', v: '1' } }, {}, [], []],
    ['named port', ports(tcp(80, 'http')), declares(8080), [one], ['10.244.1.50']],
    [
      'named port of a sidecar',
      ports(tcp(80, 'http')),
      sidecar,
      ['10.244.1.50:9000'],
      ['10.244.1.50'],
    ],
    ['named port, other name', ports(tcp(80, 'web')), declares(8080), [], ['10.244.1.50']],
    [
      'named port, other protocol',
      ports(tcp(80, 'http')),
      declares(8080, 'http', 'UDP'),
      [],
      ['10.244.1.50'],
    ],
    ['headless', { clusterIP: 'None' }, {}, [one], ['10.244.1.50']],
    [
      'headless without ports',
      { clusterIP: 'None', ports: [] },
      {},
      ['10.244.1.50'],
      ['10.244.1.50'],
    ],
    ['on a node that is gone', {}, { node: 'node-7' }, [one], []],
  ])('%s', (_, spec, pod, endpoints, slices) => {
    const cluster = startCluster();
    create(cluster, 'pods', observedPod('a', pod));
    create(cluster, 'services', service('s', spec));
    expect(endpointsText(cluster, 's')).toEqual(endpoints);
    const texts = slicesNamed(cluster, 's').flatMap((slice) =>
      slice.endpoints.map(
        ({ addresses, conditions }) => (conditions?.ready ? '' : '!') + addresses[0],
      ),
    );
    expect(texts).toEqual(slices);
  });

  it.each([
    ['ExternalName', { type: 'ExternalName', externalName: 'db.example.com' }],
    ['no selector', { selector: undefined }],
  ])('has no endpoints made for it with %s', (_, spec) => {
    const cluster = startCluster();
    create(cluster, 'services', service('s', spec));
    expect(cluster.store.get('endpoints', 'default', 's')).toBeUndefined();
    expect(slicesNamed(cluster, 's')).toEqual([]);
  });
});

describe('Endpoints', () => {
  it('put ports of the same addresses into one subset', () => {
    const cluster = startCluster();
    create(cluster, 'pods', observedPod('a', declares(8080)));
    create(cluster, 'pods', observedPod('b', { ...declares(9090), ip: '10.244.1.51' }));
    create(cluster, 'services', service('s', ports(tcp(80, 'http', 'h'), tcp(81, 81, 'm'))));
    expect(cluster.store.get('endpoints', 'default', 's')?.subsets).toMatchObject([
      { addresses: [{ ip: '10.244.1.50' }], ports: [{ name: 'h', port: 8080 }] },
      { addresses: [{ ip: '10.244.1.50' }, { ip: '10.244.1.51' }], ports: [{ port: 81 }] },
      { addresses: [{ ip: '10.244.1.51' }], ports: [{ name: 'h', port: 9090 }] },
    ]);
  });

  it('carry labels of the Service, and that it is headless', () => {
    const cluster = startCluster();
    create(cluster, 'services', service('s', { clusterIP: 'None' }, { labels: { team: 'a' } }));
    expect(cluster.store.get('endpoints', 'default', 's')?.metadata.labels).toEqual({
      team: 'a',
      'endpoints.kubernetes.io/managed-by': 'endpoint-controller',
      'service.kubernetes.io/headless': '',
    });
  });

  it('name a Pod by its hostname below the Service of its subdomain', () => {
    const cluster = startCluster();
    create(cluster, 'pods', observedPod('a', { spec: { hostname: 'db-0', subdomain: 's' } }));
    create(cluster, 'services', service('s'), service('t'));
    const hostname = (name: string) =>
      cluster.store.get('endpoints', 'default', name)?.subsets?.[0]?.addresses?.[0]?.hostname;
    expect([hostname('s'), hostname('t')]).toEqual(['db-0', undefined]);
  });

  it('hold a thousand addresses, ready ones first', () => {
    const cluster = startCluster();
    create(cluster, 'deployments', deployment({ replicas: 1005 }));
    create(cluster, 'services', service('s'));
    expect(endpointsText(cluster, 's')).toHaveLength(1000);
    const { annotations } = cluster.store.get('endpoints', 'default', 's')?.metadata ?? {};
    expect(annotations?.['endpoints.kubernetes.io/over-capacity']).toBe('truncated');
    const counts = slicesNamed(cluster, 's').map(({ endpoints }) => endpoints.length);
    expect(counts.sort((a, b) => a - b)).toEqual([5, ...Array(10).fill(100)]);
  });

  it.each([
    [3, 4, 5, [3, 2]],
    [7, 4, 5, [5, 0]],
    [2, 2, 5, undefined],
  ])('cut %i ready and %i other addresses to %i', (ready, notReady, capacity, expected) => {
    const some = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ ip: `10.0.0.${n}` }));
    const [cut] =
      truncateSubsets([{ addresses: some(ready), notReadyAddresses: some(notReady) }], capacity) ??
      [];
    expect(cut && [cut.addresses?.length ?? 0, cut.notReadyAddresses?.length ?? 0]).toEqual(
      expected,
    );
  });
});

describe('EndpointSlices', () => {
  it('are one for each set of resolved ports', () => {
    const cluster = startCluster();
    create(cluster, 'pods', observedPod('a', declares(8080)));
    create(cluster, 'pods', observedPod('b', { ...declares(9090), ip: '10.244.1.51' }));
    create(cluster, 'pods', observedPod('c', { ip: '10.244.1.52' }));
    create(cluster, 'services', service('s', ports(tcp(80, 'http'))));
    const found = slicesNamed(cluster, 's').map((slice) => slice.ports?.map(({ port }) => port));
    expect(found.sort()).toEqual([[], [8080], [9090]]);
  });

  it('keep their names while their content changes', () => {
    const cluster = startCluster();
    create(cluster, 'services', service('s'));
    const [before] = slicesNamed(cluster, 's');
    create(cluster, 'pods', observedPod('a'));
    edit(cluster, 'services', 's', ({ spec }) => {
      spec.ports = [tcp(80, 9999)];
    });
    const after = slicesNamed(cluster, 's');
    expect(after).toHaveLength(1);
    expect(after[0]?.metadata.name).toBe(before?.metadata.name);
    expect(after[0]?.ports).toEqual([{ name: '', port: 9999, protocol: 'TCP' }]);
  });

  it('tell the zone of the node', () => {
    const cluster = startCluster();
    const metadata = { name: 'node-9', labels: { 'topology.kubernetes.io/zone': 'a' } };
    create(cluster, 'nodes', { apiVersion: 'v1', kind: 'Node', metadata });
    create(cluster, 'pods', observedPod('a', { node: 'node-9' }));
    create(cluster, 'services', service('s'));
    expect(slicesNamed(cluster, 's')[0]?.endpoints[0]).toMatchObject({
      nodeName: 'node-9',
      zone: 'a',
    });
  });
});

describe('Endpoints written by hand', () => {
  const given = (more: object = {}) => ({
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: 's', namespace: 'default', ...more },
    subsets: [
      {
        addresses: [{ ip: '192.0.2.1' }],
        notReadyAddresses: [{ ip: '192.0.2.2' }],
        ports: [{ port: 5432, protocol: 'TCP' }],
      },
    ],
  });

  it('are mirrored into a slice, and followed', () => {
    const cluster = startCluster();
    create(cluster, 'services', service('s', { selector: undefined }));
    create(cluster, 'endpoints', given());
    const [slice] = slicesNamed(cluster, 's');
    expect(slice?.metadata.labels?.['endpointslice.kubernetes.io/managed-by']).toBe(
      'endpointslicemirroring-controller.k8s.io',
    );
    expect(slice?.endpoints).toEqual([
      { addresses: ['192.0.2.1'], conditions: { ready: true } },
      { addresses: ['192.0.2.2'], conditions: { ready: false } },
    ]);
    remove(cluster, 'endpoints', 's');
    expect(slicesNamed(cluster, 's')).toEqual([]);
  });

  it.each([
    ['without a Service', undefined, {}],
    [
      'that ask not to be',
      { selector: undefined },
      { labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
    ],
    [
      'of an election',
      { selector: undefined },
      { annotations: { 'control-plane.alpha.kubernetes.io/leader': '' } },
    ],
  ])('%s are not mirrored', (_, spec, metadata) => {
    const cluster = startCluster();
    if (spec) create(cluster, 'services', service('s', spec));
    create(cluster, 'endpoints', given(metadata));
    expect(slicesNamed(cluster, 's')).toEqual([]);
  });

  it('are taken over when the Service gets a selector', () => {
    const cluster = startCluster();
    create(cluster, 'services', service('s', { selector: undefined }));
    create(cluster, 'endpoints', given());
    edit(cluster, 'services', 's', ({ spec }) => {
      spec.selector = { app: 'web' };
    });
    expect(endpointsText(cluster, 's')).toEqual([]);
    expect(slicesNamed(cluster, 's').map((slice) => slice.endpoints)).toEqual([[]]);
  });
});

it('takes Endpoints and slices away with their Service', () => {
  const cluster = startCluster();
  create(cluster, 'services', service('s'));
  remove(cluster, 'services', 's');
  expect(cluster.store.get('endpoints', 'default', 's')).toBeUndefined();
  expect(slicesNamed(cluster, 's')).toEqual([]);
});

it('makes again what somebody removed', () => {
  const cluster = startCluster();
  create(cluster, 'pods', observedPod('a'));
  create(cluster, 'services', service('s'));
  remove(cluster, 'endpoints', 's');
  remove(cluster, 'endpointslices', slicesNamed(cluster, 's')[0]?.metadata.name ?? '');
  expect(endpointsText(cluster, 's')).toEqual([one]);
  expect(slicesNamed(cluster, 's')).toHaveLength(1);
});
