import { timestampOf } from '../api-server/identity.ts';
import type { Cluster } from '../cluster.ts';
import type { KubeObject } from '../objects.ts';
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

/** Writes an Event, as `kubectl describe` shows it. Names grow with time, as upstream's do. */
export function recordEvent(cluster: Cluster, about: KubeObject, happening: Happening): void {
  if (!keepsEvents(cluster)) return;
  const { type, reason, message, component, host, fieldPath } = happening;
  const { namespace = 'default', name, uid, resourceVersion } = about.metadata;
  const time = timestampOf(cluster);
  const instant = BigInt(cluster.settings.now) * 1_000_000n + BigInt(takeNumbers(cluster, counter));
  const event = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${instant.toString(16)}`, namespace },
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
  cluster.store.put('events', stamp(cluster, event));
}
