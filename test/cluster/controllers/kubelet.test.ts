import { describe, expect, it } from 'vitest';
import { bootstrapCluster } from '../../../src/cluster/bootstrap.ts';
import {
  create,
  deployment,
  edit,
  images,
  newPod,
  observedPod,
  pods,
  startCluster,
} from './objects.ts';

function startPod(spec: Record<string, unknown>, settings = {}) {
  const cluster = startCluster(settings);
  create(cluster, 'pods', newPod('a', spec));
  return { cluster, pod: cluster.store.get('pods', 'default', 'a') };
}

const container = (image: string, more = {}) => ({ name: 'main', image, ...more });
const knock = (port: number | string) => ({ readinessProbe: { tcpSocket: { port } } });

describe('what becomes of a Pod', () => {
  it.each([
    ['web:1', 'Running', 'True', 'running'],
    ['notready:1', 'Running', 'False', 'running'],
    ['crash:1', 'Running', 'False', 'CrashLoopBackOff'],
    ['missing:1', 'Pending', 'False', 'ImagePullBackOff'],
    ['missing:1@sha256:0', 'Pending', 'False', 'ImagePullBackOff'],
  ])('of image %s', (image, phase, ready, state) => {
    const { status } = startPod({ containers: [container(image)] }).pod ?? {};
    expect(status).toMatchObject({ phase, podIP: '10.244.1.2', hostIP: '10.200.0.1' });
    expect(status?.conditions?.find(({ type }) => type === 'Ready')?.status).toBe(ready);
    const [first] = status?.containerStatuses ?? [];
    expect(first).toMatchObject({ restartCount: 0, ready: ready === 'True' });
    expect(first?.state?.waiting?.reason ?? Object.keys(first?.state ?? {})[0]).toBe(state);
  });

  it('that must not be restarted: it has failed', () => {
    const { pod } = startPod({ containers: [container('crash:1')], restartPolicy: 'Never' });
    expect(pod?.status?.phase).toBe('Failed');
  });

  it.each([
    ['web:1', 'Running'],
    ['missing:1', 'Pending'],
    ['crash:1', 'Pending'],
  ])('with an init container of %s', (image, phase) => {
    const initContainers = [{ name: 'init', image }];
    const { pod } = startPod({ containers: [container('web:1')], initContainers });
    expect(pod?.status?.phase).toBe(phase);
  });

  it.each([
    [{ 'app:1': { state: 'runs', listens: [{ protocol: 'TCP', port: 80 }] } }, 80, 'True'],
    [{ 'app:1': { state: 'runs', listens: [{ protocol: 'TCP', port: 80 }] } }, 81, 'False'],
    [{}, 81, 'True'],
  ] as const)('whose readiness probe knocks where %j listens: %i', (known, port, ready) => {
    const settings = { images: known };
    const { pod } = startPod({ containers: [container('app:1', knock(port))] }, settings);
    expect(pod?.status?.conditions?.find(({ type }) => type === 'Ready')?.status).toBe(ready);
  });

  it.each([
    [{}, 'BestEffort'],
    [{ requests: { cpu: '1' } }, 'Burstable'],
    [{ limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '1', memory: '1Gi' } }, 'Guaranteed'],
  ])('with resources %j', (resources, qosClass) => {
    const { pod } = startPod({ containers: [container('web:1', { resources })] });
    expect(pod?.status?.qosClass).toBe(qosClass);
  });
});

describe('where a Pod runs', () => {
  it.each([
    [{}, 'node-1'],
    [{ nodeName: 'node-2' }, 'node-2'],
    [{ nodeSelector: { 'kubernetes.io/hostname': 'node-2' } }, 'node-2'],
    [{ nodeSelector: { disk: 'ssd' } }, undefined],
  ])('%j', (spec, node) => {
    const { pod } = startPod({ containers: [container('web:1')], ...spec });
    expect(pod?.spec?.nodeName).toBe(node);
    expect(pod?.status?.phase).toBe(node ? 'Running' : 'Pending');
  });

  it('is decided again when a node comes that fits', () => {
    const { cluster } = startPod({
      containers: [container('web:1')],
      nodeSelector: { disk: 'ssd' },
    });
    const metadata = { name: 'node-9', labels: { disk: 'ssd' } };
    create(cluster, 'nodes', { apiVersion: 'v1', kind: 'Node', metadata });
    expect(cluster.store.get('pods', 'default', 'a')?.spec?.nodeName).toBe('node-9');
  });

  it('is spread over the nodes of a cloud', () => {
    const cluster = bootstrapCluster({ platform: 'cloud', images });
    create(cluster, 'deployments', deployment({ replicas: 6 }));
    const perNode = new Map<string, number>();
    for (const { spec } of cluster.store.list('pods')) {
      perNode.set(spec?.nodeName ?? '', (perNode.get(spec?.nodeName ?? '') ?? 0) + 1);
    }
    expect([...perNode.keys()].sort()).toEqual(['node-1', 'node-2', 'node-3']);
  });
});

describe('addresses', () => {
  it('are never shared, however many Pods a node has', () => {
    const cluster = startCluster();
    create(cluster, 'deployments', deployment({ replicas: 700 }));
    expect(new Set(pods(cluster).map(({ status }) => status?.podIP)).size).toBe(700);
  });

  it('are not those that observed Pods have or had', () => {
    const cluster = startCluster();
    create(cluster, 'pods', observedPod('seen', { ip: '10.244.1.3' }));
    cluster.store.remove('pods', 'default', 'seen');
    create(cluster, 'pods', observedPod('still', { ip: '10.244.1.4' }));
    create(cluster, 'pods', newPod('a'), newPod('b'));
    const given = pods(cluster).map(({ status }) => status?.podIP);
    expect(given).not.toContain('10.244.1.3');
    expect(new Set(given).size).toBe(3);
  });
});

it('takes Pods with a status as observed', () => {
  const cluster = startCluster();
  const given = observedPod('seen', { ip: '', phase: 'Pending', ready: false });
  create(cluster, 'pods', given);
  expect(cluster.store.get('pods', 'default', 'seen')?.status).toEqual(given.status);
});

it('starts a container anew when its image is changed, at the same address', () => {
  const { cluster, pod } = startPod({ containers: [container('web:1')] });
  edit(cluster, 'pods', 'a', ({ spec }) => {
    spec.containers = [container('missing:1')];
  });
  const { status } = cluster.store.get('pods', 'default', 'a') ?? {};
  expect(status).toMatchObject({ phase: 'Pending', podIP: pod?.status?.podIP });
});

it('does nothing where no kubelet runs', () => {
  const { pod } = startPod({ containers: [container('web:1')] }, { kubelet: false });
  expect(pod?.status).toBeUndefined();
});
