import type { Cluster } from '../../cluster.ts';
import type { NodeView } from '../address-book.ts';
import { derived } from '../memo.ts';
import { endpointsByPort, endpointsKey } from './endpoint.ts';
import { type Protocol, type ServicePort, servicePorts } from './service-port.ts';
import { type UsableEndpoints, usableEndpoints } from './usable-endpoints.ts';

export type RuleKind = 'cluster-ip' | 'external-ip' | 'load-balancer' | 'node-port';

/** What stands in a node's tables for one destination. */
export interface Rule {
  readonly kind: RuleKind;
  readonly servicePort: ServicePort;
}

/** The rules of one node. */
export interface RuleTable {
  /** The rule for a packet, by its destination. */
  ruleFor(address: string, port: number, protocol: Protocol): Rule | undefined;
  nodePortRule(port: number, protocol: Protocol): Rule | undefined;
  endpointsOf(rule: Rule): UsableEndpoints;
}

interface SharedRules {
  readonly byDestination: ReadonlyMap<string, Rule>;
  readonly byNodePort: ReadonlyMap<string, Rule>;
  readonly byAddress: ReadonlyMap<string, readonly Rule[]>;
}

const destination = (address: string, port: number, protocol: Protocol): string =>
  `${address}:${port}/${protocol}`;

/** Destinations are the same on every node. Where two Services claim one, the first rule wins. */
const sharedRules = derived(['services'], (cluster: Cluster): SharedRules => {
  const byDestination = new Map<string, Rule>();
  const byNodePort = new Map<string, Rule>();
  const byAddress = new Map<string, Rule[]>();
  const add = (map: Map<string, Rule>, key: string, rule: Rule) => {
    if (!map.has(key)) map.set(key, rule);
  };
  for (const service of cluster.store.list('services')) {
    for (const servicePort of servicePorts(service)) {
      const { port, protocol, nodePort } = servicePort;
      for (const [kind, addresses] of destinationsOf(servicePort)) {
        for (const address of addresses) {
          const rule = { kind, servicePort };
          add(byDestination, destination(address, port, protocol), rule);
          byAddress.set(address, [...(byAddress.get(address) ?? []), rule]);
        }
      }
      if (nodePort !== 0) {
        add(byNodePort, `${nodePort}/${protocol}`, { kind: 'node-port', servicePort });
      }
    }
  }
  return { byDestination, byNodePort, byAddress };
});

const destinationsOf = (port: ServicePort): readonly (readonly [RuleKind, readonly string[]])[] => [
  ['cluster-ip', [port.clusterIP]],
  ['external-ip', port.externalIPs],
  ['load-balancer', port.loadBalancerVIPs],
];

/** All rules whose destination is this address, whatever the port. */
export const rulesAt = (cluster: Cluster, address: string): readonly Rule[] =>
  sharedRules(cluster).byAddress.get(address) ?? [];

const tables = derived(
  ['services', 'endpointslices'],
  (_cluster: Cluster) => new WeakMap<NodeView, RuleTable>(),
);

/** The tables kube-proxy keeps on a node: the same destinations, its own view of what is local. */
export function rulesOn(cluster: Cluster, node: NodeView): RuleTable {
  const known = tables(cluster);
  const found = known.get(node);
  if (found) return found;
  const table = createTable(cluster, node);
  known.set(node, table);
  return table;
}

function createTable(cluster: Cluster, node: NodeView): RuleTable {
  const { byDestination, byNodePort } = sharedRules(cluster);
  const endpoints = endpointsByPort(cluster);
  const usable = new Map<ServicePort, UsableEndpoints>();
  return {
    ruleFor: (address, port, protocol) => byDestination.get(destination(address, port, protocol)),
    nodePortRule: (port, protocol) => byNodePort.get(`${port}/${protocol}`),
    endpointsOf({ servicePort }) {
      const known = usable.get(servicePort);
      if (known) return known;
      const { namespace, service, portName, protocol } = servicePort;
      const key = endpointsKey(namespace, service, portName, protocol);
      const all = endpoints.get(key) ?? [];
      const computed = usableEndpoints(servicePort, all, node);
      usable.set(servicePort, computed);
      return computed;
    },
  };
}
