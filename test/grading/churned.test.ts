import { describe, expect, it } from 'vitest';
import { type Cluster, forkCluster } from '../../src/cluster/cluster.ts';
import { replacePods } from '../../src/cluster/controllers/churn.ts';
import { runKubectl } from '../../src/cluster/kubectl/run.ts';
import { churned } from '../../src/grading/churned.ts';
import { labelOf, noText } from '../../src/grading/scene.ts';
import { exerciseWith, manifestPart } from '../exercise/fixture.ts';

const exercise = exerciseWith(manifestPart('{ id: a, kind: applies, title: A, points: 1 }'));
const before = exercise.variants[0]?.world as Cluster;
const wanted = { namespace: 'default', labels: { app: 'web' }, count: 3 };

function applied(text: string): Cluster {
  const after = forkCluster(before);
  const files = { 'a.yaml': text };
  expect(runKubectl(after, { args: ['apply', '-f', 'a.yaml'], files })).toMatchObject({ exit: 0 });
  return after;
}

const replaced = (after: Cluster): Cluster =>
  churned({ before, after, text: noText, candidates: [], expectations: [] }, wanted);

/** Everything that decides about traffic: who is there, and whom each Service sends to. */
function traffic(cluster: Cluster): unknown {
  const slices = cluster.store.list('endpointslices', 'default');
  return [
    cluster.store
      .list('pods')
      .map(({ metadata, status }) => [metadata.name, status?.podIP, status?.phase]),
    slices.map(({ metadata, ports, endpoints }) => [
      metadata.labels?.['kubernetes.io/service-name'],
      ports,
      endpoints.map(({ addresses, conditions }) => [addresses, conditions]).sort(),
    ]),
  ];
}

const service = (selector: string, port: string): string =>
  `{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {${selector}}, ports: [{port: 80, targetPort: ${port}}]}}`;

describe('Pods replaced from stock are those that would have come', () => {
  it.each([
    ['a Service that follows them', service('app: web', '80')],
    ['one by a named port', service('app: web', 'http')],
    ['one of other Pods', service('app: api', '8080')],
    ['one of both', service('tier: front', '80')],
    [
      'one whose endpoints are made by hand',
      `{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{port: 80}]}}
---
{apiVersion: v1, kind: Endpoints, metadata: {name: s}, subsets: [{addresses: [{ip: 10.244.7.7}], ports: [{port: 80}]}]}`,
    ],
  ])('%s', (_name, text) => {
    const after = applied(text);
    const slow = forkCluster(after);
    replacePods(slow, (pod) => labelOf(pod, 'app') === 'web');
    expect(traffic(replaced(after))).toEqual(traffic(slow));
  });
});

it('what a Service had when its selector went stays, and leads to Pods that are gone', () => {
  const world = applied(service('app: web', '80'));
  const after = forkCluster(world);
  const json = JSON.stringify([{ op: 'remove', path: '/spec/selector' }]);
  const args = ['patch', 'service', 's', '--type=json', '-p', json];
  expect(runKubectl(after, { args })).toMatchObject({ exit: 0 });
  const slow = forkCluster(after);
  replacePods(slow, (pod) => labelOf(pod, 'app') === 'web');
  const scene = { before: world, after, text: noText, candidates: [], expectations: [] };
  expect(traffic(churned(scene, { ...wanted }))).toEqual(traffic(slow));
});

it('an answer that changes the workload gets its own Pods replaced', () => {
  const scaled = forkCluster(before);
  expect(runKubectl(scaled, { args: ['scale', 'deployment/web', '--replicas=2'] }).exit).toBe(0);
  const names = (cluster: Cluster) =>
    cluster.store
      .list('pods', 'default')
      .filter((pod) => labelOf(pod, 'app') === 'web')
      .map(({ metadata }) => metadata.name);
  const now = names(replaced(scaled));
  expect(now).toHaveLength(2);
  expect(names(scaled).some((name) => now.includes(name))).toBe(false);
});

it('leaves the world and the answer’s cluster as they were', () => {
  const after = applied(service('app: web', '80'));
  const text = JSON.stringify([before.store.list('pods'), after.store.list('pods')]);
  replaced(after);
  expect(JSON.stringify([before.store.list('pods'), after.store.list('pods')])).toBe(text);
});
