import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootstrapCluster } from '../../src/cluster/bootstrap.ts';
import { type Cluster, emptyCluster, forkCluster } from '../../src/cluster/cluster.ts';
import { comeToRest } from '../../src/cluster/come-to-rest.ts';
import { differenceOf, restored } from '../../src/cluster/kept.ts';
import { runKubectl, runKubectlLine } from '../../src/cluster/kubectl/run.ts';

const world = bootstrapCluster();

const lines = [
  'kubectl create deployment web --image nginx --replicas 2',
  'kubectl expose deployment web --port 80',
  'kubectl scale deployment web --replicas 3',
  'kubectl delete deployment web',
  'kubectl create configmap __proto__ --from-literal=constructor=a',
  'kubectl create namespace other',
  'kubectl delete service kubernetes',
  'kubectl label node --all a=b --overwrite',
  'kubectl delete namespace other',
  'kubectl create service clusterip plain --tcp 80',
];

/** All that stands in a cluster, as text. */
function everything(cluster: Cluster): string {
  const objects = differenceOf(emptyCluster(), cluster);
  const sorted = objects.map((one) => JSON.stringify(one)).sort();
  return JSON.stringify([cluster.store.version(), cluster.store.size(), sorted]);
}

function keptAndBack(before: Cluster, cluster: Cluster): Cluster {
  const objects = differenceOf(before, cluster);
  const text = JSON.stringify({ version: cluster.store.version(), objects });
  return restored(before, JSON.parse(text));
}

const history = fc.array(fc.constantFrom(...lines), { maxLength: 8 });
const runs = { numRuns: 25, seed: 7 };

describe('a cluster kept as what differs from its world', () => {
  it('is the same again, resourceVersions and managers included', () => {
    fc.assert(
      fc.property(history, (typed) => {
        const cluster = forkCluster(world);
        for (const line of typed) runKubectlLine(cluster, line);
        expect(everything(keptAndBack(world, cluster))).toBe(everything(cluster));
      }),
      runs,
    );
  });

  it('goes on as the one that was never put away', () => {
    fc.assert(
      fc.property(history, history, (before, after) => {
        const cluster = forkCluster(world);
        for (const line of before) runKubectlLine(cluster, line);
        const back = keptAndBack(world, cluster);
        for (const line of after) {
          expect(runKubectlLine(back, line)).toEqual(runKubectlLine(cluster, line));
        }
        expect(everything(back)).toBe(everything(cluster));
      }),
      runs,
    );
  });

  it('holds nothing for a world that nobody touched, and leaves the world alone', () => {
    const text = everything(world);
    const cluster = forkCluster(world);
    expect(differenceOf(world, cluster)).toEqual([]);
    runKubectlLine(cluster, 'kubectl delete deployment coredns -n kube-system');
    keptAndBack(world, cluster);
    expect(everything(world)).toBe(text);
  });
});

describe('coming to rest', () => {
  const steps = { settings: { ...world.settings, podSteps: true } };

  it('starts the Pods that wait for a clock, in a fork', () => {
    const cluster = { ...forkCluster(world), ...steps };
    runKubectlLine(cluster, 'kubectl create deployment web --image nginx --replicas 3');
    const running = (one: Cluster) =>
      one.store.list('pods', 'default').filter(({ status }) => status?.phase === 'Running').length;
    expect(running(cluster)).toBe(0);
    expect(running(comeToRest(cluster))).toBe(3);
    expect(running(cluster)).toBe(0);
  });

  it('ends though a Pod has no node to go to', () => {
    const cluster = { ...forkCluster(world), ...steps };
    const spec = { nodeSelector: { a: 'b' }, containers: [{ name: 'c', image: 'nginx' }] };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec };
    const files = { 'p.yaml': JSON.stringify(pod) };
    expect(runKubectl(cluster, { args: ['apply', '-f', 'p.yaml'], files }).exit).toBe(0);
    expect(comeToRest(cluster).store.get('pods', 'default', 'p')?.status?.phase).toBe('Pending');
  });
});
