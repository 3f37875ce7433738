import type { Store } from '../api-server/store.ts';
import type { ObjectOf } from '../objects.ts';

type EndpointSlice = ObjectOf<'endpointslices'>;

/** The slices that one controller keeps for one Service, by name. */
export const slicesOf = (
  store: Store,
  namespace: string,
  serviceName: string,
  manager: string,
): EndpointSlice[] =>
  bucketsOf(store.list('endpointslices', namespace)).get(`${manager} ${serviceName}`) ?? [];

const buckets = new WeakMap<readonly EndpointSlice[], Map<string, EndpointSlice[]>>();

function bucketsOf(list: readonly EndpointSlice[]): Map<string, EndpointSlice[]> {
  const known = buckets.get(list);
  if (known) return known;
  const index = new Map<string, EndpointSlice[]>();
  for (const slice of list) {
    const labels = slice.metadata.labels ?? {};
    const key = `${labels['endpointslice.kubernetes.io/managed-by']} ${labels['kubernetes.io/service-name']}`;
    const bucket = index.get(key);
    if (bucket) bucket.push(slice);
    else index.set(key, [slice]);
  }
  buckets.set(list, index);
  return index;
}
