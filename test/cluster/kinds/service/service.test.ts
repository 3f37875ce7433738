import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../../src/cluster/json.ts';
import {
  causesOf,
  create,
  onePort,
  patch,
  send,
  serviceBody,
  services,
  smallCluster,
  specOf,
  web,
} from '../../api-server/world.ts';

const created = (spec: JsonObject) => specOf(create(smallCluster(), spec));
const fieldsOf = (spec: JsonObject): string[] =>
  causesOf(create(smallCluster(), spec)).map((cause) => cause.replace(/: .*/s, ''));

describe('defaults', () => {
  const cases: readonly (readonly [string, JsonObject, JsonObject])[] = [
    [
      'ClusterIP',
      onePort,
      { type: 'ClusterIP', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster' },
    ],
    ['the target is the port', onePort, { ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }] }],
    [
      'three hours of affinity',
      { ...onePort, sessionAffinity: 'ClientIP' },
      { sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } } },
    ],
    [
      'a policy for outside traffic',
      { ...onePort, externalIPs: ['203.0.113.9'] },
      { externalTrafficPolicy: 'Cluster' },
    ],
    [
      'node ports of a load balancer',
      { ...onePort, type: 'LoadBalancer' },
      { allocateLoadBalancerNodePorts: true },
    ],
    [
      'headless without selector takes any family',
      { clusterIP: 'None' },
      { ipFamilyPolicy: 'RequireDualStack', ipFamilies: ['IPv4', 'IPv6'] },
    ],
  ];
  it.each(cases)('%s', (_name, spec, expected) => {
    expect(created(spec)).toMatchObject(expected);
  });

  it('an ExternalName has no address and no policy', () => {
    const spec = created({
      type: 'ExternalName',
      externalName: 'db.example.com',
      internalTrafficPolicy: 'Local',
    });
    expect(Object.keys(spec).sort()).toEqual(['externalName', 'sessionAffinity', 'type']);
  });
});

describe('allocation', () => {
  it('keeps off the bands for those who choose themselves', () => {
    const { clusterIP, ports } = created({ ...onePort, type: 'NodePort' }) as Record<string, never>;
    const [, second, third] = String(clusterIP).split('.').map(Number);
    expect(second).toBeGreaterThanOrEqual(96);
    expect((second ?? 0) * 256 + (third ?? 0)).toBeGreaterThan(96 * 256);
    expect((ports as unknown as { nodePort: number }[])[0]?.nodePort).toBeGreaterThanOrEqual(
      30_086,
    );
  });

  it('gives one node port to one number', () => {
    const ports = [
      { name: 'a', port: 53, protocol: 'UDP' },
      { name: 'b', port: 53 },
    ];
    const [first, second] = created({ type: 'NodePort', ports }).ports as unknown as {
      nodePort: number;
    }[];
    expect(first?.nodePort).toBe(second?.nodePort);
  });

  const taken: readonly (readonly [string, JsonObject, string])[] = [
    [
      'an address of another namespace',
      { clusterIP: '10.96.7.7' },
      'provided IP is already allocated',
    ],
    ['the same address, spelt otherwise', { clusterIP: '::ffff:10.96.7.7' }, 'already allocated'],
    [
      'an address of another network',
      { clusterIP: '10.0.0.1' },
      'does not match the current range',
    ],
    ['the network itself', { clusterIP: '10.96.0.0' }, 'does not match the current range'],
    [
      'a node port, of any protocol',
      { type: 'NodePort', ports: [{ port: 1, protocol: 'UDP', nodePort: 30_007 }] },
      'already allocated',
    ],
    [
      'a port outside the range',
      { type: 'NodePort', ports: [{ port: 1, nodePort: 80 }] },
      '30000-32767',
    ],
  ];
  it.each(taken)('refuses %s', (_name, spec, words) => {
    const cluster = smallCluster();
    const first = {
      ...onePort,
      type: 'NodePort',
      clusterIP: '10.96.7.7',
      ports: [{ port: 80, nodePort: 30_007 }],
    };
    send(cluster, 'POST', '/api/v1/namespaces/other/services', serviceBody(first));
    const response = create(cluster, { ...onePort, ...spec });
    expect(response.code).toBe(422);
    expect(causesOf(response)).toHaveLength(1);
    expect(causesOf(response)[0]).toContain(words);
  });

  it('never gives a value twice, and takes back what is let go', () => {
    const cluster = smallCluster();
    const seen = new Set<Json>();
    for (let index = 0; index < 60; index += 1) {
      const spec = specOf(create(cluster, { ...onePort, type: 'NodePort' }, { name: `s${index}` }));
      seen
        .add(spec.clusterIP ?? null)
        .add((spec.ports as { nodePort: number }[])[0]?.nodePort ?? null);
    }
    expect(seen.size).toBe(120);
    const freed = specOf(send(cluster, 'GET', `${services}/s0`)).clusterIP ?? '';
    send(cluster, 'DELETE', `${services}/s0`);
    expect(create(cluster, { ...onePort, clusterIP: freed }).code).toBe(201);
  });

  it('of a health check answers as the server does when it fails', () => {
    const local = { ...onePort, type: 'LoadBalancer', externalTrafficPolicy: 'Local' };
    expect(created(local).healthCheckNodePort).toBeGreaterThanOrEqual(30_000);
    expect(create(smallCluster(), { ...local, healthCheckNodePort: 80 }).code).toBe(500);
  });
});

