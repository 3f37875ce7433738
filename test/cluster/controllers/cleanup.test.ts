import { describe, expect, it } from 'vitest';
import { settle } from '../../../src/cluster/controllers/settle.ts';
import { cloneJson } from '../../../src/cluster/json.ts';
import { create, deployment, edit, newPod, pods, service, sizes, startCluster } from './objects.ts';

function started() {
  const cluster = startCluster();
  create(cluster, 'deployments', deployment());
  return cluster;
}

function deleteWith(cluster: ReturnType<typeof started>, finalizer: string) {
  const copy = cloneJson(cluster.store.get('deployments', 'default', 'web'));
  if (!copy) throw new Error('no deployment');
  copy.metadata.deletionTimestamp = '2026-01-01T00:00:00Z';
  copy.metadata.finalizers = [finalizer];
  cluster.store.put('deployments', copy);
  settle(cluster);
}

describe('the garbage collector', () => {
  it('leaves dependents behind when asked to', () => {
    const cluster = started();
    deleteWith(cluster, 'orphan');
    expect(cluster.store.get('deployments', 'default', 'web')).toBeUndefined();
    expect(sizes(cluster)).toEqual(['web:1 3/3']);
    expect(pods(cluster)).toHaveLength(3);
  });

  it('removes them first in the foreground', () => {
    const cluster = started();
    deleteWith(cluster, 'foregroundDeletion');
    expect(cluster.store.get('deployments', 'default', 'web')).toBeUndefined();
    expect(pods(cluster)).toEqual([]);
  });

  it('removes what names an owner that never was', () => {
    const cluster = startCluster();
    const reference = { apiVersion: 'v1', kind: 'Pod', name: 'nobody', uid: 'u' };
    const pod = newPod('a');
    create(cluster, 'pods', {
      ...pod,
      metadata: { name: 'a', namespace: 'default', ownerReferences: [reference] },
    });
    expect(pods(cluster)).toEqual([]);
  });
});

it('empties a namespace that is removed', () => {
  const cluster = started();
  create(cluster, 'services', service('s'));
  cluster.store.remove('namespaces', '', 'default');
  settle(cluster);
  for (const resource of [
    'pods',
    'replicasets',
    'deployments',
    'services',
    'endpoints',
    'events',
  ]) {
    expect(cluster.store.list(resource, 'default')).toEqual([]);
  }
});

describe('a load balancer', () => {
  const balanced = (name: string, port = 80, more = {}) =>
    service(name, { type: 'LoadBalancer', ports: [{ port, protocol: 'TCP' }], ...more });

  it.each([
    ['kubeadm', [undefined, undefined, undefined]],
    ['kind', [undefined, undefined, undefined]],
    ['minikube', [undefined, undefined, undefined]],
    ['docker-desktop', ['localhost', undefined, 'localhost']],
    ['cloud', ['203.0.113.129', '203.0.113.130', '203.0.113.131']],
  ] as const)('of %s', (platform, expected) => {
    const cluster = startCluster({ platform });
    for (const object of [balanced('a'), balanced('b'), balanced('c', 81)]) {
      create(cluster, 'services', object);
    }
    const found = ['a', 'b', 'c'].map((name) => {
      const { status } = cluster.store.get('services', 'default', name) ?? {};
      const [ingress] = status?.loadBalancer?.ingress ?? [];
      return ingress?.ip ?? ingress?.hostname;
    });
    expect(found).toEqual(expected);
  });

  it('is given to who waits when its port becomes free, and taken back', () => {
    const cluster = startCluster({ platform: 'docker-desktop' });
    create(cluster, 'services', balanced('a'));
    create(cluster, 'services', balanced('b'));
    edit(cluster, 'services', 'a', ({ spec }) => {
      spec.type = 'ClusterIP';
    });
    expect(cluster.store.get('services', 'default', 'a')?.status?.loadBalancer).toEqual({});
    expect(cluster.store.get('services', 'default', 'b')?.status?.loadBalancer).toEqual({
      ingress: [{ hostname: 'localhost' }],
    });
  });

  it('leaves a status alone that a cloud outside wrote', () => {
    const cluster = startCluster();
    const status = { loadBalancer: { ingress: [{ ip: '203.0.113.5' }] } };
    create(cluster, 'services', { ...balanced('a'), status });
    expect(cluster.store.get('services', 'default', 'a')?.status).toEqual(status);
  });
});
