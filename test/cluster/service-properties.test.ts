import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bootstrapCluster } from '../../src/cluster/bootstrap.ts';
import { type Cluster, forkCluster } from '../../src/cluster/cluster.ts';
import type { Json } from '../../src/cluster/json.ts';
import { toYaml } from '../../src/cluster/kubectl/print/yaml.ts';
import { runKubectl } from '../../src/cluster/kubectl/run.ts';

const base = bootstrapCluster();
const settings = { seed: 20_260_101, numRuns: 600 };

/**
 * Runs a command line; nothing a learner sends may end without a word or in a 500, but the one that
 * upstream gives to what server-side apply cannot read.
 */
function kubectl(cluster: Cluster, stdin: string, ...args: string[]) {
  const result = runKubectl(cluster, { args, stdin });
  for (const { code, response } of result.requests) {
    const untypeable = JSON.stringify(response).includes('failed to create typed patch object');
    if (code >= 500 && !untypeable)
      expect.fail(`${args.join(' ')}\n${stdin}\n${JSON.stringify(response)}`);
  }
  if (result.exit !== 0 && result.stderr === '') expect.fail(`no word about\n${stdin}`);
  return result;
}

const word = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/);
const text = fc.oneof(
  word,
  fc.constantFrom('yes', 'null', '1', '1e3', '~', '', 'a: b', '#', '{{ a }}'),
);
/** kubectl says `configured` for ever of what is empty, since the server keeps
 * nothing that is empty, zero or false. */
const labels = fc.dictionary(word, word, { minKeys: 1, maxKeys: 3 });
const portNumber = fc.integer({ min: 1, max: 65_535 });
const rarely = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 5 });
/** About one in sixty is of no use. */
const mostly = <T>(good: fc.Arbitrary<T>, ...bad: readonly Json[]) =>
  fc.oneof(
    { weight: 60, arbitrary: good as fc.Arbitrary<Json> },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...bad),
    },
  );

const port = fc.record(
  {
    port: mostly(portNumber, 0, 65_536, '80', null),
    protocol: mostly(fc.constantFrom('TCP', 'UDP', 'SCTP'), 'tcp', 'HTTP'),
    targetPort: mostly(fc.oneof(portNumber, word), -1, '80', 'Web'),
    appProtocol: mostly(fc.constantFrom('http', 'kubernetes.io/h2c', 'a/b'), 'a b'),
  },
  { requiredKeys: ['port'] },
);

/** Ports with names of their own and no pair of number and protocol twice. */
const ports = fc
  .uniqueArray(port, {
    minLength: 1,
    maxLength: 4,
    selector: ({ port: number, protocol }) => `${number} ${protocol || 'TCP'}`,
  })
  .map((list) => list.map((item, index) => ({ ...item, name: `p${index}` })));

const common = {
  ports,
  selector: rarely(labels),
  sessionAffinity: mostly(fc.constantFrom('None', 'ClientIP', undefined), 'Cookie'),
  publishNotReadyAddresses: rarely(fc.constant(true)),
  internalTrafficPolicy: mostly(fc.constantFrom('Cluster', 'Local', undefined), 'Node'),
  ipFamilyPolicy: mostly(
    fc.constantFrom('SingleStack', 'PreferDualStack', undefined),
    'RequireDualStack',
  ),
  externalIPs: rarely(fc.constantFrom(['198.51.100.7'], ['198.51.100.8', '203.0.113.1'])),
  trafficDistribution: rarely(fc.constantFrom('PreferClose', 'PreferSameZone')),
};

const clusterIp = fc.record({ ...common, type: fc.constantFrom('ClusterIP', undefined) });
const headless = fc.record({ ...common, clusterIP: fc.constant('None') });
const nodePort = fc.record({
  ...common,
  type: fc.constant('NodePort'),
  externalTrafficPolicy: mostly(fc.constantFrom('Cluster', 'Local', undefined), 'None'),
});
const loadBalancer = fc.record({
  ...common,
  type: fc.constant('LoadBalancer'),
  externalTrafficPolicy: fc.constantFrom('Cluster', 'Local', undefined),
  allocateLoadBalancerNodePorts: rarely(fc.boolean()),
  loadBalancerSourceRanges: rarely(mostly(fc.constant(['10.0.0.0/8']), ['10.0.0.0'])),
  loadBalancerClass: rarely(fc.constantFrom('example.com/lb', 'internal')),
});
const externalName = fc.record({
  type: fc.constant('ExternalName'),
  externalName: mostly(fc.constantFrom('db.example.com', 'a.b.'), 'a b', ''),
});
const spec = fc.oneof(clusterIp, headless, nodePort, loadBalancer, externalName);

