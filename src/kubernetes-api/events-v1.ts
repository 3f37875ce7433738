import type { JsonObject } from '../cluster/json.ts';
import type { KubeObject } from '../cluster/objects.ts';

/** Members that have another name in events.k8s.io/v1 than in the core group. */
const renamed: Readonly<Record<string, string>> = {
  involvedObject: 'regarding',
  message: 'note',
  source: 'deprecatedSource',
  firstTimestamp: 'deprecatedFirstTimestamp',
  lastTimestamp: 'deprecatedLastTimestamp',
  count: 'deprecatedCount',
  reportingComponent: 'reportingController',
};

/** A core Event as the group events.k8s.io shows the same object. */
export function asEventsV1(event: KubeObject): JsonObject {
  const members = Object.entries(event as unknown as JsonObject).map(([name, value]) => [
    Object.hasOwn(renamed, name) ? renamed[name] : name,
    value,
  ]);
  return { ...Object.fromEntries(members), apiVersion: 'events.k8s.io/v1' };
}
