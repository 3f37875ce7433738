import { cloneJson, isObject, type Json, type JsonObject } from '../json.ts';
import type { KubeObject } from '../objects.ts';
import { type Call, isDryRun, respond, storedObject } from './call.ts';
import { decode } from './decode/decode.ts';
import { DecodeError } from './decode/type-error.ts';
import { fieldPath, invalid, notSupported } from './field-error.ts';
import { graceOf, terminating } from './graceful-deletion.ts';
import { timestampOf } from './identity.ts';
import { checkOptions, invalidOptions } from './options.ts';
import { listed, listOf } from './read.ts';
import type { ApiResponse } from './request.ts';
import { badRequest, conflict, forbiddenRequest, notFound } from './status.ts';

/** DELETE on an object: the answer is the object as it was, or a Status, by kind. */
export function deleteObject(call: Call): ApiResponse {
  const options = optionsOf(call);
  const object = storedObject(call);
  if (call.kind.resource === 'namespaces' && standing.has(call.name ?? '')) {
    throw forbiddenRequest(call.kind, call.name ?? '', 'this namespace may not be deleted');
  }
  if (!object) throw notFound(call.kind, call.name ?? '');
  checkPreconditions(call, object, options);
  const left = remove(call, object, options);
  if (left) return respond(call, 200, left);
  return respond(
    call,
    200,
    answersWithObject.has(call.kind.resource) ? object : success(call, object),
  );
}

/** DELETE on a collection: whatever the selectors of the query choose. */
export function deleteCollection(call: Call): ApiResponse {
  const options = optionsOf(call);
  const objects = listed(call);
  for (const object of objects) remove(call, object, options);
  return respond(call, 200, listOf(call, objects));
}

/** Namespaces a cluster cannot be without (admission plugin NamespaceLifecycle). */
const standing: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public']);

/** Kinds whose storage has ReturnDeletedObject; all others answer with a Status. */
const answersWithObject: ReadonlySet<string> = new Set([
  'pods',
  'services',
  'serviceaccounts',
  'persistentvolumeclaims',
]);

const policies = ['Foreground', 'Background', 'Orphan', 'nil'];

function optionsOf(call: Call): JsonObject {
  checkOptions(call, 'DeleteOptions');
  const options = readOptions(call.request.body);
  const policy = options.propagationPolicy ?? call.request.query?.propagationPolicy;
  const errors = [];
  if (policy !== undefined && options.orphanDependents !== undefined) {
    const detail = 'orphanDependents and deletionPropagation cannot be both set';
    errors.push(invalid(fieldPath('propagationPolicy'), policy, detail));
  }
  if (policy !== undefined && !policies.slice(0, 3).includes(String(policy))) {
    errors.push(notSupported(fieldPath('propagationPolicy'), policy, policies));
  }
  if (errors.length > 0) throw invalidOptions('DeleteOptions', errors);
  return { ...options, ...(policy !== undefined && { propagationPolicy: policy }) };
}

function readOptions(body: Json | undefined): JsonObject {
  if (body === undefined) return {};
  try {
    return decode('meta/v1.DeleteOptions', body).value;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw badRequest(
      `DeleteOptions in version "v1" cannot be handled as a DeleteOptions: ${error.message}`,
    );
  }
}

function checkPreconditions(call: Call, { metadata }: KubeObject, options: JsonObject): void {
  const wanted = isObject(options.preconditions) ? options.preconditions : {};
  const asKind = { ...call.kind, group: '', resource: call.kind.kind };
  const { uid, resourceVersion } = metadata;
  if (wanted.uid !== undefined && wanted.uid !== uid) {
    const why = `the UID in the precondition (${wanted.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`;
    throw conflict(asKind, metadata.name, why);
  }
  if (wanted.resourceVersion !== undefined && wanted.resourceVersion !== resourceVersion) {
    const why = `the ResourceVersion in the precondition (${wanted.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`;
    throw conflict(asKind, metadata.name, why);
  }
}

/** Removes an object, or marks it when finalizers hold it: what is left, if anything. */
function remove(call: Call, object: KubeObject, options: JsonObject): KubeObject | undefined {
  const { cluster, kind } = call;
  const { namespace = '', name, deletionTimestamp } = object.metadata;
  const finalizers = finalizersFor(object, String(options.propagationPolicy ?? ''));
  if (finalizers.length > 0 || kind.resource === 'namespaces') {
    if (deletionTimestamp !== undefined) return object;
    const marked = markedForDeletion(call, object, finalizers);
    return isDryRun(call) ? marked : cluster.store.put(kind.resource, marked);
  }
  if (isDryRun(call)) return undefined;
  const grace = graceOf(cluster, kind.resource, object, options.gracePeriodSeconds);
  if (grace > 0) return cluster.store.put(kind.resource, terminating(cluster, object, grace));
  cluster.store.remove(kind.resource, namespace, name);
  if (kind.resource === 'services') cluster.store.remove('endpoints', namespace, name);
  return undefined;
}

/** Each way to treat dependents is a finalizer that the garbage collector takes off again. */
function finalizersFor({ metadata }: KubeObject, policy: string): readonly string[] {
  const own = (metadata.finalizers ?? []).filter(
    (name) => policy === '' || (name !== 'orphan' && name !== 'foregroundDeletion'),
  );
  if (policy === 'Orphan') return [...own, 'orphan'];
  return policy === 'Foreground' ? [...own, 'foregroundDeletion'] : own;
}

function markedForDeletion(
  { cluster, kind }: Call,
  object: KubeObject,
  finalizers: readonly string[],
): KubeObject {
  const marked = cloneJson(object);
  marked.metadata.deletionTimestamp = timestampOf(cluster);
  if (kind.resource !== 'namespaces') marked.metadata.deletionGracePeriodSeconds = 0;
  if (finalizers.length > 0) marked.metadata.finalizers = [...finalizers];
  else delete marked.metadata.finalizers;
  if (kind.resource === 'namespaces') Object.assign(marked, { status: { phase: 'Terminating' } });
  return marked;
}

const success = ({ kind }: Call, { metadata }: KubeObject): JsonObject => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Success',
  details: {
    name: metadata.name,
    ...(kind.group !== '' && { group: kind.group }),
    kind: kind.resource,
    uid: metadata.uid ?? '',
  },
});
