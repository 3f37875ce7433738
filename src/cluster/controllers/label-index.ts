import type { Store } from '../api-server/store.ts';
import type { KubeObject, ObjectOf } from '../objects.ts';
import { type Labels, mapSelects } from './label-selector.ts';

/**
 * Indexes of lists. The store hands out the same array while nothing in it changed, and forks share
 * it, so that an index made for a prepared world serves every submission.
 */
type Lists<V> = WeakMap<readonly KubeObject[], ReadonlyMap<string, V[]>>;

const podsByLabel: Lists<ObjectOf<'pods'>> = new WeakMap();
const servicesByLabel: Lists<ObjectOf<'services'>> = new WeakMap();
const byOwner: Lists<KubeObject> = new WeakMap();

/** The Pods that a Service's selector chooses, by name; none without a selector. */
export function podsSelectedBy(
  store: Store,
  service: ObjectOf<'services'>,
): readonly ObjectOf<'pods'>[] {
  const selector = service.spec?.selector as Labels | undefined;
  const index = indexOf(podsByLabel, store.list('pods', service.metadata.namespace), labelPairs);
  const candidates = Object.entries(selector ?? {}).map((pair) => index.get(pair.join('=')) ?? []);
  candidates.sort((a, b) => a.length - b.length);
  const [fewest, ...others] = candidates;
  if (!fewest || others.length === 0) return fewest ?? [];
  return fewest.filter((pod) => mapSelects(selector, pod.metadata.labels));
}

/** The Services of a Pod's namespace whose selectors choose it. */
export function servicesSelecting(store: Store, pod: ObjectOf<'pods'>): ObjectOf<'services'>[] {
  const { namespace, labels } = pod.metadata;
  const index = indexOf(servicesByLabel, store.list('services', namespace), firstSelectorPair);
  const found: ObjectOf<'services'>[] = [];
  for (const pair of labelPairs(pod)) {
    for (const service of index.get(pair) ?? []) {
      if (mapSelects(service.spec?.selector, labels)) found.push(service);
    }
  }
  return found;
}

/** The objects of a list that name this uid as an owner. */
export const ownedBy = <O extends KubeObject>(list: readonly O[], uid: string): readonly O[] =>
  (indexOf(byOwner, list, ownerUids).get(uid) ?? []) as O[];

function indexOf<V extends KubeObject>(
  lists: Lists<V>,
  list: readonly V[],
  keysOf: (object: V) => readonly string[],
): ReadonlyMap<string, V[]> {
  const known = lists.get(list);
  if (known) return known;
  const index = new Map<string, V[]>();
  for (const object of list) {
    for (const key of keysOf(object)) {
      const bucket = index.get(key);
      if (bucket) bucket.push(object);
      else index.set(key, [object]);
    }
  }
  lists.set(list, index);
  return index;
}

const labelPairs = ({ metadata }: KubeObject): string[] =>
  Object.entries(metadata.labels ?? {}).map((pair) => pair.join('='));

const firstSelectorPair = ({ spec }: ObjectOf<'services'>): string[] =>
  Object.entries(spec?.selector ?? {})
    .slice(0, 1)
    .map((pair) => pair.join('='));

const ownerUids = ({ metadata }: KubeObject): string[] =>
  (metadata.ownerReferences ?? []).map(({ uid }) => uid);
