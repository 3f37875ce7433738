import type { Change } from '../api-server/store.ts';
import type { Cluster } from '../cluster.ts';
import type { Resource } from '../objects.ts';

/**
 * A control loop. `keys` names the objects that a change makes worth another look, `sync` compares
 * what is with what should be for each of them and writes the difference into the store.
 */
export interface Controller {
  readonly name: string;
  /** One look is enough: what it writes itself gives it nothing more to do. */
  readonly ignoresOwnWrites?: true;
  /** The resources whose changes concern it; all of them when absent. */
  readonly watches?: readonly Resource[];
  keys(change: Change, cluster: Cluster): Iterable<string>;
  sync(cluster: Cluster, keys: Iterable<string>): void;
}

/** Where a key (`namespace/name`) points to. */
export function splitKey(key: string): { namespace: string; name: string } {
  const slash = key.indexOf('/');
  return { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}
