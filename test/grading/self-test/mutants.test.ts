import { describe, expect, it } from 'vitest';
import { forkCluster } from '../../../src/cluster/cluster.ts';
import { runKubectl } from '../../../src/cluster/kubectl/run.ts';
import { mutantsOfCommands } from '../../../src/grading/self-test/mutate/mutate-commands.ts';
import { mutantsOf } from '../../../src/grading/self-test/mutate/mutate-manifest.ts';
import { behavesAsOneOf, signatureOf } from '../../../src/grading/self-test/signature/compare.ts';
import { exerciseWith, textPart } from '../../exercise/fixture.ts';

const { world } = exerciseWith(textPart).variants[0] ?? {};
if (!world) throw new Error('the fixture has no variant');

function applied(manifest: string) {
  const cluster = forkCluster(world as NonNullable<typeof world>);
  const { exit } = runKubectl(cluster, {
    args: ['apply', '-f', 'a.yaml'],
    files: { 'a.yaml': manifest },
  });
  return exit === 0 ? cluster : undefined;
}

const service = (spec: string, name = 'web'): string =>
  `{ apiVersion: v1, kind: Service, metadata: { name: ${name} }, spec: ${spec} }`;
const reference = service('{ selector: { app: web }, ports: [{ port: 80 }] }');

describe('behaviour tells answers apart, and nothing else does', () => {
  const known = [signatureOf(world, applied(reference))];

  it.each([
    ['a named target port', '{ selector: { app: web }, ports: [{ port: 80, targetPort: http }] }'],
    ['one label more', '{ selector: { app: web, tier: front }, ports: [{ port: 80 }] }'],
    [
      'defaults written out',
      '{ type: ClusterIP, selector: { app: web }, ports: [{ port: 80, protocol: TCP, name: a }] }',
    ],
  ])('the same: %s', (_, spec) => {
    expect(behavesAsOneOf(known, world, applied(service(spec)))).toBe(true);
  });

  it.each([
    ['another selector', '{ selector: { tier: front }, ports: [{ port: 80 }] }'],
    ['another port', '{ selector: { app: web }, ports: [{ port: 81, targetPort: 80 }] }'],
    ['another target port', '{ selector: { app: web }, ports: [{ port: 80, targetPort: 81 }] }'],
    ['another protocol', '{ selector: { app: web }, ports: [{ port: 80, protocol: UDP }] }'],
    ['no address', '{ clusterIP: None, selector: { app: web }, ports: [{ port: 80 }] }'],
    ['a node port', '{ type: NodePort, selector: { app: web }, ports: [{ port: 80 }] }'],
    ['a load balancer', '{ type: LoadBalancer, selector: { app: web }, ports: [{ port: 80 }] }'],
    ['affinity', '{ sessionAffinity: ClientIP, selector: { app: web }, ports: [{ port: 80 }] }'],
    ['an alias', '{ type: ExternalName, externalName: example.org }'],
    ['one that is refused', '{ selector: { app: web }, ports: [{ port: 0 }] }'],
  ])('another: %s', (_, spec) => {
    expect(behavesAsOneOf(known, world, applied(service(spec)))).toBe(false);
  });

  it('another: a name that clients do not know, or another namespace', () => {
    const spec = '{ selector: { app: web }, ports: [{ port: 80 }] }';
    expect(behavesAsOneOf(known, world, applied(service(spec, 'shop')))).toBe(false);
    const elsewhere = reference.replace('name: web', 'name: web, namespace: kube-public');
    expect(behavesAsOneOf(known, world, applied(elsewhere))).toBe(false);
  });

  it('another: what clings to Pods that are replaced', () => {
    const pod = world.store.list('pods').find(({ metadata }) => metadata.labels?.app === 'web');
    const fixed = `${service('{ ports: [{ port: 80 }] }')}\n---\n{ apiVersion: v1, kind: Endpoints, metadata: { name: web }, subsets: [{ addresses: [{ ip: ${pod?.status?.podIP} }], ports: [{ port: 80 }] }] }`;
    const three = world.store.list('pods').filter(({ metadata }) => metadata.labels?.app === 'web');
    expect(three).toHaveLength(3);
    expect(behavesAsOneOf(known, world, applied(fixed))).toBe(false);
  });

  it('it is enough to behave as one of several right answers', () => {
    const nodePort = service(
      '{ type: NodePort, selector: { app: web }, ports: [{ port: 80, nodePort: 30080 }] }',
    );
    const both = [...known, signatureOf(world, applied(nodePort))];
    expect(behavesAsOneOf(both, world, applied(nodePort))).toBe(true);
  });
});

describe('mutants', () => {
  it('of a manifest change one thing each, whatever its kind', () => {
    const endpoints =
      '{ apiVersion: v1, kind: Endpoints, metadata: { name: db }, subsets: [{ addresses: [{ ip: 10.1.2.3 }], ports: [{ port: 5432 }] }] }';
    const headless = service('{ clusterIP: None, ports: [{ port: 5432 }] }', 'db');
    const mutations = mutantsOf(`${headless}\n---\n${endpoints}`).map(({ mutation }) => mutation);
    expect(new Set(mutations).size).toBe(mutations.length);
    expect(mutations).toEqual(
      expect.arrayContaining([
        'document 1: spec.clusterIP dropped',
        'document 1: spec.ports[0].port doubled',
        'document 2: subsets[0].addresses[0].ip changed',
        'document 2: subsets[0].ports[0].port dropped',
        'document 2 dropped',
        'document 2 doubled',
      ]),
    );
  });

  it('are the same whatever the order of fields', () => {
    const turned = service('{ ports: [{ port: 80 }], selector: { app: web } }');
    expect(mutantsOf(turned)).toEqual(mutantsOf(reference));
  });

  it('of keys that an object has of its own are ordinary', () => {
    const odd = service('{ selector: { __proto__: a, constructor: b }, ports: [{ port: 80 }] }');
    const texts = mutantsOf(odd).map(({ answer }) => answer);
    expect(texts.filter((text) => text.includes('"constructor":"b-x"'))).not.toEqual([]);
  });

  it.each([
    [
      'kubectl expose deployment web --port=80 --name=shop',
      'line 1: --port changed',
      'kubectl expose deployment web --port=81 --name=shop',
    ],
    [
      'kubectl expose deployment web --port=80 --name=shop',
      'line 1: --name dropped',
      'kubectl expose deployment web --port=80',
    ],
    [
      'kubectl scale deployment web --replicas 3',
      'line 1: word 6 changed',
      'kubectl scale deployment web --replicas 4',
    ],
    [
      `kubectl patch service old -p '{"spec":{"selector":{"app":"web"}}}'`,
      'line 1: word 6: spec.selector.app changed',
      `kubectl patch service old -p '{"spec":{"selector":{"app":"webx"}}}'`,
    ],
    [
      `kubectl patch service old --type=json --patch='[{"op":"replace","path":"/spec/ports/0/port","value":81}]'`,
      'line 1: --patch: [0].value changed',
      undefined,
    ],
  ])('of the command %s: %s', (line, mutation, text) => {
    const mutant = mutantsOfCommands([line]).find((each) => each.mutation === mutation);
    expect(mutant).toBeDefined();
    if (text !== undefined) expect(mutant?.answer).toEqual([text]);
  });

  it('of several commands leave each out once', () => {
    const mutations = mutantsOfCommands(['kubectl get pods', 'kubectl get services']).map(
      (each) => each.mutation,
    );
    expect(mutations).toEqual(expect.arrayContaining(['line 1 dropped', 'line 2 dropped']));
  });
});
