import type { KubeObject, ObjectOf, Resource } from '../objects.ts';
import { inherit } from './field-management/provenance.ts';

/** One write, as the controllers see it: `before` is absent on creation, `after` on removal. */
export interface Change {
  readonly resource: Resource;
  readonly before?: KubeObject;
  readonly after?: KubeObject;
}

/**
 * What etcd is to the API server: objects by resource, namespace and name, and a log of changes.
 * A stored object is never changed in place; whoever changes one clones it and puts the clone.
 */
export interface Store {
  get<R extends Resource>(resource: R, namespace: string, name: string): ObjectOf<R> | undefined;
  /** Sorted by namespace, then name. Without a namespace: of all namespaces. */
  list<R extends Resource>(resource: R, namespace?: string): readonly ObjectOf<R>[];
  /** Stores the object under the next resourceVersion, which it writes into its metadata. */
  put<R extends Resource>(resource: R, object: ObjectOf<R>): ObjectOf<R>;
  remove<R extends Resource>(resource: R, namespace: string, name: string): ObjectOf<R> | undefined;
  /** Of all resources that something was ever stored of. */
  resources(): readonly Resource[];
  /** The number of objects of all resources. */
  size(): number;
  /** The resourceVersion of the newest write. */
  version(): number;
  /** Leaves out resourceVersions: the next write comes after this one. */
  skipTo(version: number): void;
  /** All changes since the last call, oldest first. */
  drain(): readonly Change[];
  /** An independent store with the same objects; it costs what is changed in it, not what is in it. */
  fork(): Store;
}

export function createStore(): Store {
  return storeOf(new Map(), 0);
}

/** The objects of one resource: a base shared with forks and never changed, and what is new here. */
interface Shelf {
  base: Base;
  /** null stands for a removed object of the base. */
  readonly own: Map<string, KubeObject | null>;
  /** By namespace: the lists that differ from the base's. */
  readonly views: Map<string, View>;
  count: number;
}

/** A list as it was last handed out (absent: the base's), and what was written since. */
interface View {
  list: readonly KubeObject[] | undefined;
  changed: Set<string>;
  /** Objects of the list that were replaced or removed since. */
  readonly stale: Set<KubeObject>;
}

interface Base {
  readonly objects: ReadonlyMap<string, KubeObject>;
  readonly lists: Map<string, readonly KubeObject[]>;
}

const everywhere = '*';
const emptyBase = (): Base => ({ objects: new Map(), lists: new Map() });
const idOf = (namespace: string, name: string): string => `${namespace}/${name}`;

const shelfOn = (base: Base): Shelf => ({
  base,
  own: new Map(),
  views: new Map(),
  count: base.objects.size,
});

function storeOf(shelves: Map<Resource, Shelf>, startVersion: number): Store {
  let version = startVersion;
  let changes: Change[] = [];

  const shelfOf = (resource: Resource): Shelf => {
    const found = shelves.get(resource);
    if (found) return found;
    const shelf = shelfOn(emptyBase());
    shelves.set(resource, shelf);
    return shelf;
  };

  const write = (resource: Resource, id: string, after: KubeObject | null) => {
    const shelf = shelfOf(resource);
    const before = read(shelf, id);
    if (before && after) inherit(before, after);
    shelf.own.set(id, after);
    shelf.count += (after ? 1 : 0) - (before ? 1 : 0);
    for (const namespace of [id.slice(0, id.indexOf('/')), everywhere]) {
      noteWrite(shelf, namespace, id, before);
    }
    changes.push({ resource, ...(before && { before }), ...(after && { after }) });
    return before;
  };

  return {
    get(resource, namespace, name) {
      const shelf = shelves.get(resource);
      return shelf && (read(shelf, idOf(namespace, name)) as never);
    },
    list(resource, namespace) {
      const shelf = shelves.get(resource);
      return shelf ? (listOf(shelf, namespace ?? everywhere) as never) : [];
    },
    put(resource, object) {
      version += 1;
      object.metadata.resourceVersion = String(version);
      write(resource, idOf(object.metadata.namespace ?? '', object.metadata.name), object);
      return object;
    },
    remove(resource, namespace, name) {
      const id = idOf(namespace, name);
      const shelf = shelves.get(resource);
      if (!shelf || !read(shelf, id)) return undefined;
      version += 1;
      return write(resource, id, null) as never;
    },
    resources: () => [...shelves.keys()],
    size() {
      let count = 0;
      for (const shelf of shelves.values()) count += shelf.count;
      return count;
    },
    version: () => version,
    skipTo(later) {
      version = Math.max(version, later);
    },
    drain() {
      const drained = changes;
      changes = [];
      return drained;
    },
    fork() {
      const forks = new Map<Resource, Shelf>();
      for (const [resource, shelf] of shelves) {
        settleIntoBase(shelf);
        forks.set(resource, shelfOn(shelf.base));
      }
      return storeOf(forks, version);
    },
  };
}

