import type { JsonObject } from '../json.ts';
import { apiVersionOf } from '../kinds/registry.ts';
import type { KubeObject } from '../objects.ts';
import { type Call, queryOf, respond, storedObject } from './call.ts';
import { fieldPath, goQuote, notSupported } from './field-error.ts';
import { checkFields, matchesFields, parseFieldSelector } from './field-selector.ts';
import type { ApiResponse } from './request.ts';
import { scaleOf } from './scale.ts';
import { matchesLabels, parseLabelSelector, SelectorError } from './selectors.ts';
import { badRequest, invalidObject, notFound } from './status.ts';
import { type IncludeObject, tableOf } from './table.ts';

/** GET on an object or one of its subresources. */
export function getObject(call: Call): ApiResponse {
  const object = storedObject(call);
  if (!object) throw notFound(call.kind, call.name ?? '');
  if (call.subresource === 'scale') return respond(call, 200, scaleOf(object));
  return respond(call, 200, call.request.asTable ? asTable(call, [object]) : object);
}

/** GET on a collection. */
export function listObjects(call: Call): ApiResponse {
  const objects = listed(call);
  if (call.request.asTable) return respond(call, 200, asTable(call, objects));
  return respond(call, 200, listOf(call, objects));
}

export const listOf = (call: Call, objects: readonly KubeObject[]): JsonObject => ({
  kind: `${call.kind.kind}List`,
  apiVersion: apiVersionOf(call.kind),
  metadata: { resourceVersion: String(call.cluster.store.version()) },
  items: objects as never,
});

/** The objects of a collection that the query's selectors choose. */
export function listed(call: Call): readonly KubeObject[] {
  checkListOptions(call);
  const { cluster, kind, namespace } = call;
  const objects = cluster.store.list(kind.resource, namespace === '' ? undefined : namespace);
  const labels = queryOf(call, 'labelSelector');
  const fields = queryOf(call, 'fieldSelector');
  if (labels === '' && fields === '') return objects;
  try {
    const byLabel = parseLabelSelector(labels);
    const byField = parseFieldSelector(fields);
    checkFields(kind, byField);
    return objects.filter(
      (object) => matchesLabels(byLabel, object.metadata.labels) && matchesFields(byField, object),
    );
  } catch (error) {
    if (error instanceof SelectorError) throw badRequest(error.message);
    throw error;
  }
}

function checkListOptions(call: Call): void {
  const limit = queryOf(call, 'limit');
  if (limit !== '' && !/^[+-]?\d+$/.test(limit)) {
    throw badRequest(`strconv.ParseInt: parsing ${goQuote(limit)}: invalid syntax`);
  }
  const version = queryOf(call, 'resourceVersion');
  if (version !== '' && !/^\d+$/.test(version)) {
    const quoted = goQuote(version);
    throw badRequest(
      `invalid resource version: resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: invalid syntax`,
    );
  }
}

const includes: readonly string[] = ['Metadata', 'Object', 'None'];

function asTable(call: Call, objects: readonly KubeObject[]): JsonObject {
  const include = queryOf(call, 'includeObject') || 'Metadata';
  if (!includes.includes(include)) {
    throw invalidObject({ group: 'meta.k8s.io', kind: 'TableOptions' }, '', [
      notSupported(fieldPath('includeObject'), include, includes),
    ]);
  }
  return tableOf(call.kind, objects, call.cluster, include as IncludeObject);
}
