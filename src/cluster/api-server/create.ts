import type { Json } from '../json.ts';
import type { KubeObject } from '../objects.ts';
import { admitIntoNamespace } from './admission.ts';
import { type Call, isDryRun, respond, writerOf } from './call.ts';
import { decodeRequest } from './decode/body.ts';
import { strictness } from './decode/strictness.ts';
import { noteWrite } from './field-management/managed-fields.ts';
import { generatedName, timestampOf, uidOf } from './identity.ts';
import { checkOptions } from './options.ts';
import type { ApiResponse } from './request.ts';
import {
  alreadyExists,
  badRequest,
  invalidObject,
  methodNotAllowed,
  refusedAllocation,
} from './status.ts';

/** POST on a collection. */
export function createObject(call: Call): ApiResponse {
  if (call.kind.namespaced && call.namespace === '') throw methodNotAllowed();
  checkOptions(call, 'CreateOptions');
  const { object, strict } = decodeRequest(call);
  strictness(call, strict);
  return respond(call, 201, storeNew(call, object));
}

/**
 * The pipeline from a decoded object to a stored one, in upstream's order: namespace, defaults,
 * admission, allocation, validation, and last whether the name is taken.
 */
export function storeNew(call: Call, object: KubeObject): KubeObject {
  const { kind, cluster } = call;
  placeInNamespace(call, object);
  kind.defaults?.(object);
  admitIntoNamespace(call);
  fillSystemFields(call, object);
  const failure = kind.allocate?.(object, undefined, { cluster });
  if (failure) throw refusedAllocation(kind, object.metadata.name, failure);
  kind.prepareForCreate?.(object);
  const errors = kind.validate(object, { cluster });
  if (errors.length > 0) throw invalidObject(kind, object.metadata.name, errors);
  kind.canonicalize?.(object);
  call.warnings.push(...(kind.warnings?.(object, undefined) ?? []));
  if (cluster.store.get(kind.resource, call.namespace, object.metadata.name)) {
    throw alreadyExists(kind, object.metadata.name);
  }
  if (isDryRun(call)) return object;
  const stored = cluster.store.put(kind.resource, object);
  const { request } = call;
  const written = () => sentWithDefaults({ kind, request });
  noteWrite(stored, { writer: writerOf(call), written });
  return stored;
}

/** What the author of a creation manages: the body and its defaults, not what was allocated. */
function sentWithDefaults(sent: Pick<Call, 'kind' | 'request'>): Json {
  const { object } = decodeRequest(sent);
  sent.kind.defaults?.(object);
  return object as unknown as Json;
}

/** The body may name the namespace of the path, or none; without namespaces it is not heard. */
export function placeInNamespace({ kind, namespace }: Call, { metadata }: KubeObject): void {
  if (!kind.namespaced) delete metadata.namespace;
  if (!kind.namespaced) return;
  if (metadata.namespace && metadata.namespace !== namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  metadata.namespace = namespace;
}

/** What the server alone writes; whatever a client wrote there is dropped. */
function fillSystemFields({ cluster }: Call, object: KubeObject): void {
  const { metadata } = object;
  metadata.name ??= '';
  if (metadata.name === '' && metadata.generateName) {
    metadata.name = generatedName(cluster, metadata.generateName);
  }
  delete metadata.resourceVersion;
  delete metadata.managedFields;
  delete metadata.selfLink;
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
  metadata.creationTimestamp = timestampOf(cluster);
  metadata.uid = uidOf(cluster, object);
}
