import { timestampOf } from '../api-server/identity.ts';
import type { Cluster } from '../cluster.ts';
import type { KubeObject, ObjectOf } from '../objects.ts';
import { stamp } from './new-object.ts';
import { peekNumber, takeNumbers } from './sequence.ts';

/** Something that a component has to say about an object. */
export interface Happening {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  readonly component: string;
  readonly host?: string;
  /** The part of the object that it is about: `spec.containers{main}`. */
  readonly fieldPath?: string;
}

/** A real cluster forgets events after an hour and drops those of who talks too much. */
const mostEvents = 1000;
const counter = 'events';

/** Whether another event is still kept. */
export const keepsEvents = (cluster: Cluster): boolean => peekNumber(cluster, counter) < mostEvents;

/**
 * Writes Events about one object, as `kubectl describe` shows them. Their names grow with time, as
 * upstream's do: sorted by name, they stand in the order in which they happened.
 */
export function recordEvents(
  cluster: Cluster,
  about: KubeObject,
  happenings: readonly Happening[],
): void {
  if (happenings.length === 0 || !keepsEvents(cluster)) return;
  const first = takeNumbers(cluster, counter, happenings.length);
  const start = BigInt(cluster.settings.now) * 1_000_000n;
  for (const [index, happening] of happenings.entries()) {
    const suffix = (start + BigInt(first + index)).toString(16);
    const event = eventOf(about, happening, suffix, timestampOf(cluster));
    cluster.store.put('events', stamp(cluster, event));
  }
}

/** Says the same again: the Event that stands is counted up, one that is not there is written. */
export function recordAgain(cluster: Cluster, about: KubeObject, happening: Happening): void {
  const { store } = cluster;
  const known = eventsNamedAfter(store.list('events', about.metadata.namespace), about).find(
    ({ involvedObject, reason, message }) =>
      involvedObject.uid === about.metadata.uid &&
      reason === happening.reason &&
      message === happening.message,
  );
  if (!known) {
    recordEvents(cluster, about, [happening]);
    return;
  }
  const lastTimestamp = timestampOf(cluster);
  const metadata = { ...known.metadata };
  store.put('events', { ...known, metadata, count: (known.count ?? 1) + 1, lastTimestamp });
}

/** An event's name begins with that of its object: those of a sorted list that may be about it. */
function eventsNamedAfter(
  sorted: readonly ObjectOf<'events'>[],
  { metadata }: KubeObject,
): readonly ObjectOf<'events'>[] {
  const prefix = `${metadata.name}.`;
  let [first, end] = [0, sorted.length];
  while (first < end) {
    const middle = (first + end) >>> 1;
    if ((sorted[middle]?.metadata.name ?? '') < prefix) first = middle + 1;
    else end = middle;
  }
  let last = first;
  while (sorted[last]?.metadata.name.startsWith(prefix)) last += 1;
  return sorted.slice(first, last);
}

function eventOf(
  about: KubeObject,
  happening: Happening,
  suffix: string,
  time: string,
): ObjectOf<'events'> {
  const { type, reason, message, component, host, fieldPath } = happening;
  const { namespace = 'default', name, uid, resourceVersion } = about.metadata;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${suffix}`, namespace },
    involvedObject: {
      apiVersion: about.apiVersion,
      kind: about.kind,
      name,
      namespace,
      ...(resourceVersion !== undefined && { resourceVersion }),
      ...(uid !== undefined && { uid }),
      ...(fieldPath !== undefined && { fieldPath }),
    },
    type,
    reason,
    message,
    count: 1,
    eventTime: null as never,
    firstTimestamp: time,
    lastTimestamp: time,
    source: { component, ...(host !== undefined && { host }) },
    reportingComponent: component,
    reportingInstance: host ?? '',
  };
}
