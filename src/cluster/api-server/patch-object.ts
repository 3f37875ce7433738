import { cloneJson, type Json } from '../json.ts';
import type { KubeObject } from '../objects.ts';
import { type Call, respond, storedObject } from './call.ts';
import { mergePatch } from './patch/merge-patch.ts';
import type { ApiResponse } from './request.ts';
import { notFound } from './status.ts';
import { storeChanged } from './update.ts';

/** PATCH on an object, in each of the ways that the request's media type can name. */
export function patchObject(call: Call): ApiResponse {
  const old = storedObject(call);
  if (!old) throw notFound(call.kind, call.name ?? '');
  const patched = mergePatch(cloneJson(old) as unknown as Json, call.request.body);
  return respond(call, 200, storeChanged(call, patched as unknown as KubeObject, old));
}