function noteWrite(shelf: Shelf, namespace: string, id: string, before?: KubeObject): void {
  let view = shelf.views.get(namespace);
  if (!view) {
    view = { list: undefined, changed: new Set(), stale: new Set() };
    shelf.views.set(namespace, view);
  }
  view.changed.add(id);
  if (before) view.stale.add(before);
}

function read(shelf: Shelf, id: string): KubeObject | undefined {
  const own = shelf.own.get(id);
  return own === undefined ? shelf.base.objects.get(id) : (own ?? undefined);
}

/** A world is forked many times and changed rarely: what is new in it becomes base once. */
function settleIntoBase(shelf: Shelf): void {
  if (shelf.own.size === 0) return;
  const objects = new Map(shelf.base.objects);
  for (const [id, object] of shelf.own) {
    if (object) objects.set(id, object);
    else objects.delete(id);
  }
  const lists = new Map(shelf.base.lists);
  for (const [namespace, { list, changed }] of shelf.views) {
    if (list && changed.size === 0) lists.set(namespace, list);
    else lists.delete(namespace);
  }
  shelf.base = { objects, lists };
  shelf.own.clear();
  shelf.views.clear();
}

/** The same array as long as nothing in it changed: whoever computes from it may remember by it. */
function listOf(shelf: Shelf, namespace: string): readonly KubeObject[] {
  const view = shelf.views.get(namespace);
  if (!view) return baseList(shelf.base, namespace);
  const { list = baseList(shelf.base, namespace), changed, stale } = view;
  if (changed.size === 0) return list;
  const added: KubeObject[] = [];
  for (const id of changed) {
    const object = shelf.own.get(id);
    if (object) added.push(object);
  }
  added.sort(byNamespaceAndName);
  const kept = stale.size > 0 ? list.filter((object) => !stale.has(object)) : list;
  view.list = merge(kept, added);
  view.changed = new Set();
  stale.clear();
  return view.list;
}

function baseList(base: Base, namespace: string): readonly KubeObject[] {
  const known = base.lists.get(namespace);
  if (known) return known;
  const list: KubeObject[] = [];
  for (const object of base.objects.values()) if (isIn(object, namespace)) list.push(object);
  list.sort(byNamespaceAndName);
  base.lists.set(namespace, list);
  return list;
}

const isIn = ({ metadata }: KubeObject, namespace: string): boolean =>
  namespace === everywhere || (metadata.namespace ?? '') === namespace;

/** Two sorted lists as one. */
function merge(one: readonly KubeObject[], other: readonly KubeObject[]): readonly KubeObject[] {
  if (one.length === 0) return other;
  if (other.length === 0) return one;
  const list: KubeObject[] = [];
  let next = 0;
  for (const object of one) {
    for (; next < other.length; next += 1) {
      const candidate = other[next];
      if (!candidate || byNamespaceAndName(candidate, object) > 0) break;
      list.push(candidate);
    }
    list.push(object);
  }
  return [...list, ...other.slice(next)];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function byNamespaceAndName(a: KubeObject, b: KubeObject): number {
  return (
    compare(a.metadata.namespace ?? '', b.metadata.namespace ?? '') ||
    compare(a.metadata.name, b.metadata.name)
  );
}