const service = fc
  .record({
    metadata: fc.record(
      { labels, annotations: fc.dictionary(word, text, { minKeys: 1, maxKeys: 3 }) },
      { requiredKeys: [] },
    ),
    spec,
  })
  .map((parts) => ({
    apiVersion: 'v1',
    kind: 'Service',
    ...parts,
    metadata: { ...parts.metadata, name: 'web' },
  }));

const yamlOf = (object: unknown): string => toYaml(JSON.parse(JSON.stringify(object)));
const stored = (cluster: Cluster): string =>
  kubectl(cluster, '', 'get', 'service', 'web', '-o', 'yaml').stdout;

describe('any well-typed Service', () => {
  test('is the same after a second apply, and when what the server shows is applied', () => {
    let accepted = 0;
    fc.assert(
      fc.property(service, (object) => {
        const cluster = forkCluster(base);
        const manifest = yamlOf(object);
        if (kubectl(cluster, manifest, 'apply', '-f', '-').exit !== 0) return;
        accepted += 1;
        const first = stored(cluster);
        const again = kubectl(cluster, manifest, 'apply', '-f', '-');
        expect(again.stdout).toBe('service/web unchanged\n');
        expect(stored(cluster)).toBe(first);
        const back = kubectl(cluster, first, 'apply', '-f', '-');
        expect({ ...back, stderr: '' }).toMatchObject({ exit: 0 });
        const same = (yaml: string) =>
          yaml.replace(/^.*(last-applied|resourceVersion|\{"apiV).*$/gm, '');
        expect(same(stored(cluster))).toBe(same(first));
      }),
      settings,
    );
    expect(accepted / settings.numRuns).toBeGreaterThan(0.7);
  });

  test('becomes any other, or stays as it was and says why', () => {
    let changed = 0;
    fc.assert(
      fc.property(service, service, fc.constantFrom('apply', 'replace'), (one, other, verb) => {
        const cluster = forkCluster(base);
        if (kubectl(cluster, yamlOf(one), 'apply', '-f', '-').exit !== 0) return;
        const before = stored(cluster);
        const { exit } = kubectl(cluster, yamlOf(other), verb, '-f', '-');
        if (exit !== 0) {
          expect(stored(cluster)).toBe(before);
          return;
        }
        changed += 1;
        const again = kubectl(cluster, yamlOf(other), 'apply', '-f', '-').exit;
        expect(again).toBe(0);
        const third = kubectl(cluster, yamlOf(other), 'apply', '-f', '-').stdout;
        expect(third).toBe('service/web unchanged\n');
      }),
      settings,
    );
    expect(changed / settings.numRuns).toBeGreaterThan(0.35);
  });

  test('is shown by every printer, and gone when deleted', () => {
    fc.assert(
      fc.property(service, (object) => {
        const cluster = forkCluster(base);
        if (kubectl(cluster, yamlOf(object), 'create', '-f', '-').exit !== 0) return;
        for (const output of ['wide', 'json', 'name', 'jsonpath={.spec}']) {
          expect(kubectl(cluster, '', 'get', 'svc', 'web', '-o', output).exit).toBe(0);
        }
        expect(kubectl(cluster, '', 'describe', 'svc', 'web').exit).toBe(0);
        expect(kubectl(cluster, '', 'delete', 'svc', 'web').exit).toBe(0);
        expect(kubectl(cluster, '', 'get', 'svc', 'web').exit).toBe(1);
      }),
      { ...settings, numRuns: 200 },
    );
  });

  test('applied by the server from two managers leaves to each what is its own', () => {
    fc.assert(
      fc.property(service, labels, (object, more) => {
        const cluster = forkCluster(base);
        const first = kubectl(cluster, yamlOf(object), 'apply', '--server-side', '-f', '-');
        if (first.exit !== 0) return;
        const added = {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: 'web', labels: more },
        };
        const flags = ['apply', '--server-side', '--field-manager=two', '-f', '-'];
        const second = kubectl(cluster, yamlOf(added), ...flags);
        const again = kubectl(cluster, yamlOf(object), 'apply', '--server-side', '-f', '-');
        expect(again.exit).toBe(0);
        if (second.exit !== 0) return;
        const kept = JSON.parse(
          kubectl(cluster, '', 'get', 'svc', 'web', '-o', 'jsonpath={.metadata.labels}').stdout ||
            '{}',
        );
        expect(kept).toMatchObject(more);
      }),
      { ...settings, numRuns: 200 },
    );
  });
});
