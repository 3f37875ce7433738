import type { Cluster } from '../cluster.ts';
import type { ResourceTypes } from '../objects.ts';
import { addressBook, type NodeView } from './address-book.ts';
import type { Arrival } from './delivery.ts';
import { parseIPv4 } from './ipv4.ts';
import { rulesAt, rulesOn } from './kube-proxy/rules.ts';
import { perVersion } from './memo.ts';
import { platforms } from './platform.ts';

type Service = ResourceTypes['services'];
type Ingress = NonNullable<
  NonNullable<NonNullable<Service['status']>['loadBalancer']>['ingress']
>[number];

/**
 * The nodes a packet to a load balancer's address may come in at. A balancer that asks the health
 * check of an `externalTrafficPolicy: Local` Service leaves out nodes without a local endpoint.
 */
export function balancedNodes(cluster: Cluster, arrival: Arrival): readonly NodeView[] {
  const { nodes } = addressBook(cluster);
  if (platforms[cluster.settings.platform].outside.balancesOver === 'first-node') {
    return nodes.slice(0, 1);
  }
  const rule = rulesAt(cluster, arrival.address).find(
    ({ servicePort }) => servicePort.port === arrival.port,
  );
  if (!rule?.servicePort.externalLocal) return nodes;
  const healthy = nodes.filter((node) => rulesOn(cluster, node).endpointsOf(rule).local.length > 0);
  return healthy.length > 0 ? healthy : nodes;
}

/** The node port that a balancer with an address or name of its own forwards to, if one does. */
export const nodePortBehind = (cluster: Cluster, arrival: Arrival): number | undefined =>
  proxied(cluster).get(keyOf(arrival.address, arrival.port, arrival.protocol));

const keyOf = (address: string, port: number, protocol: string): string =>
  `${address}:${port}/${protocol}`;

/** `localhost` and `ipMode: Proxy` ingress: the address ends at the balancer, not at a rule. */
const proxied = perVersion((cluster: Cluster): ReadonlyMap<string, number> => {
  const ports = new Map<string, number>();
  for (const service of cluster.store.list('services')) {
    for (const ingress of service.status?.loadBalancer?.ingress ?? []) {
      const address =
        ingress.ipMode === 'Proxy' ? ingress.ip : ingress.ip ? undefined : ingress.hostname;
      if (address === undefined) continue;
      for (const port of service.spec?.ports ?? []) {
        const key = keyOf(address, port.port, port.protocol ?? 'TCP');
        if (port.nodePort && !ports.has(key)) ports.set(key, port.nodePort);
      }
    }
  }
  return ports;
});

/**
 * The ingress that the platform gives to a Service of type LoadBalancer, or undefined while its
 * EXTERNAL-IP stays `<pending>`. A desktop has one `localhost`: the second Service on a port waits.
 */
export function loadBalancerIngress(cluster: Cluster, service: Service): Ingress | undefined {
  const provider = platforms[cluster.settings.platform].outside.loadBalancer;
  if (provider.kind === 'none' || service.spec?.loadBalancerClass) return undefined;
  const others = cluster.store
    .list('services')
    .filter((other) => other !== service && !isSame(other, service));
  if (provider.kind === 'localhost') {
    return others.some((other) => holdsLocalhost(other) && sharesPort(other, service))
      ? undefined
      : { hostname: 'localhost' };
  }
  return nextFree(provider.cidr, new Set(others.flatMap(ingressAddresses)));
}

const isSame = (a: Service, b: Service): boolean =>
  a.metadata.name === b.metadata.name && a.metadata.namespace === b.metadata.namespace;

const holdsLocalhost = (service: Service): boolean =>
  (service.status?.loadBalancer?.ingress ?? []).some((entry) => entry.hostname === 'localhost');

const sharesPort = (a: Service, b: Service): boolean =>
  (a.spec?.ports ?? []).some((port) =>
    (b.spec?.ports ?? []).some(
      (other) => other.port === port.port && (other.protocol ?? 'TCP') === (port.protocol ?? 'TCP'),
    ),
  );

const ingressAddresses = (service: Service): readonly string[] =>
  (service.status?.loadBalancer?.ingress ?? []).flatMap((entry) => entry.ip ?? []);

function nextFree(cidr: string, taken: ReadonlySet<string>): Ingress | undefined {
  const [base = '', bits = '32'] = cidr.split('/');
  const first = parseIPv4(base) ?? 0;
  for (let offset = 1; offset < 2 ** (32 - Number(bits)) - 1; offset += 1) {
    const ip = formatIPv4(first + offset);
    if (!taken.has(ip)) return { ip, ipMode: 'VIP' };
  }
  return undefined;
}

const formatIPv4 = (value: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
