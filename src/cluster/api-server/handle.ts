import type { Cluster } from '../cluster.ts';
import type { JsonObject } from '../json.ts';
import type { KubeObject } from '../objects.ts';
import type { Call } from './call.ts';
import { createObject } from './create.ts';
import { deleteCollection, deleteObject } from './delete.ts';
import { withManagedFields } from './field-management/managed-fields.ts';
import { PatchError } from './patch/patch-error.ts';
import { patchObject } from './patch-object.ts';
import { getObject, listObjects } from './read.ts';
import type { ApiRequest, ApiResponse } from './request.ts';
import { routeOf } from './route.ts';
import { changeScale } from './scale.ts';
import {
  ApiError,
  badRequest,
  methodNotAllowed,
  noSuchResource,
  plainError,
  unprocessable,
} from './status.ts';
import { replaceObject } from './update.ts';

/** Answers a request as the Kubernetes API server would, changing the cluster's store. */
export function handle(cluster: Cluster, request: ApiRequest): ApiResponse {
  const warnings: string[] = [];
  try {
    const call: Call = { ...routeOf(request.path), cluster, request, warnings };
    if (call.kind.deprecation !== undefined) warnings.push(call.kind.deprecation);
    return withManagers(verbOf(call)(call), request);
  } catch (error) {
    if (error instanceof ApiError) return error.response(warnings);
    if (error instanceof PatchError) return refusedPatch(error).response(warnings);
    throw error;
  }
}

/** Objects and lists of them as the wire shows them, where the request asks for that. */
function withManagers(
  response: ApiResponse,
  { withManagedFields: wanted }: ApiRequest,
): ApiResponse {
  if (!wanted) return response;
  const { body } = response;
  const shown = Array.isArray(body.items)
    ? { ...body, items: body.items.map((item) => withManagedFields(item)) }
    : withManagedFields(body as unknown as KubeObject);
  return { ...response, body: shown as unknown as JsonObject };
}

function refusedPatch({ failure, message }: PatchError): ApiError {
  if (failure === 'bad-request') return badRequest(message);
  return failure === 'plain' ? plainError(message) : unprocessable();
}

type Verb = (call: Call) => ApiResponse;

const collectionVerbs: Partial<Record<ApiRequest['method'], Verb>> = {
  GET: listObjects,
  POST: createObject,
  DELETE: deleteCollection,
};

const objectVerbs: Partial<Record<ApiRequest['method'], Verb>> = {
  GET: getObject,
  PUT: replaceObject,
  PATCH: patchObject,
  DELETE: deleteObject,
};

const subresourceVerbs: Readonly<Record<string, Partial<Record<ApiRequest['method'], Verb>>>> = {
  status: { GET: getObject, PUT: replaceObject, PATCH: patchObject },
  scale: { GET: getObject, PUT: changeScale, PATCH: changeScale },
};

function verbOf(call: Call): Verb {
  if (call.subresource !== undefined) return subresourceVerb(call, call.subresource);
  const verbs = call.name === undefined ? collectionVerbs : objectVerbs;
  const verb = verbs[call.request.method];
  if (!verb) throw methodNotAllowed();
  return verb;
}

function subresourceVerb({ kind, request }: Call, subresource: string): Verb {
  const served = kind.subresources.some((each) => each === subresource);
  if (!served) throw noSuchResource();
  const verb = subresourceVerbs[subresource]?.[request.method];
  if (!verb) throw methodNotAllowed();
  return verb;
}
