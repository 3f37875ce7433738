import { cloneJson, isObject } from '../json.ts';
import type { KubeObject } from '../objects.ts';
import { type Call, isDryRun, respond } from './call.ts';
import { generatedName, timestampOf, uidOf } from './identity.ts';
import type { ApiResponse } from './request.ts';
import { alreadyExists, badRequest, internalError, invalidObject, notFound } from './status.ts';

/** POST on a collection. */
export function createObject(call: Call): ApiResponse {
  const body = call.request.body;
  if (!isObject(body)) throw badRequest('the object provided is unrecognized');
  const object = cloneJson(body) as unknown as KubeObject;
  return respond(call, 201, storeNew(call, object));
}

/** The pipeline from a decoded object to a stored one. */
export function storeNew(call: Call, object: KubeObject): KubeObject {
  const { kind, cluster } = call;
  if (kind.namespaced) object.metadata.namespace = call.namespace;
  if (kind.namespaced && !cluster.store.get('namespaces', '', call.namespace)) {
    throw notFound({ group: '', kind: 'Namespace', resource: 'namespaces' }, call.namespace);
  }
  fillSystemFields(call, object);
  kind.defaults?.(object);
  const failure = kind.allocate?.(object, undefined, { cluster });
  if (failure) {
    throw 'internal' in failure
      ? internalError(failure.internal)
      : invalidObject(kind, object.metadata.name, failure.errors);
  }
  kind.prepareForCreate?.(object);
  const errors = kind.validate(object, { cluster });
  if (errors.length > 0) throw invalidObject(kind, object.metadata.name, errors);
  call.warnings.push(...(kind.warnings?.(object, undefined) ?? []));
  if (cluster.store.get(kind.resource, object.metadata.namespace ?? '', object.metadata.name)) {
    throw alreadyExists(kind, object.metadata.name);
  }
  return isDryRun(call) ? object : cluster.store.put(kind.resource, object);
}

function fillSystemFields({ cluster }: Call, object: KubeObject): void {
  const { metadata } = object;
  if (!metadata.name && metadata.generateName) {
    metadata.name = generatedName(cluster, metadata.generateName);
  }
  metadata.creationTimestamp = timestampOf(cluster);
  metadata.uid = uidOf(cluster, object);
}
