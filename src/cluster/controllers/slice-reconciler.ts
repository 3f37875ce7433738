import type { Endpoint, EndpointPort } from 'kubernetes-types/discovery/v1.js';
import type { OwnerReference } from 'kubernetes-types/meta/v1.js';
import type { Store } from '../api-server/store.ts';
import type { Cluster } from '../cluster.ts';
import { equalJson } from '../json.ts';
import type { ObjectOf } from '../objects.ts';
import { generatedNames, stamp } from './new-object.ts';
import { slicesOf } from './slice-index.ts';

type EndpointSlice = ObjectOf<'endpointslices'>;

/** All endpoints that share one set of ports. */
export interface SliceGroup {
  readonly addressType: 'IPv4' | 'IPv6';
  readonly ports: readonly EndpointPort[];
  readonly endpoints: readonly Endpoint[];
}

/** What the slices of one Service have in common. */
export interface SliceTemplate {
  readonly namespace: string;
  readonly serviceName: string;
  readonly manager: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly owner: OwnerReference;
}

interface Desired {
  readonly groups: readonly SliceGroup[];
  /** Whether a Service without endpoints still has one, empty, slice. */
  readonly keepsPlaceholder: boolean;
}

interface Content {
  readonly addressType: 'IPv4' | 'IPv6';
  readonly ports: readonly EndpointPort[];
  readonly endpoints: readonly Endpoint[];
}

const perSlice = 100;

/**
 * Brings the slices that a controller keeps for a Service to what they should be with few writes:
 * an endpoint stays in its slice, gaps are filled, and slices that are no longer needed are reused
 * under their names (reconciler.go of kubernetes/endpointslice).
 */
export function reconcileSlices(
  cluster: Cluster,
  template: SliceTemplate,
  { groups, keepsPlaceholder }: Desired,
): void {
  const { store } = cluster;
  const { namespace, serviceName, manager } = template;
  const free = new Set(slicesOf(store, namespace, serviceName, manager));
  const missing: Content[] = [];
  for (const group of withPlaceholder(groups, keepsPlaceholder)) {
    const same = [...free].filter((slice) => belongsTo(slice, group));
    for (const slice of same) free.delete(slice);
    const { kept, fresh, unused } = distribute(group, same);
    for (const [slice, endpoints] of kept) update(store, template, slice, { ...group, endpoints });
    for (const slice of unused) free.add(slice);
    missing.push(...fresh.map((endpoints) => ({ ...group, endpoints })));
  }
  for (const slice of free) {
    const content = missing.shift();
    if (content) update(store, template, slice, content);
    else store.remove('endpointslices', namespace, slice.metadata.name);
  }
  create(cluster, template, missing);
}

function withPlaceholder(groups: readonly SliceGroup[], wanted: boolean): readonly SliceGroup[] {
  if (groups.length > 0 || !wanted) return groups;
  return [{ addressType: 'IPv4', ports: [], endpoints: [] }];
}

const belongsTo = (slice: EndpointSlice, group: SliceGroup): boolean =>
  slice.addressType === group.addressType && equalJson(slice.ports ?? [], group.ports);

const idOf = ({ addresses, targetRef }: Endpoint): string =>
  `${addresses.join()} ${targetRef?.uid ?? ''}`;

/** Which endpoints go into which slice: those there stay, new ones fill gaps, then new slices. */
function distribute(group: SliceGroup, slices: readonly EndpointSlice[]) {
  const left = new Map(group.endpoints.map((endpoint) => [idOf(endpoint), endpoint]));
  const kept = new Map<EndpointSlice, Endpoint[]>();
  for (const slice of slices) kept.set(slice, takeStaying(slice, left));
  for (const endpoints of kept.values()) {
    if (endpoints.length > 0) endpoints.push(...takeSome(left, perSlice - endpoints.length));
  }
  const [first, ...others] = [...kept].filter(([, endpoints]) => endpoints.length === 0);
  const unused = others.map(([slice]) => slice);
  if (first && (left.size > 0 || group.endpoints.length === 0)) {
    first[1].push(...takeSome(left, perSlice));
  } else if (first) {
    unused.push(first[0]);
  }
  for (const slice of unused) kept.delete(slice);
  const fresh: Endpoint[][] = [];
  if (group.endpoints.length === 0 && kept.size === 0) fresh.push([]);
  while (left.size > 0) fresh.push(takeSome(left, perSlice));
  return { kept, fresh, unused };
}

function takeStaying(slice: EndpointSlice, left: Map<string, Endpoint>): Endpoint[] {
  const staying: Endpoint[] = [];
  for (const endpoint of slice.endpoints ?? []) {
    const id = idOf(endpoint);
    const wanted = left.get(id);
    if (!wanted) continue;
    left.delete(id);
    staying.push(wanted);
  }
  return staying;
}

function takeSome(left: Map<string, Endpoint>, count: number): Endpoint[] {
  const taken: Endpoint[] = [];
  for (const [id, endpoint] of left) {
    if (taken.length >= count) break;
    taken.push(endpoint);
    left.delete(id);
  }
  return taken;
}

function update(
  store: Store,
  template: SliceTemplate,
  slice: EndpointSlice,
  content: Content,
): void {
  const { labels = {} } = slice.metadata;
  const same =
    equalJson(labels, template.labels) &&
    slice.addressType === content.addressType &&
    equalJson(slice.ports ?? [], content.ports) &&
    equalJson(slice.endpoints ?? [], content.endpoints);
  if (same) return;
  const metadata = {
    ...slice.metadata,
    labels: template.labels,
    annotations: template.annotations,
    generation: (slice.metadata.generation ?? 1) + 1,
  };
  store.put('endpointslices', withContent({ ...slice, metadata }, content));
}

function create(cluster: Cluster, template: SliceTemplate, contents: readonly Content[]): void {
  if (contents.length === 0) return;
  const { namespace, serviceName, labels, annotations, owner } = template;
  const generateName = `${serviceName}-`;
  const names = generatedNames(cluster, namespace, generateName, contents.length);
  for (const [index, content] of contents.entries()) {
    const metadata = {
      generateName,
      name: names[index] ?? '',
      namespace,
      generation: 1,
      labels,
      annotations,
      ownerReferences: [owner],
    };
    const slice = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata };
    const whole = withContent({ ...slice, addressType: 'IPv4', endpoints: [] }, content);
    cluster.store.put('endpointslices', stamp(cluster, whole));
  }
}

const withContent = (slice: EndpointSlice, content: Content): EndpointSlice => ({
  ...slice,
  addressType: content.addressType,
  ports: content.ports as EndpointPort[],
  endpoints: content.endpoints as Endpoint[],
});
