import type { Change, Store } from './store.ts';

/**
 * The same store, but each write is also told to `observe`, with the resourceVersion it got: what
 * etcd's watch is to the API server. A fork of it is not observed.
 */
export function observedStore(
  store: Store,
  observe: (change: Change, version: number) => void,
): Store {
  return {
    ...store,
    put(resource, object) {
      const { namespace = '', name } = object.metadata;
      const before = store.get(resource, namespace, name);
      const after = store.put(resource, object);
      observe({ resource, ...(before && { before }), after }, store.version());
      return after;
    },
    remove(resource, namespace, name) {
      const before = store.remove(resource, namespace, name);
      if (before) observe({ resource, before }, store.version());
      return before;
    },
  };
}
