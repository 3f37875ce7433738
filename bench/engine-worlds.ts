import type { Cluster } from '../src/cluster/cluster.ts';

type Room<Path extends string> = Path extends keyof Rooms ? Rooms[Path] : never;

interface Rooms {
  'cluster/bootstrap': typeof import('../src/cluster/bootstrap.ts');
  'cluster/cluster': typeof import('../src/cluster/cluster.ts');
  'cluster/controllers/new-object': typeof import('../src/cluster/controllers/new-object.ts');
  'cluster/controllers/settle': typeof import('../src/cluster/controllers/settle.ts');
  'cluster/kubectl/run': typeof import('../src/cluster/kubectl/run.ts');
  'cluster/network/dns/query': typeof import('../src/cluster/network/dns/query.ts');
  'cluster/network/probe': typeof import('../src/cluster/network/probe.ts');
  'exercise/load': typeof import('../src/exercise/load.ts');
  'grading/grader': typeof import('../src/grading/grader.ts');
  lab: typeof import('../src/lab.ts');
}

/** A module as it is built: what runs from source carries the loader's own costs. */
export const built = async <Path extends keyof Rooms>(path: Path): Promise<Room<Path>> =>
  import(new URL(`../dist/${path}.js`, import.meta.url).href);

const { bootstrapCluster } = await built('cluster/bootstrap');
const { stamp } = await built('cluster/controllers/new-object');

export const services = 10;

/** Larger worlds than a learner may ask for: what is measured is how work grows with them. */
const bounds = { pods: 20_000, endpoints: 100_000 };

/** Ten Deployments that ask for the Pods, each behind a Service: nothing has run yet. */
export function worldOfDeployments(pods: number): Cluster {
  const cluster = bootstrapCluster({ bounds });
  for (let index = 0; index < services; index += 1) {
    put(cluster, 'services', service(index));
    put(cluster, 'deployments', deployment(index, pods / services));
  }
  return cluster;
}

/** The Pods as somebody saw them, running and ready, behind the same Services. */
export function worldOfPods(pods: number): Cluster {
  const cluster = bootstrapCluster({ bounds });
  for (let index = 0; index < services; index += 1) put(cluster, 'services', service(index));
  for (let index = 0; index < pods; index += 1) put(cluster, 'pods', pod(index));
  return cluster;
}

function put(cluster: Cluster, resource: string, object: object): void {
  cluster.store.put(resource, stamp(cluster, object as never));
}

const namespace = 'default';
const labelsOf = (index: number) => ({ app: `app-${index % services}` });
const podSpec = () => ({
  nodeName: 'node-1',
  containers: [{ name: 'web', image: 'nginx:1.27', ports: [{ containerPort: 80 }] }],
});

const service = (index: number) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: `app-${index}`, namespace },
  spec: {
    type: 'ClusterIP',
    clusterIP: `10.96.7.${index + 1}`,
    clusterIPs: [`10.96.7.${index + 1}`],
    selector: labelsOf(index),
    ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }],
  },
});

function deployment(index: number, replicas: number) {
  const { nodeName: _, ...spec } = podSpec();
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `app-${index}`, namespace, generation: 1 },
    spec: {
      replicas,
      selector: { matchLabels: labelsOf(index) },
      template: { metadata: { labels: labelsOf(index) }, spec },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
      },
    },
  };
}

function pod(index: number) {
  const ip = `10.244.${1 + Math.floor(index / 250)}.${2 + (index % 250)}`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `pod-${index}`, namespace, labels: labelsOf(index) },
    spec: podSpec(),
    status: {
      phase: 'Running',
      podIP: ip,
      podIPs: [{ ip }],
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
}
