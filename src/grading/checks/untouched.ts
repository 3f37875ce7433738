import { isDeepStrictEqual } from 'node:util';
import type { Finding } from '../../cluster/finding.ts';
import { isObject } from '../../cluster/json.ts';
import type { KubeObject } from '../../cluster/objects.ts';
import type { Scene } from '../scene.ts';
import type { Check } from './check.ts';
import { findingAt, valueAt } from './field.ts';

/**
 * Pods, and whatever makes Pods, are as the world had them: the same objects, with the labels and
 * the spec they had. What the answer adds beside them is its own matter.
 */
export const untouched: Check<'untouched'> = {
  kind: 'untouched',
  observe(_expectation, scene) {
    const all = workloads.flatMap((resource) =>
      scene.before.store
        .list(resource)
        .flatMap((was: KubeObject) => changeOf(was, resource, scene) ?? []),
    );
    return { findings: all.slice(0, 1) };
  },
};

/** Makers first: a change of theirs is the reason for one of their Pods. */
const workloads = [
  'deployments',
  'statefulsets',
  'daemonsets',
  'cronjobs',
  'jobs',
  'replicationcontrollers',
  'replicasets',
  'pods',
] as const;

const kept = ['metadata.labels', 'spec'];

function changeOf(was: KubeObject, resource: string, scene: Scene): Finding | undefined {
  const { namespace = '', name, uid } = was.metadata;
  const now: KubeObject | undefined = scene.after.store.get(resource, namespace, name);
  if (now === was) return undefined;
  const parameters = { object: `${was.kind} ${namespace}/${name}` };
  if (!now || now.metadata.uid !== uid || now.metadata.deletionTimestamp !== undefined) {
    return { code: 'check-touched-gone', severity: 'error', parameters };
  }
  const path = kept.find((each) => !isDeepStrictEqual(valueAt(was, each), valueAt(now, each)));
  if (path === undefined) return undefined;
  const inner = differing(valueAt(was, path), valueAt(now, path), path);
  return findingAt(scene.text, now, inner, { code: 'check-touched', parameters });
}

/** The path of the first field that differs, as deep as both sides still have the same shape. */
function differing(was: unknown, now: unknown, path: string): string {
  if (!isObject(was) || !isObject(now)) return path;
  const keys = [...Object.keys(now), ...Object.keys(was)];
  const key = keys.find((each) => !isDeepStrictEqual(valueAt(was, each), valueAt(now, each)));
  return key === undefined || /[.[\]]/.test(key)
    ? path
    : differing(valueAt(was, key), valueAt(now, key), `${path}.${key}`);
}
