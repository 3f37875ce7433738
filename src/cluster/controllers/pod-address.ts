import type { Cluster } from '../cluster.ts';
import type { ObjectOf } from '../objects.ts';
import { peekNumber, skipNumbers, takeNumbers } from './sequence.ts';

type Node = ObjectOf<'nodes'>;

/** The first host of a node's range is its bridge. */
const firstHost = 2;
const hostsOfNode = 253;
/** Where a node's own range is used up, Pods get addresses from here on: 10.244.64.0 upwards. */
const overflow = 64 * 256;

/** Hands out addresses that no Pod of this cluster has or ever had. */
export function addressAllocator(cluster: Cluster): (node: Node) => string {
  const used = new Set(cluster.store.list('pods').map(({ status }) => status?.podIP));
  return (node) => {
    for (;;) {
      const address = nextAddress(cluster, node);
      if (!used.has(address)) return address;
    }
  };
}

function nextAddress(cluster: Cluster, node: Node): string {
  const range = rangeOf(node);
  const own = `addresses/${range}`;
  if (peekNumber(cluster, own) < hostsOfNode) {
    return `${range}.${firstHost + takeNumbers(cluster, own)}`;
  }
  const position = overflow + takeNumbers(cluster, 'addresses');
  const [third, fourth] = [Math.floor(position / 256), position % 256];
  return `10.${244 + Math.floor(third / 256)}.${third % 256}.${fourth}`;
}

/** An address that somebody else gave to a Pod is not given again after that Pod is gone. */
export function retireAddress(cluster: Cluster, address: string): void {
  const dot = address.lastIndexOf('.');
  const host = Number(address.slice(dot + 1));
  if (host >= firstHost) {
    skipNumbers(cluster, `addresses/${address.slice(0, dot)}`, host - firstHost + 1);
  }
}

/** `10.244.1` of `10.244.1.0/24`. */
const rangeOf = ({ spec }: Node): string =>
  (spec?.podCIDR ?? '10.244.0.0/24').replace(/\.\d+\/.*$/, '');
