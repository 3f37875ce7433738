import type { EndpointAddress, EndpointPort, EndpointSubset } from 'kubernetes-types/core/v1.js';

/** One address that offers one port; without a port for headless Services that have none. */
export interface Offer {
  readonly address: EndpointAddress;
  readonly port?: EndpointPort;
  readonly ready: boolean;
}

interface PortGroup {
  readonly port: EndpointPort | undefined;
  readonly addresses: Map<string, Offer>;
}

/**
 * Ports that the very same addresses offer become one subset (RepackSubsets in upstream's
 * pkg/api/v1/endpoints). Upstream orders subsets and ports by hash; here they keep the order in
 * which they were offered. Addresses are ordered by their text, then by uid.
 */
export function repackSubsets(offers: Iterable<Offer>): EndpointSubset[] {
  const subsets = new Map<string, { ports: EndpointPort[]; offers: Offer[] }>();
  for (const { port, addresses } of groupByPort(offers)) {
    const ordered = [...addresses.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
    const key = ordered.map(([id, { ready }]) => `${id} ${ready}`).join();
    const subset = subsets.get(key) ?? { ports: [], offers: ordered.map(([, offer]) => offer) };
    subsets.set(key, subset);
    if (port) subset.ports.push(port);
  }
  return [...subsets.values()].map(subsetOf);
}

function groupByPort(offers: Iterable<Offer>): Iterable<PortGroup> {
  const groups = new Map<string, PortGroup>();
  for (const offer of offers) {
    const { address, port } = offer;
    const key = port ? portKey(port) : '';
    let group = groups.get(key);
    if (!group) {
      group = { port, addresses: new Map() };
      groups.set(key, group);
    }
    const id = `${address.ip} ${address.targetRef?.uid ?? ''}`;
    const known = group.addresses.get(id);
    if (!known || known.ready) group.addresses.set(id, offer);
  }
  return groups.values();
}

const portKey = ({ name = '', port, protocol = 'TCP', appProtocol = '' }: EndpointPort): string =>
  `${name} ${port} ${protocol} ${appProtocol}`;

function subsetOf({ ports, offers }: { ports: EndpointPort[]; offers: Offer[] }): EndpointSubset {
  const addresses = offers.filter(({ ready }) => ready).map(({ address }) => address);
  const notReadyAddresses = offers.filter(({ ready }) => !ready).map(({ address }) => address);
  return {
    ...(addresses.length > 0 && { addresses }),
    ...(notReadyAddresses.length > 0 && { notReadyAddresses }),
    ...(ports.length > 0 && { ports }),
  };
}

/**
 * At most `capacity` addresses, ready ones before the others, each subset in proportion
 * (truncateEndpoints in upstream's endpoints controller). Undefined when all of them fit.
 */
export function truncateSubsets(
  subsets: readonly EndpointSubset[],
  capacity: number,
): EndpointSubset[] | undefined {
  const count = (field: 'addresses' | 'notReadyAddresses') =>
    subsets.reduce((sum, subset) => sum + (subset[field]?.length ?? 0), 0);
  const ready = count('addresses');
  const notReady = count('notReadyAddresses');
  if (ready + notReady <= capacity) return undefined;
  const cutsReady = ready > capacity;
  const field = cutsReady ? 'addresses' : 'notReadyAddresses';
  const room = cutsReady ? capacity : capacity - ready;
  const total = cutsReady ? ready : notReady;
  let left = room;
  return subsets.map((subset) => {
    const some = subset[field] ?? [];
    const taken = Math.min(left, Math.ceil((some.length / total) * room));
    left -= taken;
    const { addresses = [], ports } = subset;
    const ready = cutsReady ? addresses.slice(0, taken) : addresses;
    const notReadyAddresses = cutsReady ? [] : some.slice(0, taken);
    return {
      ...(ready.length > 0 && { addresses: ready }),
      ...(notReadyAddresses.length > 0 && { notReadyAddresses }),
      ...(ports && { ports }),
    };
  });
}
