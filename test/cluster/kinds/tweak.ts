import { emptyCluster } from '../../../src/cluster/cluster.ts';
import { cloneJson } from '../../../src/cluster/json.ts';
import type { Kind } from '../../../src/cluster/kinds/kind.ts';
import type { KubeObject } from '../../../src/cluster/objects.ts';

/** Leaves a field out. */
export const absent = Symbol('absent');

/** A copy of an object with one field, named by its path, set to another value. */
export function tweaked(base: object, path: string, value: unknown): KubeObject {
  const copy = cloneJson(base) as Record<string, unknown>;
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let at = copy;
  for (const step of steps) {
    at[step] ??= {};
    at = at[step] as Record<string, unknown>;
  }
  if (value === absent && Array.isArray(at)) at.splice(Number(last), 1);
  else if (value === absent) delete at[last];
  else at[last] = value;
  return copy as unknown as KubeObject;
}

/** The object as the pipeline hands it to validation when it is new. */
export function prepared(kind: Kind, object: object): KubeObject {
  const copy = cloneJson(object) as KubeObject;
  kind.defaults?.(copy);
  kind.prepareForCreate?.(copy);
  return copy;
}

const context = { cluster: emptyCluster() };

/** `path: message` of all that is held against a new object. */
export const errorsOf = (kind: Kind, object: object): string[] =>
  kind
    .validate(prepared(kind, object), context)
    .map(({ field, message }) => `${field}: ${message}`);

/** The same for an object that replaces another. */
export function updateErrorsOf(kind: Kind, object: object, old: object): string[] {
  const before = prepared(kind, old);
  const after = cloneJson(object) as KubeObject;
  kind.defaults?.(after);
  kind.prepareForUpdate?.(after, before);
  return [
    ...(kind.validateUpdate?.(after, before, context) ?? []),
    ...kind.validate(after, context),
  ].map(({ field, message }) => `${field}: ${message}`);
}
