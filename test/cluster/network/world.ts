import {
  type Cluster,
  type ClusterSettings,
  emptyCluster,
  type ListeningSocket,
} from '../../../src/cluster/cluster.ts';
import { type ProbeSource, probe } from '../../../src/cluster/network/probe.ts';
import type { KubeObject, ResourceTypes } from '../../../src/cluster/objects.ts';

type Spec = Record<string, unknown>;

/** A small hand-written world: objects as controllers and kubelets would leave them. */
export function world(settings: Partial<ClusterSettings> = {}): Cluster {
  const cluster = emptyCluster({
    outsideNames: { 'db.example.com': '203.0.113.80' },
    ...settings,
  });
  for (const name of ['default', 'dev', 'kube-system']) {
    put(cluster, 'namespaces', { kind: 'Namespace', metadata: { name } });
  }
  addPod(cluster, 'client', '10.244.1.11', { image: 'curlimages/curl:8.9.1' });
  return cluster;
}

function put(cluster: Cluster, resource: keyof ResourceTypes, object: Spec): void {
  cluster.store.put(resource, { apiVersion: 'v1', ...object } as unknown as KubeObject as never);
}

export interface PodOptions {
  readonly image?: string;
  readonly node?: string;
  readonly namespace?: string;
  readonly phase?: string;
  readonly spec?: Spec;
  readonly state?: Spec;
  readonly args?: readonly string[];
}

export function addPod(cluster: Cluster, name: string, ip: string, options: PodOptions = {}): void {
  const { image = 'nginx:1.27', node = 'node-1', namespace = 'default' } = options;
  const { phase = 'Running', spec = {}, state = { running: {} }, args = [] } = options;
  put(cluster, 'pods', {
    kind: 'Pod',
    metadata: { name, namespace },
    spec: { nodeName: node, containers: [{ name: 'main', image, args }], ...spec },
    status: { phase, podIP: ip, containerStatuses: [{ name: 'main', state }] },
  });
}

export function addService(cluster: Cluster, name: string, spec: Spec, more: Spec = {}): void {
  const { namespace = 'default', labels = {}, ...rest } = more;
  const metadata = { name, namespace, labels };
  put(cluster, 'services', { kind: 'Service', metadata, spec, ...rest });
}

export interface SliceEndpoint {
  readonly ip: string;
  readonly node?: string;
  readonly ready?: boolean;
  readonly serving?: boolean;
  readonly terminating?: boolean;
  readonly hostname?: string;
  readonly hints?: Spec;
}

export function addSlice(
  cluster: Cluster,
  service: string,
  ports: readonly Spec[],
  endpoints: readonly SliceEndpoint[],
  more: { readonly namespace?: string; readonly name?: string } = {},
): void {
  const { namespace = 'default', name = `${service}-abcde` } = more;
  put(cluster, 'endpointslices', {
    kind: 'EndpointSlice',
    addressType: 'IPv4',
    metadata: { name, namespace, labels: { 'kubernetes.io/service-name': service } },
    ports: ports.map((port) => ({ name: '', protocol: 'TCP', ...port })),
    endpoints: endpoints.map(({ ip, node = 'node-1', hostname, hints, ...conditions }) => ({
      addresses: [ip],
      nodeName: node,
      conditions: { ready: true, serving: true, terminating: false, ...conditions },
      ...(hostname !== undefined && { hostname }),
      ...(hints && { hints }),
    })),
  });
}

/** A Service `web` on 10.96.0.50:80 with one nginx behind it. */
export function webWorld(settings: Partial<ClusterSettings> = {}, spec: Spec = {}): Cluster {
  const cluster = world(settings);
  addPod(cluster, 'web', '10.244.1.20');
  addService(cluster, 'web', { clusterIP: '10.96.0.50', ports: [{ port: 80 }], ...spec });
  addSlice(cluster, 'web', [{ port: 80 }], [{ ip: '10.244.1.20' }]);
  return cluster;
}

export const client: ProbeSource = { kind: 'pod', namespace: 'default', name: 'client' };
export const outside: ProbeSource = { kind: 'outside' };
export const node = (name: string): ProbeSource => ({ kind: 'node', name });

/** The outcomes of a TCP probe in one list: who answered, then how it failed. */
export function outcome(
  cluster: Cluster,
  from: ProbeSource,
  host: string,
  port: number,
  protocol: ListeningSocket['protocol'] = 'TCP',
): readonly string[] {
  const result = probe(cluster, from, { protocol, host, port });
  return [...result.reached.map((peer) => `${peer.pod}:${peer.port}`), ...result.failed];
}

/** The codes of the hops, in order. */
export const hops = (
  cluster: Cluster,
  from: ProbeSource,
  host: string,
  port: number,
  protocol: ListeningSocket['protocol'] = 'TCP',
): readonly string[] => probe(cluster, from, { protocol, host, port }).hops.map((hop) => hop.code);