describe('validation', () => {
  const port = (value: JsonObject) => ({ ports: [{ port: 80, ...value }] });
  const cases: readonly (readonly [JsonObject, readonly string[]])[] = [
    [{}, ['spec.ports']],
    [{ clusterIP: 'None', selector: { a: 'b' } }, []],
    [port({ port: 0 }), ['spec.ports[0].port', 'spec.ports[0].targetPort']],
    [port({ name: 'A' }), ['spec.ports[0].name']],
    [port({ protocol: 'tcp' }), ['spec.ports[0].protocol']],
    [port({ targetPort: '8080' }), ['spec.ports[0].targetPort']],
    [port({ appProtocol: 'a/b/c' }), ['spec.ports[0].appProtocol']],
    [port({ nodePort: 30_007 }), ['spec.ports[0].nodePort']],
    [{ ports: [{ port: 80 }, { port: 81 }] }, ['spec.ports[0].name', 'spec.ports[1].name']],
    [
      {
        ports: [
          { name: 'a', port: 80 },
          { name: 'a', port: 80 },
        ],
      },
      ['spec.ports[1].name', 'spec.ports[1]'],
    ],
    [{ ...onePort, selector: { 'a b': 'c d' } }, ['spec.selector', 'spec.selector']],
    [{ ...onePort, type: 'nodeport' }, ['spec.type']],
    [{ ...onePort, type: 'NodePort', clusterIP: 'None' }, ['spec.clusterIPs[0]']],
    [{ ...onePort, clusterIP: 'none' }, ['spec.clusterIPs[0]']],
    [{ ...onePort, clusterIPs: ['10.96.7.7'] }, ['spec.clusterIPs']],
    [{ ...onePort, ipFamilies: ['IPv6'] }, ['spec.ipFamilies[0]']],
    [{ ...onePort, ipFamilyPolicy: 'RequireDualStack' }, ['spec.ipFamilyPolicy']],
    [
      { ...onePort, externalIPs: ['127.0.0.1', 'x'] },
      ['spec.externalIPs[0]', 'spec.externalIPs[1]'],
    ],
    [
      { ...onePort, loadBalancerSourceRanges: ['10.0.0.0'] },
      ['spec.LoadBalancerSourceRanges', 'spec.LoadBalancerSourceRanges[0]'],
    ],
    [{ ...onePort, loadBalancerClass: 'x' }, ['spec.loadBalancerClass']],
    [{ ...onePort, allocateLoadBalancerNodePorts: false }, ['spec.allocateLoadBalancerNodePorts']],
    [{ ...onePort, externalTrafficPolicy: 'Local' }, ['spec.externalTrafficPolicy']],
    [{ ...onePort, healthCheckNodePort: 30_100 }, ['spec.healthCheckNodePort']],
    [{ ...onePort, internalTrafficPolicy: 'x' }, ['spec.internalTrafficPolicy']],
    [{ ...onePort, trafficDistribution: 'x' }, ['spec.trafficDistribution']],
    [{ ...onePort, sessionAffinity: 'x' }, ['spec.sessionAffinity']],
    [{ type: 'ExternalName' }, ['spec.externalName']],
    [
      { type: 'ExternalName', externalName: 'a_b', clusterIP: 'None' },
      ['spec.clusterIPs', 'spec.externalName'],
    ],
    [{ type: 'LoadBalancer', ports: [{ port: 10_250 }] }, ['spec.ports[0]']],
  ];
  it.each(cases)('%j', (spec, fields) => {
    expect(fieldsOf(spec)).toEqual(fields);
  });
});

