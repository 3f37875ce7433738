import { cloneJson, isObject, type Json, type JsonObject } from '../json.ts';
import type { KubeObject, ResourceTypes } from '../objects.ts';
import { type Call, respond, storedObject } from './call.ts';
import { decode } from './decode/decode.ts';
import { DecodeError } from './decode/type-error.ts';
import { fieldPath, invalid } from './field-error.ts';
import { checkOptions } from './options.ts';
import { checkDepth } from './patch/depth.ts';
import { jsonPatch } from './patch/json-patch.ts';
import { mergePatch } from './patch/merge-patch.ts';
import type { ApiResponse } from './request.ts';
import { badRequest, invalidObject, methodNotAllowed, notFound } from './status.ts';
import { storeChanged } from './update.ts';

type Scaled = ResourceTypes['deployments'];

/** How many there are to be and how many there are, as `autoscaling/v1` Scale shows it. */
export function scaleOf(object: KubeObject): JsonObject {
  const { metadata, spec, status } = object as Scaled;
  const { name, namespace = '', uid = '', resourceVersion = '', creationTimestamp } = metadata;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: {
      name,
      namespace,
      uid,
      resourceVersion,
      ...(creationTimestamp !== undefined && { creationTimestamp: creationTimestamp as string }),
    },
    spec: spec?.replicas ? { replicas: spec.replicas } : {},
    status: { replicas: status?.replicas ?? 0, ...selectorOf(object) },
  };
}

/** PUT or PATCH on `scale`: the object itself changes, in its number of replicas alone. */
export function changeScale(call: Call): ApiResponse {
  const { method, body } = call.request;
  checkOptions(call, method === 'PUT' ? 'UpdateOptions' : 'PatchOptions');
  checkDepth(body);
  const old = storedObject(call);
  if (!old) throw notFound(call.kind, call.name ?? '');
  if (method !== 'PUT' && method !== 'PATCH') throw methodNotAllowed();
  const wanted = read(method === 'PUT' ? body : patched(call, scaleOf(old)));
  checkReplicas(call, wanted);
  const object = cloneJson(old) as Scaled;
  object.metadata.resourceVersion = versionIn(wanted) ?? old.metadata.resourceVersion ?? '';
  object.spec = { ...object.spec, replicas: replicasIn(wanted) } as NonNullable<Scaled['spec']>;
  const { subresource: _, ...main } = call;
  const stored = storeChanged(main, object, old);
  return respond(call, 200, scaleOf(stored));
}

function patched(call: Call, scale: JsonObject): Json | undefined {
  const { patchType, body } = call.request;
  return patchType === 'application/json-patch+json'
    ? jsonPatch(scale, body)
    : mergePatch(scale, body);
}

function read(body: Json | undefined): JsonObject {
  try {
    return decode('autoscaling/v1.Scale', body ?? null).value;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw badRequest(`Scale in version "v1" cannot be handled as a Scale: ${error.message}`);
  }
}

const member = (value: Json | undefined, name: string): Json | undefined =>
  isObject(value) ? value[name] : undefined;

const replicasIn = (scale: JsonObject): number => {
  const replicas = member(scale.spec, 'replicas');
  return typeof replicas === 'number' ? replicas : 0;
};

const versionIn = (scale: JsonObject): string | undefined => {
  const version = member(scale.metadata, 'resourceVersion');
  return typeof version === 'string' && version !== '' ? version : undefined;
};

function checkReplicas(call: Call, scale: JsonObject): void {
  const replicas = replicasIn(scale);
  if (replicas >= 0) return;
  throw invalidObject({ group: 'autoscaling', kind: 'Scale' }, call.name ?? '', [
    invalid(fieldPath('spec.replicas'), replicas, 'must be greater than or equal to 0'),
  ]);
}

/** The Pods counted, as a label selector in words. */
function selectorOf(object: KubeObject): { selector?: string } {
  const { selector } = (object as Scaled).spec ?? {};
  const isPlainMap = object.apiVersion === 'v1';
  const labels: unknown = isPlainMap ? selector : selector?.matchLabels;
  const pairs = isObject(labels) ? Object.keys(labels).map((key) => `${key}=${labels[key]}`) : [];
  return pairs.length > 0 ? { selector: pairs.sort().join(',') } : {};
}
