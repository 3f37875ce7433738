import { platforms } from '../../cluster/network/platform.ts';
import type { ProbeResult, ProbeSource, ProbeTarget } from '../../cluster/network/probe.ts';
import type { ExpectationOf } from '../../exercise/check-format.ts';
import type { Scene, Service } from '../scene.ts';
import { portsOf, type ServicePort } from './service-port.ts';

export type Connects = ExpectationOf<'connects'>;

/** One connection that was tried, and all that can become of it. */
export interface Attempt {
  readonly source: ProbeSource;
  readonly target: ProbeTarget;
  readonly result: ProbeResult;
}

/** Where a client of the expectation would knock to reach this Service; nowhere at times. */
export function attemptsAt(
  expectation: Connects,
  service: Service,
  scene: Scene,
): readonly ProbeTarget[] {
  const { by, port, protocol } = expectation;
  const host = hostOf(expectation, service, scene);
  if (host === undefined) return [];
  const ports = port === undefined ? offeredPorts(by, service) : [port];
  return ports.map((each) => ({ protocol, host, port: each }));
}

/** The outside takes a node by its external address where the platform gives it one. */
function nodeAddress(from: string, { after }: Scene): string | undefined {
  const [node] = platforms[after.settings.platform].nodes;
  return from === 'outside' ? (node?.externalIP ?? node?.internalIP) : node?.internalIP;
}

function hostOf({ by, from }: Connects, service: Service, scene: Scene): string | undefined {
  const { name, namespace } = service.metadata;
  switch (by) {
    case 'name':
      return name;
    case 'full-name':
      return `${name}.${namespace}.svc.cluster.local`;
    case 'cluster-ip': {
      const address = service.spec?.clusterIP;
      return address === 'None' || address === '' ? undefined : address;
    }
    case 'node-port':
      return nodeAddress(from, scene);
    case 'load-balancer': {
      const [ingress] = service.status?.loadBalancer?.ingress ?? [];
      return ingress?.ip ?? ingress?.hostname;
    }
    case 'localhost':
      return 'localhost';
  }
}

/** Where a port of a Service is open to the outside: its node port, and a load balancer's own. */
export const outsidePorts = (
  type: string | undefined,
  { port, nodePort }: ServicePort,
): number[] => [
  ...(nodePort === undefined ? [] : [nodePort]),
  ...(type === 'LoadBalancer' ? [port] : []),
];

function offeredPorts(by: Connects['by'], service: Service): readonly number[] {
  const type = service.spec?.type;
  return portsOf(service).flatMap((each) => {
    if (by === 'localhost') return outsidePorts(type, each);
    if (by === 'node-port') return each.nodePort === undefined ? [] : [each.nodePort];
    return [each.port];
  });
}

/** `pod default/client`, `node NAME` or `outside`, as the exercise writes them. */
export function clientOf(text: string): ProbeSource {
  const [kind, where = ''] = text.split(' ');
  const [namespace = '', name = ''] = where.split('/');
  if (kind === 'pod') return { kind, namespace, name };
  return kind === 'node' ? { kind, name: where } : { kind: 'outside' };
}

/** Whether the client is still there after the answer. */
export function clientStands(source: ProbeSource, scene: Scene): boolean {
  if (source.kind === 'pod') {
    return scene.after.store.get('pods', source.namespace, source.name) !== undefined;
  }
  return source.kind === 'outside' || scene.after.store.get('nodes', '', source.name) !== undefined;
}

/** The client as a sentence names it. */
export function clientText(source: ProbeSource): string {
  if (source.kind === 'pod') return `Pod ${source.namespace}/${source.name}`;
  return source.kind === 'node' ? `node ${source.name}` : 'outside the cluster';
}