describe('changes', () => {
  const nodePort = { ...onePort, type: 'NodePort', selector: { app: 'web' } };

  it('carry over what was allocated', () => {
    const cluster = smallCluster();
    const first = create(cluster, nodePort).body;
    expect(send(cluster, 'PUT', web, serviceBody(nodePort)).body).toEqual(first);
  });

  it('wipe what the new type has no use for', () => {
    const cluster = smallCluster();
    create(cluster, { ...nodePort, type: 'LoadBalancer', externalTrafficPolicy: 'Local' });
    const spec = specOf(
      patch(cluster, 'merge', { spec: { type: 'ExternalName', externalName: 'a.example' } }),
    );
    expect(Object.keys(spec).sort()).toEqual([
      'externalName',
      'ports',
      'selector',
      'sessionAffinity',
      'type',
    ]);
    expect(spec.ports).toEqual([{ port: 80, targetPort: 80, protocol: 'TCP' }]);
  });

  it('give a Service that comes back from ExternalName a new address', () => {
    const cluster = smallCluster();
    create(cluster, { type: 'ExternalName', externalName: 'a.example' });
    const spec = specOf(
      patch(cluster, 'merge', { spec: { type: 'ClusterIP', ports: [{ port: 80 }] } }),
    );
    expect(spec.clusterIP).toMatch(/^10\./);
  });

  const refused: readonly (readonly [string, JsonObject, JsonObject, string])[] = [
    ['another address', nodePort, { clusterIP: '10.96.9.9' }, 'spec.clusterIPs[0]'],
    ['no address any more', { ...onePort }, { clusterIP: 'None' }, 'spec.clusterIPs[0]'],
    [
      'another class',
      { ...onePort, type: 'LoadBalancer' },
      { loadBalancerClass: 'x' },
      'spec.loadBalancerClass',
    ],
    [
      'a value the old type left behind',
      nodePort,
      { type: 'ClusterIP', externalTrafficPolicy: 'Local' },
      'spec.externalTrafficPolicy',
    ],
  ];
  it.each(refused)('refuse %s', (_name, before, change, field) => {
    const cluster = smallCluster();
    create(cluster, before);
    const response = patch(cluster, 'merge', { spec: change });
    expect(response.code).toBe(422);
    expect(causesOf(response).join()).toContain(field);
  });

  it('let old addresses stand that today would be refused', () => {
    const cluster = smallCluster();
    create(cluster, { ...onePort, externalIPs: ['203.0.113.5'] });
    const [service] = cluster.store.list('services');
    const old = structuredClone(service) as never as { spec: { externalIPs: string[] } };
    old.spec.externalIPs = ['127.0.0.1'];
    cluster.store.put('services', old as never);
    expect(patch(cluster, 'merge', { spec: { selector: { a: 'b' } } }).code).toBe(200);
  });
});

