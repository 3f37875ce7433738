import { describe, expect, it } from 'vitest';
import { forkCluster } from '../../../src/cluster/cluster.ts';
import { query } from '../../../src/cluster/network/dns/query.ts';
import { addPod, addService, addSlice, client, outcome, webWorld } from './world.ts';

const seen = (cluster: ReturnType<typeof webWorld>) => [
  outcome(cluster, client, 'web', 80),
  outcome(cluster, client, 'new', 80),
  query(cluster, 'new.default.svc.cluster.local', 'A').rcode,
];

const before = [['default/web:80'], ['unresolved'], 'NXDOMAIN'];

describe('what is remembered of a cluster', () => {
  it('is what stands in it now, in each fork its own', () => {
    const world = webWorld();
    expect(seen(world)).toEqual(before);
    const fork = forkCluster(world);
    expect(seen(fork)).toEqual(before);
    addPod(fork, 'new', '10.244.1.90');
    addService(fork, 'new', { clusterIP: '10.96.0.90', ports: [{ port: 80 }] });
    addSlice(fork, 'new', [{ port: 80 }], [{ ip: '10.244.1.90' }]);
    addSlice(fork, 'web', [{ port: 80 }], []);
    expect(seen(fork)).toEqual([['refused'], ['default/new:80'], 'NOERROR']);
    expect(seen(world)).toEqual(before);
    const again = forkCluster(fork);
    again.store.remove('services', 'default', 'new');
    expect(seen(again)).toEqual([['refused'], ['unresolved'], 'NXDOMAIN']);
    expect(seen(fork)).toEqual([['refused'], ['default/new:80'], 'NOERROR']);
    addSlice(world, 'web', [{ port: 81 }], [{ ip: '10.244.1.20' }]);
    expect(seen(world)).toEqual([['refused'], ['unresolved'], 'NXDOMAIN']);
    expect(seen(forkCluster(webWorld()))).toEqual(before);
  });
});
