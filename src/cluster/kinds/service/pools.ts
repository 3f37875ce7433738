import type { Cluster } from '../../cluster.ts';
import { platforms } from '../../network/platform.ts';
import { parseCidr, parseIp } from '../shared/ip.ts';
import { portsOf, type ServiceObject } from './traits.ts';

/** What the Services of a cluster hold of the two pools the server hands out. */
interface Taken {
  /** Cluster IPs as numbers. */
  readonly addresses: ReadonlySet<number>;
  readonly nodePorts: ReadonlySet<number>;
}

const known = new WeakMap<readonly ServiceObject[], Taken>();

/**
 * Read off the Services that stand, so a deleted or changed one has let go of its values without
 * being told; counted once for each state of the store, and forks share the count.
 */
export function takenIn({ store }: Cluster): Taken {
  const services = store.list('services');
  const counted = known.get(services);
  if (counted) return counted;
  const addresses = new Set<number>();
  const nodePorts = new Set<number>();
  for (const service of services) {
    const held = heldBy(service);
    for (const address of held.addresses) addresses.add(address);
    for (const port of held.nodePorts) nodePorts.add(port);
  }
  const taken = { addresses, nodePorts };
  known.set(services, taken);
  return taken;
}

interface Held {
  readonly addresses: readonly number[];
  readonly nodePorts: readonly number[];
}

const heldByService = new WeakMap<ServiceObject, Held>();

/** What one Service holds; an object in the store never changes, so it is read once. */
function heldBy(service: ServiceObject): Held {
  const counted = heldByService.get(service);
  if (counted) return counted;
  const { clusterIPs = [], healthCheckNodePort } = service.spec ?? {};
  const held = {
    addresses: clusterIPs
      .map(addressNumber)
      .filter((address): address is number => address !== undefined),
    nodePorts: [...portsOf(service).map(({ nodePort }) => nodePort), healthCheckNodePort].filter(
      (port): port is number => port !== undefined && port !== 0,
    ),
  };
  heldByService.set(service, held);
  return held;
}

/** An IPv4 address as a number; undefined for `None` and other families. */
export function addressNumber(text: string): number | undefined {
  const ip = parseIp(text);
  return ip?.family === 'IPv4' ? ip.bytes.reduce((sum, byte) => sum * 256 + byte, 0) : undefined;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

const ranges = new Map<string, Range>();

/** The cluster's addresses for Services, without network and broadcast address. */
export function serviceRange({ settings }: Cluster): Range {
  const { serviceCIDR } = platforms[settings.platform];
  const range = ranges.get(serviceCIDR) ?? rangeOf(serviceCIDR);
  ranges.set(serviceCIDR, range);
  return range;
}

function rangeOf(text: string): Range {
  const cidr = parseCidr(text);
  const network = addressNumber(cidr?.network.text ?? '') ?? 0;
  return { from: network + 1, to: network + 2 ** (32 - (cidr?.prefix ?? 32)) - 2 };
}

export const nodePortRange = { from: 30_000, to: 32_767 } as const;

/**
 * The first free value from a place that depends on the seed alone, so that the same history always
 * gives the same; the lower band is left to those who ask for a value by name, until nothing else
 * is free (KEP-3070, KEP-3682). Undefined: the pool is empty.
 */
export function chooseFree(
  range: Range,
  lowerBand: number,
  seed: string,
  isTaken: (value: number) => boolean,
): number | undefined {
  const dynamic = { from: range.from + lowerBand, to: range.to };
  return (
    scan(dynamic, hash(seed), isTaken) ??
    scan({ from: range.from, to: dynamic.from - 1 }, 0, isTaken)
  );
}

/** How many values of a range are kept for those who choose themselves. */
export const lowerBandOf = (size: number, share: number, most: number): number =>
  size <= 16 ? 0 : Math.min(Math.max(16, Math.floor(size / share)), most);

function scan(
  { from, to }: Range,
  start: number,
  isTaken: (value: number) => boolean,
): number | undefined {
  const size = to - from + 1;
  for (let step = 0; step < size; step += 1) {
    const value = from + ((start + step) % size);
    if (!isTaken(value)) return value;
  }
  return undefined;
}

/** FNV-1a: spreads names over a pool. */
function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return sum;
}
