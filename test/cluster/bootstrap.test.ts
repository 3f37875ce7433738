import { describe, expect, it } from 'vitest';
import { bootstrapCluster } from '../../src/cluster/bootstrap.ts';
import { settle } from '../../src/cluster/controllers/settle.ts';
import { platforms } from '../../src/cluster/network/platform.ts';

describe.each(Object.values(platforms))('a new cluster on $name', (platform) => {
  const cluster = bootstrapCluster({ platform: platform.name });

  it('has the nodes of the platform, all ready', () => {
    const nodes = cluster.store.list('nodes');
    expect(nodes.map(({ metadata }) => metadata.name)).toEqual(
      platform.nodes.map(({ name }) => name),
    );
    for (const { status } of nodes) {
      expect(status?.conditions).toContainEqual(
        expect.objectContaining({ type: 'Ready', status: 'True' }),
      );
    }
  });

  it('has the four namespaces', () => {
    expect(cluster.store.list('namespaces').map(({ metadata }) => metadata.name)).toEqual([
      'default',
      'kube-node-lease',
      'kube-public',
      'kube-system',
    ]);
  });

  it('leads kubernetes to its API server', () => {
    expect(cluster.store.get('services', 'default', 'kubernetes')?.spec).toMatchObject({
      clusterIP: '10.96.0.1',
      ports: [{ port: 443, targetPort: 6443 }],
    });
    const address = platform.nodes[0]?.internalIP;
    expect(cluster.store.get('endpoints', 'default', 'kubernetes')?.subsets).toEqual([
      { addresses: [{ ip: address }], ports: [{ name: 'https', port: 6443, protocol: 'TCP' }] },
    ]);
    expect(cluster.store.list('endpointslices', 'default')).toHaveLength(1);
  });

  it('shows its DNS where the platform does', () => {
    const found = cluster.store.get('endpoints', 'kube-system', 'kube-dns')?.subsets ?? [];
    expect(found.flatMap(({ addresses = [] }) => addresses)).toHaveLength(
      platform.showsClusterDns ? 2 : 0,
    );
  });

  it('is at rest', () => {
    const version = cluster.store.version();
    settle(cluster);
    expect(cluster.store.version()).toBe(version);
  });
});
