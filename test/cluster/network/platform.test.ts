import { describe, expect, it } from 'vitest';
import type { PlatformName } from '../../../src/cluster/network/platform.ts';
import { addPod, addService, addSlice, outcome, outside, world } from './world.ts';

function exposed(platform: PlatformName, ingress: readonly object[] = []) {
  const cluster = world({ platform });
  addPod(cluster, 'web', '10.244.0.20', { node: '' });
  const spec = {
    type: 'LoadBalancer',
    clusterIP: '10.96.0.50',
    ports: [{ port: 8080, nodePort: 30080 }],
  };
  addService(cluster, 'web', spec, { status: { loadBalancer: { ingress } } });
  addSlice(cluster, 'web', [{ port: 80 }], [{ ip: '10.244.0.20' }]);
  return cluster;
}

const answered = ['default/web:80'];

describe('the way in from outside', () => {
  it.each([
    ['docker-desktop', 'localhost', 30080, [], answered],
    ['docker-desktop', 'localhost', 8080, [], ['refused']],
    ['docker-desktop', 'localhost', 8080, [{ hostname: 'localhost' }], answered],
    ['docker-desktop', '192.168.65.3', 30080, [], ['timeout']],
    ['kind', 'localhost', 30080, [], ['refused']],
    ['kind', '172.18.0.2', 30080, [], answered],
    ['minikube', '192.168.49.2', 30080, [], answered],
    ['minikube', '10.96.0.50', 8080, [], ['timeout']],
    ['minikube', '10.96.0.50', 8080, [{ ip: '10.96.0.50' }], answered],
    ['cloud', '203.0.113.11', 30080, [], answered],
    ['cloud', '10.0.0.11', 30080, [], ['timeout']],
    ['cloud', '203.0.113.129', 8080, [{ ip: '203.0.113.129' }], answered],
    ['cloud', '203.0.113.129', 8080, [{ ip: '203.0.113.129', ipMode: 'Proxy' }], answered],
    ['cloud', '203.0.113.129', 8081, [{ ip: '203.0.113.129' }], ['timeout']],
    ['kubeadm', '10.200.0.2', 30080, [], answered],
    ['kubeadm', 'localhost', 30080, [], ['refused']],
  ] as const)('%s: %s:%i', (platform, host, port, ingress, expected) => {
    expect(outcome(exposed(platform, ingress), outside, host, port)).toEqual(expected);
  });
});
