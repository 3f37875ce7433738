import { cloneJson, equalJson, isObject } from '../json.ts';
import type { KubeObject } from '../objects.ts';
import { type Call, isDryRun, respond, storedObject } from './call.ts';
import type { ApiResponse } from './request.ts';
import { badRequest, conflict, internalError, invalidObject, notFound } from './status.ts';

/** PUT on an object. */
export function replaceObject(call: Call): ApiResponse {
  const body = call.request.body;
  if (!isObject(body)) throw badRequest('the object provided is unrecognized');
  const old = storedObject(call);
  if (!old) throw notFound(call.kind, call.name ?? '');
  return respond(call, 200, storeChanged(call, cloneJson(body) as unknown as KubeObject, old));
}

const optimisticLock =
  'the object has been modified; please apply your changes to the latest version and try again';

/** The pipeline from a decoded object to a stored one that replaces `old`. */
export function storeChanged(call: Call, object: KubeObject, old: KubeObject): KubeObject {
  const { kind, cluster } = call;
  const asked = object.metadata.resourceVersion;
  if (asked !== undefined && asked !== old.metadata.resourceVersion) {
    throw conflict(kind, old.metadata.name, optimisticLock);
  }
  keepSystemFields(object, old);
  kind.defaults?.(object);
  const failure = kind.allocate?.(object, old, { cluster });
  if (failure) {
    throw 'internal' in failure
      ? internalError(failure.internal)
      : invalidObject(kind, object.metadata.name, failure.errors);
  }
  kind.prepareForUpdate?.(object, old);
  const errors = [
    ...kind.validate(object, { cluster }),
    ...(kind.validateUpdate?.(object, old, { cluster }) ?? []),
  ];
  if (errors.length > 0) throw invalidObject(kind, object.metadata.name, errors);
  call.warnings.push(...(kind.warnings?.(object, old) ?? []));
  if (equalJson(object, old)) return old;
  return isDryRun(call) ? object : cluster.store.put(kind.resource, object);
}

function keepSystemFields(object: KubeObject, old: KubeObject): void {
  for (const field of ['namespace', 'uid', 'creationTimestamp', 'resourceVersion'] as const) {
    const value = old.metadata[field];
    if (value !== undefined) object.metadata[field] = value;
  }
}