describe('warnings', () => {
  const cases: readonly (readonly [JsonObject, string])[] = [
    [{ ...onePort, externalName: 'x' }, 'externalName is ignored'],
    [{ clusterIP: 'None', externalIPs: ['203.0.113.5'] }, 'ignored for headless'],
    [{ ...onePort, clusterIP: '010.96.7.7' }, 'use "10.96.7.7"'],
    [{ ...onePort, trafficDistribution: 'PreferClose' }, 'use "PreferSameZone"'],
    [{ ...onePort, type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.1/8'] }, 'ambiguous'],
  ];
  it.each(cases)('%j', (spec, words) => {
    const response = create(smallCluster(), spec);
    expect(response.code).toBe(201);
    expect(response.warnings).toEqual([expect.stringContaining(words)]);
  });
});

const text = fc.oneof(
  fc.constantFrom(
    '',
    'None',
    'ClusterIP',
    'NodePort',
    'LoadBalancer',
    'ExternalName',
    'Local',
    'Cluster',
  ),
  fc.constantFrom('IPv4', 'IPv6', 'SingleStack', 'PreferDualStack', 'RequireDualStack', 'ClientIP'),
  fc.constantFrom(
    '10.96.7.7',
    '::1',
    'x.example',
    'a',
    'TCP',
    'UDP',
    '10.0.0.0/8',
    '::ffff:1.2.3.4/100',
  ),
  fc.string({ maxLength: 4 }),
);
const number = fc.constantFrom(-1, 0, 1, 80, 30_007, 32_767, 65_535, 65_536, 2 ** 31 - 1);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 3 });
const list = <T>(arbitrary: fc.Arbitrary<T>) =>
  optional(fc.array(optional(arbitrary), { maxLength: 3 }));

const port = fc.record(
  {
    name: text,
    port: number,
    targetPort: fc.oneof(text, number),
    nodePort: number,
    protocol: text,
    appProtocol: optional(text),
  },
  { requiredKeys: [] },
);

const anySpec = fc.record(
  {
    ports: list(port),
    selector: fc.dictionary(fc.constantFrom('app', '__proto__', 'constructor', 'a b'), text),
    type: text,
    clusterIP: text,
    clusterIPs: list(text),
    externalIPs: list(text),
    externalName: text,
    externalTrafficPolicy: text,
    internalTrafficPolicy: optional(text),
    ipFamilies: list(text),
    ipFamilyPolicy: optional(text),
    healthCheckNodePort: number,
    loadBalancerClass: optional(text),
    loadBalancerIP: text,
    loadBalancerSourceRanges: list(text),
    allocateLoadBalancerNodePorts: optional(fc.boolean()),
    publishNotReadyAddresses: fc.boolean(),
    sessionAffinity: text,
    sessionAffinityConfig: optional(
      fc.record({ clientIP: optional(fc.record({ timeoutSeconds: optional(number) })) }),
    ),
    trafficDistribution: optional(text),
  },
  { requiredKeys: [] },
) as unknown as fc.Arbitrary<JsonObject>;

describe('any well-typed Service', () => {
  it('is created or refused, and once accepted is accepted again unchanged', () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        const cluster = smallCluster();
        const response = create(cluster, spec);
        const healthCheck = /HealthCheck NodePort/.test(String(response.body.message));
        expect(healthCheck ? [500] : [201, 422]).toContain(response.code);
        if (response.code !== 201) return;
        const version = cluster.store.version();
        const again = send(cluster, 'PUT', web, response.body, { fieldValidation: 'Strict' });
        expect(again.body).toEqual(response.body);
        expect(cluster.store.version()).toBe(version);
      }),
      { numRuns: 200 },
    );
  });

  it('can be replaced by any other, or the answer says why not', () => {
    fc.assert(
      fc.property(anySpec, anySpec, (first, second) => {
        const cluster = smallCluster();
        if (create(cluster, first).code !== 201) create(cluster, onePort);
        const response = send(cluster, 'PUT', web, serviceBody(second));
        const known = /HealthCheck NodePort|duplicate nodePort/.test(String(response.body.message));
        expect(known ? [500] : [200, 422]).toContain(response.code);
      }),
      { numRuns: 150 },
    );
  });
});
