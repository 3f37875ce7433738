import { describe, expect, it } from 'vitest';
import { bootstrapCluster } from '../../src/cluster/bootstrap.ts';
import type { ClusterSettings } from '../../src/cluster/cluster.ts';
import { runKubectl } from '../../src/cluster/kubectl/run.ts';
import { simulate } from '../../src/cluster/playground/simulate.ts';
import { limits } from '../../src/limits.ts';

const deployment = (name: string, replicas: number, labels = 'a: b'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {a: b}}
  template: {metadata: {labels: {${labels}}}, spec: {containers: [{name: c, image: nginx}]}}
`;
const service = (name: string, ports = 1): string => `
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec:
  selector: {a: b}
  ports: [${[...Array(ports).keys()].map((at) => `{name: p${at}, port: ${at + 1}}`).join(', ')}]
`;
const services = (count: number, ports = 1) =>
  [...Array(count).keys()].map((at) => service(`s${at}`, ports));

function apply(documents: readonly string[], settings: Partial<ClusterSettings> = {}) {
  const cluster = bootstrapCluster(settings);
  const files = { 'a.yaml': documents.join('---') };
  const result = runKubectl(cluster, { args: ['apply', '-f', 'a.yaml'], files });
  const written = cluster.store.list('endpoints', 'default');
  const endpoints = written.flatMap(({ metadata, subsets = [] }) => {
    if (metadata.name === 'kubernetes') return [];
    return subsets.flatMap(({ addresses = [], ports = [] }) => addresses.flatMap(() => ports));
  });
  return {
    result,
    codes: result.findings.map(({ code }) => code),
    pods: cluster.store.list('pods', 'default').length,
    endpoints: endpoints.length,
  };
}

describe('the work of controllers', () => {
  it('stops at as many Pods as a cluster may hold, and says so', () => {
    const { result, codes, pods } = apply([deployment('d', 1_000_000)]);
    expect(codes).toEqual(['limit-pods']);
    expect(result.findings[0]).toMatchObject({
      severity: 'error',
      parameters: { limit: limits.pods },
    });
    expect(pods).toBeLessThanOrEqual(limits.pods);
  });

  it('counts the Pods of all controllers together', () => {
    const each = limits.pods / 2 + 1;
    expect(apply([deployment('d', each), deployment('e', each)]).codes).toEqual(['limit-pods']);
  });

  it('stops at Pods that carry too much', () => {
    const labels = ['a: b', ...[...Array(5000).keys()].map((at) => `k${at}: v`)].join(', ');
    const { codes, pods } = apply([deployment('d', 400, labels)]);
    expect(codes).toEqual(['limit-pods']);
    expect(pods * 5000).toBeLessThanOrEqual(limits.podParts);
  });

  it.each([
    ['Services', services(200)],
    ['ports', services(1, 200)],
    ['Services and ports', services(20, 20)],
  ])('stops at the endpoints of many %s', (_, all) => {
    const { codes, endpoints } = apply([deployment('d', 300), ...all]);
    expect(codes).toEqual(['limit-endpoints']);
    expect(endpoints).toBeLessThanOrEqual(limits.endpoints);
  });

  it('says nothing within its bounds', () => {
    const { codes, pods, endpoints } = apply([deployment('d', 100), ...services(10)]);
    expect(codes).toEqual([]);
    expect([pods, endpoints]).toEqual([100, 1000]);
  });

  it('has the bounds its cluster was given', () => {
    const world = [deployment('d', 20), ...services(3)];
    expect(apply(world, { bounds: { pods: 10 } }).codes).toEqual(['limit-pods']);
    expect(apply(world, { bounds: { endpoints: 100 } }).codes).toEqual(['limit-endpoints']);
    expect(apply([deployment('d', 600)], { bounds: { pods: 1000 } }).pods).toBe(600);
  });

  it('says it once a step, and of a world too', () => {
    const text = deployment('d', 1_000_000);
    const step = { verb: 'apply', text };
    const { steps } = simulate({ steps: [step, { command: 'kubectl get pods' }], ask: {} });
    expect(steps.map(({ findings }) => findings.length)).toEqual([1, 0]);
    expect(simulate({ world: { manifests: text } }).refused).toMatchObject([{ code: 422 }]);
  });
});

describe('the lines of one question', () => {
  it('share what work there is, and the rest is not run', () => {
    const world = { manifests: deployment('d', 400) };
    const command = 'kubectl delete pods --all';
    const { steps } = simulate({ world, steps: [...Array(20).keys()].map(() => ({ command })) });
    expect(steps[0]?.findings).toEqual([]);
    expect(steps.at(-1)?.findings).toMatchObject([{ code: 'limit-work', severity: 'error' }]);
  });

  it('do not wear out by being many', () => {
    const ask = { kubectl: [...Array(limits.questions).keys()].map(() => 'kubectl get svc') };
    expect(simulate({ ask }).kubectl.every(({ exit }) => exit === 0)).toBe(true);
  });
});

describe('the objects of one text', () => {
  const item = '- {apiVersion: v1, kind: ConfigMap, metadata: {name: x}}\n';

  it.each([limits.documents, limits.documents + 1])('may be many: %i', (count) => {
    const { result } = apply([`apiVersion: v1\nkind: List\nitems:\n${item.repeat(count)}`]);
    expect(result.exit).toBe(count > limits.documents ? 1 : 0);
  });
});
