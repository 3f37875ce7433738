import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { probe } from '../../../src/cluster/network/probe.ts';
import {
  addPod,
  addService,
  addSlice,
  client,
  hops,
  node,
  outcome,
  outside,
  webWorld,
  world,
} from './world.ts';

describe('from a Pod to a Service', () => {
  it.each([
    ['its cluster IP', '10.96.0.50', 80, ['default/web:80']],
    ['its short name', 'web', 80, ['default/web:80']],
    ['its name with the namespace', 'web.default', 80, ['default/web:80']],
    ['its full name', 'web.default.svc.cluster.local', 80, ['default/web:80']],
    ['a name that is not there', 'wep', 80, ['unresolved']],
    ['an undeclared port', '10.96.0.50', 81, ['timeout']],
    ['a cluster IP nobody has', '10.96.9.9', 80, ['timeout']],
    ['the Pod itself', '10.244.1.20', 80, ['default/web:80']],
    ['a closed port of the Pod', '10.244.1.20', 8080, ['refused']],
    ['a Pod address nobody has', '10.244.1.99', 80, ['timeout']],
    ['its own localhost', 'localhost', 80, ['refused']],
    ['a name outside', 'db.example.com', 5432, ['timeout']],
  ])('%s', (_title, host, port, expected) => {
    expect(outcome(webWorld(), client, host, port)).toEqual(expected);
  });

  it('tells the way hop by hop, and stops where it fails', () => {
    const cluster = webWorld();
    expect(hops(cluster, client, 'web', 80)).toEqual([
      'hop-name-resolved',
      'hop-address-cluster-ip',
      'hop-rule-forwards',
      'hop-endpoints',
      'hop-socket-answers',
    ]);
    expect(hops(cluster, client, 'wep', 80)).toEqual(['hop-name-unknown']);
    expect(hops(cluster, client, 'web', 81).at(-1)).toBe('hop-rule-no-such-port');
    expect(hops(cluster, client, '10.96.0.50', 80, 'UDP').at(-1)).toBe('hop-rule-other-protocol');
    expect(hops(cluster, client, '10.244.1.20', 81).at(-1)).toBe('hop-socket-closed');
  });

  it('rejects at once without endpoints', () => {
    const cluster = world();
    addService(cluster, 'web', { clusterIP: '10.96.0.50', ports: [{ port: 80 }] });
    expect(outcome(cluster, client, 'web', 80)).toEqual(['refused']);
    expect(hops(cluster, client, 'web', 80).at(-1)).toBe('hop-rule-no-endpoints');
  });

  it('refuses at the socket when targetPort leads where nobody listens', () => {
    const cluster = webWorld();
    addSlice(cluster, 'web', [{ port: 8080 }], [{ ip: '10.244.1.20' }]);
    expect(outcome(cluster, client, 'web', 80)).toEqual(['refused']);
    expect(hops(cluster, client, 'web', 80).at(-1)).toBe('hop-socket-closed');
  });

  it('may end at any endpoint, and fails only sometimes when one of them is closed', () => {
    const cluster = webWorld();
    addPod(cluster, 'sleeper', '10.244.1.21', { image: 'busybox' });
    addSlice(cluster, 'web', [{ port: 80 }], [{ ip: '10.244.1.20' }, { ip: '10.244.1.21' }]);
    expect(outcome(cluster, client, 'web', 80)).toEqual(['default/web:80', 'refused']);
  });

  it('sticks to one endpoint under session affinity', () => {
    const sticky = webWorld({}, { sessionAffinity: 'ClientIP' });
    const target = { protocol: 'TCP', host: 'web', port: 80 } as const;
    expect(probe(sticky, client, target).sticky).toBe(true);
    expect(probe(webWorld(), client, target).sticky).toBe(false);
  });

  it('reaches a Pod through its own Service', () => {
    const web = { kind: 'pod', namespace: 'default', name: 'web' } as const;
    expect(outcome(webWorld(), web, 'web', 80)).toEqual(['default/web:80']);
  });

  it('goes to the endpoints themselves when headless, whatever the port of the Service', () => {
    const cluster = webWorld({}, { clusterIP: 'None', ports: [{ port: 8000, targetPort: 80 }] });
    expect(outcome(cluster, client, 'web', 80)).toEqual(['default/web:80']);
    expect(outcome(cluster, client, 'web', 8000)).toEqual(['refused']);
  });
});

describe('sources that cannot send', () => {
  it('says so in place of a way', () => {
    const cluster = webWorld();
    const ghost = { kind: 'pod', namespace: 'default', name: 'ghost' } as const;
    expect(hops(cluster, ghost, 'web', 80)).toEqual(['hop-source-missing']);
    expect(hops(cluster, node('node-9'), 'web', 80)).toEqual(['hop-source-missing']);
    addPod(cluster, 'done', '10.244.1.30', { phase: 'Succeeded' });
    const done = { kind: 'pod', namespace: 'default', name: 'done' } as const;
    expect(hops(cluster, done, 'web', 80)).toEqual(['hop-source-not-running']);
  });
});

