import type { Cluster } from '../cluster.ts';
import { addressBook, type NodeView } from './address-book.ts';
import type { Arrival } from './delivery.ts';
import { rulesAt, rulesOn } from './kube-proxy/rules.ts';
import { derived } from './memo.ts';
import { platforms } from './platform.ts';

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
const proxied = derived(['services'], (cluster: Cluster): ReadonlyMap<string, number> => {
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
