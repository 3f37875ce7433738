import type { Cluster } from '../cluster.ts';
import type { ObjectOf } from '../objects.ts';
import { peekNumber, skipNumbers } from './sequence.ts';

type Node = ObjectOf<'nodes'>;

/** The first host of a node's range is its bridge. */
const firstHost = 2;
/** Beyond these, Pods of any node get addresses from 10.244.64.0 upwards. */
const hostsOfNode = 253;

export interface AddressAllocator {
  /** An address that no Pod of this cluster has or ever had. */
  next(node: Node): string;
  /** Notes in the store what was handed out. */
  close(): void;
}

export function addressAllocator(cluster: Cluster): AddressAllocator {
  const used = new Set(cluster.store.list('pods').map(({ status }) => status?.podIP));
  const counters = new Map<string, number>();
  const peek = (name: string) => counters.get(name) ?? peekNumber(cluster, name);
  const take = (name: string): number => {
    const number = peek(name);
    counters.set(name, number + 1);
    return number;
  };
  return {
    next(node) {
      const range = rangeOf(node);
      const own = `addresses/${range}`;
      for (;;) {
        const address =
          peek(own) < hostsOfNode
            ? `${range}.${firstHost + take(own)}`
            : overflowAddress(take('addresses'));
        if (!used.has(address)) return address;
      }
    },
    close() {
      for (const [name, next] of counters) skipNumbers(cluster, name, next);
    },
  };
}

function overflowAddress(position: number): string {
  const third = 64 + Math.floor(position / 256);
  return `10.${244 + Math.floor(third / 256)}.${third % 256}.${position % 256}`;
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
function rangeOf({ spec }: Node): string {
  const [address = ''] = (spec?.podCIDR ?? '10.244.0.0/24').split('/');
  return address.slice(0, Math.max(0, address.lastIndexOf('.')));
}
