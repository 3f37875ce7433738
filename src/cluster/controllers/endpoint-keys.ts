import type { Change } from '../api-server/store.ts';
import type { Cluster } from '../cluster.ts';
import { keyOf, type ObjectOf } from '../objects.ts';
import { isAddressable } from './eligible-pods.ts';
import { servicesSelecting } from './label-index.ts';

/** The Services whose endpoints a change may touch: itself, or those that choose the Pod. */
export function* servicesTouchedBy(change: Change, { store }: Cluster): Iterable<string> {
  const { resource, before, after } = change;
  if (resource === 'services') {
    const service = after ?? before;
    if (service) yield keyOf(service);
  }
  if (resource !== 'pods') return;
  for (const pod of [before, after] as (ObjectOf<'pods'> | undefined)[]) {
    if (pod && isAddressable(pod)) yield* servicesSelecting(store, pod).map(keyOf);
  }
}
