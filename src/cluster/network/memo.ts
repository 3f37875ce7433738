import type { Store } from '../api-server/store.ts';
import type { Cluster, ClusterSettings } from '../cluster.ts';
import type { Resource } from '../objects.ts';

/**
 * Remembers what is derived from the settings and the objects of some resources, for as long as
 * those do not change. Forks of a cluster share it until one of them changes such an object: the
 * value must hold no store, only what was read.
 */
export function derived<T>(
  resources: readonly Resource[],
  derive: (cluster: Cluster) => T,
): (cluster: Cluster) => T {
  const byStore = new WeakMap<Store, Entry<T>>();
  const root: Branch<T> = { children: new WeakMap() };
  return (cluster) => {
    const { store, settings } = cluster;
    const known = byStore.get(store);
    if (known && known.version === store.version() && known.settings === settings) {
      return known.value;
    }
    const value = valueAt(branchOf(root, cluster, resources), () => derive(cluster));
    byStore.set(store, { version: store.version(), settings, value });
    return value;
  };
}

interface Entry<T> {
  readonly version: number;
  readonly settings: ClusterSettings;
  readonly value: T;
}

interface Branch<T> {
  readonly children: WeakMap<object, Branch<T>>;
  found?: { readonly value: T };
}

const nothing: readonly never[] = [];

/** The store hands out one list of a resource until an object of it changes. */
function branchOf<T>(
  root: Branch<T>,
  { store, settings }: Cluster,
  resources: readonly Resource[],
): Branch<T> {
  let branch = childOf(root, settings);
  for (const resource of resources) {
    const list = store.list(resource);
    branch = childOf(branch, list.length === 0 ? nothing : list);
  }
  return branch;
}

function childOf<T>(branch: Branch<T>, key: object): Branch<T> {
  const known = branch.children.get(key);
  if (known) return known;
  const child: Branch<T> = { children: new WeakMap() };
  branch.children.set(key, child);
  return child;
}

function valueAt<T>(branch: Branch<T>, derive: () => T): T {
  branch.found ??= { value: derive() };
  return branch.found.value;
}