describe('nodes', () => {
  const nodePort = (spec = {}) =>
    webWorld({}, { type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }], ...spec });

  it.each([
    ['a Pod', client, '10.200.0.1', ['default/web:80']],
    ['a Pod, another node', client, '10.200.0.2', ['default/web:80']],
    ['the node', node('node-1'), '10.200.0.1', ['default/web:80']],
    ['the node, by loopback', node('node-1'), '127.0.0.1', ['default/web:80']],
    ['outside', outside, '10.200.0.1', ['default/web:80']],
    ['outside, another node', outside, '10.200.0.2', ['default/web:80']],
  ])('take node ports from %s', (_title, from, host, expected) => {
    expect(outcome(nodePort(), from, host, 30080)).toEqual(expected);
  });

  it('drop what comes from elsewhere under a Local policy without an endpoint of their own', () => {
    const cluster = nodePort({ externalTrafficPolicy: 'Local' });
    expect(outcome(cluster, outside, '10.200.0.1', 30080)).toEqual(['default/web:80']);
    expect(outcome(cluster, outside, '10.200.0.2', 30080)).toEqual(['timeout']);
    expect(outcome(cluster, node('node-2'), '10.200.0.2', 30080)).toEqual(['default/web:80']);
    expect(hops(cluster, outside, '10.200.0.2', 30080).at(-1)).toBe('hop-rule-no-local-endpoints');
  });

  it('refuse what nobody listens on, and serve the API', () => {
    const cluster = nodePort();
    expect(outcome(cluster, outside, '10.200.0.1', 80)).toEqual(['refused']);
    expect(outcome(cluster, client, '10.200.0.1', 6443)).toEqual([
      'kube-system/kube-apiserver-node-1:6443',
    ]);
  });

  it('lend their address to Pods with hostNetwork, and ports to those with hostPort', () => {
    const cluster = world();
    addPod(cluster, 'host', '10.200.0.1', {
      spec: {
        hostNetwork: true,
        nodeName: 'node-1',
        containers: [{ name: 'main', image: 'nginx' }],
      },
    });
    expect(outcome(cluster, client, '10.200.0.1', 80)).toEqual(['default/host:80']);
    const containers = [
      { name: 'main', image: 'nginx', ports: [{ containerPort: 80, hostPort: 8080 }] },
    ];
    addPod(cluster, 'hosted', '10.244.2.9', { spec: { nodeName: 'node-2', containers } });
    expect(outcome(cluster, outside, '10.200.0.2', 8080)).toEqual(['default/hosted:80']);
  });
});

describe('outside', () => {
  it('finds no way to what exists inside only', () => {
    const cluster = webWorld();
    for (const host of ['10.96.0.50', '10.244.1.20']) {
      expect(outcome(cluster, outside, host, 80)).toEqual(['timeout']);
      expect(hops(cluster, outside, host, 80)).toEqual(['hop-address-not-routed']);
    }
    expect(outcome(cluster, outside, 'web', 80)).toEqual(['unresolved']);
  });

  it('keeps to loadBalancerSourceRanges at the load balancer, not at the node port', () => {
    const spec = {
      type: 'LoadBalancer',
      ports: [{ port: 80, nodePort: 30080 }],
      loadBalancerSourceRanges: ['10.244.0.0/16'],
    };
    const cluster = world();
    addPod(cluster, 'web', '10.244.1.20');
    const status = { loadBalancer: { ingress: [{ ip: '10.200.0.100' }] } };
    addService(cluster, 'web', { clusterIP: '10.96.0.50', ...spec }, { status });
    addSlice(cluster, 'web', [{ port: 80 }], [{ ip: '10.244.1.20' }]);
    expect(outcome(cluster, client, '10.200.0.100', 80)).toEqual(['default/web:80']);
    expect(outcome(cluster, outside, '10.200.0.100', 80)).toEqual(['timeout']);
    expect(outcome(cluster, outside, '10.200.0.1', 30080)).toEqual(['default/web:80']);
  });
});

describe('any question', () => {
  const hosts = fc.oneof(
    fc.string(),
    fc.ipV4(),
    fc.domain(),
    fc.constantFrom('web', '__proto__', 'constructor', 'a..b', '.'),
  );
  const sources = fc.constantFrom(client, outside, node('node-1'), node('__proto__'));
  const protocols = fc.constantFrom('TCP', 'UDP', 'SCTP');
  const platformNames = fc.constantFrom('kubeadm', 'docker-desktop', 'kind', 'minikube', 'cloud');

  it('has an answer, and reaches only sockets that exist', () => {
    fc.assert(
      fc.property(
        platformNames,
        sources,
        hosts,
        fc.nat(65_535),
        protocols,
        (platform, from, host, port, protocol) => {
          const cluster = webWorld({ platform });
          const result = probe(cluster, from, { host, port, protocol });
          expect(result.reached.length + result.failed.length).toBeGreaterThan(0);
          for (const peer of result.reached) {
            const known = peer.pod === 'default/web' ? 80 : 6443;
            expect([peer.port, protocol]).toEqual([known, 'TCP']);
          }
          expect(result.hops.slice(0, -1).every((hop) => hop.ok)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
