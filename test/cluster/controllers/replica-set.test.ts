import { describe, expect, it } from 'vitest';
import { inDeletionOrder } from '../../../src/cluster/controllers/pod-ranking.ts';
import type { ObjectOf } from '../../../src/cluster/objects.ts';
import { limits } from '../../../src/limits.ts';
import { create, edit, newPod, observedPod, pods, startCluster } from './objects.ts';

const replicaSet = (replicas: number) => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name: 'rs', namespace: 'default', generation: 1 },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'main', image: 'web:1' }] },
    },
  },
});

const owners = (cluster: ReturnType<typeof startCluster>) =>
  pods(cluster).map(({ metadata }) => metadata.ownerReferences?.[0]?.name ?? 'nobody');

describe('a ReplicaSet', () => {
  it('takes orphans that its selector chooses before it makes Pods', () => {
    const cluster = startCluster();
    create(cluster, 'pods', newPod('orphan'));
    create(cluster, 'replicasets', replicaSet(2));
    expect(owners(cluster)).toEqual(['rs', 'rs']);
    expect(pods(cluster).map(({ metadata }) => metadata.name)).toContain('orphan');
  });

  it('gives up surplus orphans too', () => {
    const cluster = startCluster();
    create(cluster, 'replicasets', replicaSet(2));
    create(cluster, 'pods', newPod('late'));
    expect(owners(cluster)).toEqual(['rs', 'rs']);
  });

  it('lets go of a Pod that was relabelled and makes another', () => {
    const cluster = startCluster();
    create(cluster, 'replicasets', replicaSet(2));
    edit(cluster, 'pods', pods(cluster)[0]?.metadata.name ?? '', ({ metadata }) => {
      metadata.labels.app = 'debug';
    });
    expect(owners(cluster).sort()).toEqual(['nobody', 'rs', 'rs']);
  });

  it('makes no more Pods than a cluster may hold, and says so', () => {
    const cluster = startCluster({ kubelet: false, bounds: {} });
    create(cluster, 'replicasets', replicaSet(limits.pods + 5));
    expect(pods(cluster)).toHaveLength(limits.pods);
    const status = cluster.store.get('replicasets', 'default', 'rs')?.status;
    expect(status?.conditions?.[0]).toMatchObject({
      type: 'ReplicaFailure',
      reason: 'FailedCreate',
    });
  });

  it('reports what it has', () => {
    const cluster = startCluster();
    create(cluster, 'replicasets', replicaSet(2));
    expect(cluster.store.get('replicasets', 'default', 'rs')?.status).toEqual({
      replicas: 2,
      fullyLabeledReplicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
      terminatingReplicas: 0,
      observedGeneration: 1,
    });
  });
});

describe('a shrinking ReplicaSet gives up first', () => {
  const ready = observedPod('ready');
  it.each([
    ['who has no node', observedPod('first', { node: '' })],
    ['who is pending', observedPod('first', { phase: 'Pending' })],
    ['who is not ready', observedPod('first', { ready: false })],
  ])('%s', (_, first) => {
    const order = inDeletionOrder([ready, first] as unknown as ObjectOf<'pods'>[]);
    expect(order.map(({ metadata }) => metadata.name)).toEqual(['first', 'ready']);
  });
});
