import { bootstrapCluster } from '../../../src/cluster/bootstrap.ts';
import type { Cluster, ClusterSettings } from '../../../src/cluster/cluster.ts';
import { stamp } from '../../../src/cluster/controllers/new-object.ts';
import { settle } from '../../../src/cluster/controllers/settle.ts';
import { cloneJson } from '../../../src/cluster/json.ts';
import type { KubeObject, ObjectOf, Resource } from '../../../src/cluster/objects.ts';

type Loose = Record<string, unknown>;

/** The images that tests speak of by what becomes of them. */
export const images: ClusterSettings['images'] = {
  'missing:1': { state: 'missing' },
  'crash:1': { state: 'crashes' },
  'notready:1': { state: 'not-ready' },
};

export const startCluster = (settings: Partial<ClusterSettings> = {}): Cluster =>
  bootstrapCluster({ images, bounds: { pods: 10_000, endpoints: 100_000 }, ...settings });

/** Puts objects as the API server would, then lets the controllers come to rest. */
export function create(cluster: Cluster, resource: Resource, ...objects: Loose[]): void {
  for (const object of objects) {
    cluster.store.put(resource, stamp(cluster, cloneJson(object) as never));
  }
  settle(cluster);
}

/** Changes one object as an author would: the generation counts. */
export function edit<R extends Resource>(
  cluster: Cluster,
  resource: R,
  name: string,
  change: (object: { metadata: Loose & { labels: Record<string, string> }; spec: Loose }) => void,
): void {
  const copy = cloneJson(cluster.store.get(resource, 'default', name)) as never as KubeObject;
  change(copy as never);
  copy.metadata.generation = (copy.metadata.generation ?? 1) + 1;
  cluster.store.put(resource, copy as never);
  settle(cluster);
}

export function remove(cluster: Cluster, resource: Resource, name: string): void {
  cluster.store.remove(resource, 'default', name);
  settle(cluster);
}

interface DeploymentWishes {
  readonly name?: string;
  readonly replicas?: number;
  readonly image?: string;
  readonly labels?: Record<string, string>;
  readonly strategy?: Loose;
  readonly more?: Loose;
  readonly pod?: Loose;
}

export function deployment(wishes: DeploymentWishes = {}): Loose {
  const { name = 'web', replicas = 3, image = 'web:1', more, pod } = wishes;
  const labels = wishes.labels ?? { app: name };
  const strategy = wishes.strategy ?? {
    type: 'RollingUpdate',
    rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
  };
  const ports = [{ name: 'http', containerPort: 8080, protocol: 'TCP' }];
  const containers = [{ name: 'main', image, ports }];
  const template = { metadata: { labels }, spec: { containers, ...pod } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default', generation: 1 },
    spec: { replicas, strategy, selector: { matchLabels: { app: name } }, template, ...more },
  };
}

export function service(name: string, spec: Loose = {}, metadata: Loose = {}): Loose {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default', ...metadata },
    spec: {
      type: 'ClusterIP',
      clusterIP: '10.96.7.7',
      selector: { app: 'web' },
      ports: [{ port: 80, targetPort: 8080, protocol: 'TCP' }],
      ...spec,
    },
  };
}

interface PodWishes {
  readonly namespace?: string;
  readonly labels?: Record<string, string>;
  readonly ip?: string;
  readonly node?: string;
  readonly ready?: boolean;
  readonly phase?: string;
  readonly deleted?: boolean;
  readonly spec?: Loose;
}

/** A Pod as somebody saw it, its status given. */
export function observedPod(name: string, wishes: PodWishes = {}): Loose {
  const { namespace = 'default', labels = { app: 'web' }, ip = '10.244.1.50' } = wishes;
  const { node = 'node-1', ready = true, phase = 'Running', deleted = false, spec } = wishes;
  const containers = [{ name: 'main', image: 'web:1' }];
  const condition = { type: 'Ready', status: ready ? 'True' : 'False' };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels,
      ...(deleted && { deletionTimestamp: '2026-01-01T00:00:00Z' }),
    },
    spec: { nodeName: node, containers, ...spec },
    status: { phase, ...(ip && { podIP: ip, podIPs: [{ ip }] }), conditions: [condition] },
  };
}

export const newPod = (name: string, spec: Loose = {}): Loose => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default', labels: { app: 'web' } },
  spec: { containers: [{ name: 'main', image: 'web:1' }], ...spec },
});

export const pods = (cluster: Cluster): readonly ObjectOf<'pods'>[] =>
  cluster.store.list('pods', 'default');

/** `image: desired/ready` of each ReplicaSet, sorted. */
export const sizes = (cluster: Cluster): string[] =>
  cluster.store
    .list('replicasets', 'default')
    .map(({ spec, status }) => {
      const image = spec?.template?.spec?.containers[0]?.image;
      return `${image} ${spec?.replicas}/${status?.readyReplicas ?? 0}`;
    })
    .sort();

/** `10.244.1.2:8080` and `!10.244.1.3:8080` for one that is not ready, of v1 Endpoints. */
export function endpointsText(cluster: Cluster, name: string, namespace = 'default'): string[] {
  const subsets = cluster.store.get('endpoints', namespace, name)?.subsets ?? [];
  return subsets.flatMap(({ addresses = [], notReadyAddresses = [], ports = [] }) => {
    const suffix = ports.length > 0 ? `:${ports.map(({ port }) => port).join('+')}` : '';
    return [
      ...addresses.map(({ ip }) => ip + suffix),
      ...notReadyAddresses.map(({ ip }) => `!${ip}${suffix}`),
    ];
  });
}

export const slicesNamed = (cluster: Cluster, service: string): ObjectOf<'endpointslices'>[] =>
  cluster.store
    .list('endpointslices')
    .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === service);
