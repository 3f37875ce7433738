import { cloneJson, isObject, type Json } from '../json.ts';
import type { KubeObject } from '../objects.ts';
import { type Call, isDryRun, queryOf, respond, storedObject, writerOf } from './call.ts';
import { placeInNamespace, storeNew } from './create.ts';
import { decodeRequest } from './decode/body.ts';
import { type Decoded, decode } from './decode/decode.ts';
import { strictError } from './decode/strictness.ts';
import { DecodeError, goValueName } from './decode/type-error.ts';
import { fieldPath, invalid } from './field-error.ts';
import { applyConfiguration } from './field-management/apply-configuration.ts';
import {
  mergingOfKind,
  noteWrite,
  ownFields,
  withManagedFields,
} from './field-management/managed-fields.ts';
import type { Manager } from './field-management/provenance.ts';
import { ListError, statedFields } from './field-management/typed-value.ts';
import { checkOptions } from './options.ts';
import { checkDepth } from './patch/depth.ts';
import type { Loose } from './patch/element-order.ts';
import { jsonPatch } from './patch/json-patch.ts';
import { mergePatch } from './patch/merge-patch.ts';
import { goMapText, strategicMerge } from './patch/strategic-merge.ts';
import { fromUnstructured } from './patch/unstructured.ts';
import type { ApiResponse } from './request.ts';
import { structType } from './schema.ts';
import {
  type ApiError,
  badRequest,
  invalidObject,
  notFound,
  plainError,
  unsupportedMediaType,
} from './status.ts';
import { checkName, storeChanged } from './update.ts';

/** PATCH on an object, in each of the ways that the request's media type can name. */
export function patchObject(call: Call): ApiResponse {
  const { patchType } = call.request;
  if (patchType === undefined || !Object.hasOwn(ways, patchType)) throw unsupportedMediaType();
  checkOptions(call, 'PatchOptions');
  checkReadable(call, patchType);
  checkDepth(call.request.body);
  if (patchType === 'application/apply-patch+yaml') return applied(call);
  const old = storedObject(call);
  if (!old) throw notFound(call.kind, call.name ?? '');
  return respond(call, 200, patched(call, old, ways[patchType]));
}

/** What the decoder of each kind of patch says before its complaint. */
const unreadableFrames: Readonly<Record<string, string>> = {
  'application/merge-patch+json': 'error decoding patch: ',
  'application/apply-patch+yaml': 'error decoding YAML: ',
};

function checkReadable({ request }: Call, patchType: string): void {
  const problem = request.bodyUnreadable?.problem;
  if (problem !== undefined) throw badRequest(`${unreadableFrames[patchType] ?? ''}${problem}`);
}

type Way = (call: Call, old: Json) => Patched;

interface Patched {
  decode(): Decoded;
  /** What a message about the result shows of it. */
  shown(): string;
}

const ways: Readonly<Record<string, Way>> = {
  'application/json-patch+json': (call, old) =>
    throughJson(call, jsonPatch(old, call.request.body)),
  'application/merge-patch+json': (call, old) =>
    throughJson(call, mergePatch(old, objectPatch(call.request.body, 'error decoding patch: '))),
  'application/strategic-merge-patch+json': strategic,
  'application/apply-patch+yaml': (call, old) => throughJson(call, old),
};

function patched(call: Call, old: KubeObject, way: Way | undefined): KubeObject {
  const result = readPatched(call, old, way);
  const object = result.value as unknown as KubeObject;
  object.metadata ??= { name: '' };
  checkName(call, object);
  placeInNamespace(call, object);
  return storeChanged(call, { ...object, kind: old.kind, apiVersion: old.apiVersion }, old);
}

function readPatched(call: Call, old: KubeObject, way: Way | undefined): Decoded {
  const shown = namesManagers(call.request.body) ? withManagedFields(old) : old;
  const result = way?.(call, cloneJson(shown) as unknown as Json);
  if (!result) throw unsupportedMediaType();
  return accepted(call, result);
}

/** Managers stand beside the stored object; a JSON patch that names them must find them in it. */
const namesManagers = (body: Json | undefined): boolean =>
  Array.isArray(body) &&
  body.some((each) => isObject(each) && String(each.path).startsWith('/metadata/managedFields'));

/** Wrong types and, where asked for, unknown fields of the result are the patch's fault. */
function accepted(call: Call, result: Patched): Decoded {
  const refuse = (detail: string): ApiError =>
    invalidObject({ group: '', kind: '' }, '', [
      invalid(fieldPath('patch'), result.shown(), detail),
    ]);
  try {
    const decoded = result.decode();
    const directive = queryOf(call, 'fieldValidation') || 'Warn';
    if (decoded.strict.length > 0 && directive === 'Strict') {
      throw refuse(strictError(decoded.strict));
    }
    if (directive === 'Warn') call.warnings.push(...decoded.strict);
    return decoded;
  } catch (error) {
    if (error instanceof DecodeError) throw refuse(error.message);
    throw error;
  }
}

function throughJson(call: Call, result: Json | undefined): Patched {
  return {
    decode: () => decode(call.kind.type, result ?? null),
    shown: () => JSON.stringify(result),
  };
}

function strategic(call: Call, old: Json): Patched {
  const patch = cloneJson(objectPatch(call.request.body, '')) as Loose;
  const merged = strategicMerge(old as Loose, patch, structType(call.kind.type));
  return {
    decode: () => fromUnstructured(call.kind.type, merged),
    shown: () => goMapText(patch),
  };
}

/** Only merge patches tell that it was the decoding (apiserver/pkg/endpoints/handlers/patch.go). */
function objectPatch(body: Json | undefined, during: string): Json {
  if (isObject(body)) return body;
  throw badRequest(
    `${during}json: cannot unmarshal ${goValueName(body)} into Go value of type map[string]interface {}`,
  );
}

/** Server-side apply: creates what is not there, else merges what the author states. */
function applied(call: Call): ApiResponse {
  const { kind, request } = call;
  const old = storedObject(call);
  const { object, strict } = decodeRequest(call);
  checkName(call, object);
  placeInNamespace(call, object);
  if (strict.length > 0) throw undeclared(call, object, strict);
  if (object.metadata.managedFields?.length) throw badRequest('metadata.managedFields must be nil');
  const writer = writerOf(call, 'Apply');
  const stated = request.body ?? null;
  try {
    if (!old) return respond(call, 201, appliedNew(call, object, stated, writer));
    const force = queryOf(call, 'force') === 'true';
    const { merged, managed } = applyConfiguration(old, stated, kind.type, writer, force);
    const { value } = decode(kind.type, merged);
    return respond(call, 200, storeChanged(call, value as unknown as KubeObject, old, managed));
  } catch (error) {
    if (!(error instanceof ListError)) throw error;
    throw untypeable(call, object, `${error.path}: ${error.problem}`);
  }
}

function appliedNew(call: Call, object: KubeObject, stated: Json, writer: Manager): KubeObject {
  const fields = ownFields(statedFields(stated, mergingOfKind(call.kind.type)), writer.subresource);
  const stored = storeNew(call, object);
  if (!isDryRun(call)) noteWrite(stored, { managed: [{ ...writer, fields }] });
  return stored;
}

/** Server-side apply reads its body by the API's schema, and says so in its own words. */
function undeclared(call: Call, object: KubeObject, strict: readonly string[]): ApiError {
  const errors = strict.map(
    (complaint) =>
      `.${complaint.replace(/^unknown field "|"$/g, '')}: field not declared in schema`,
  );
  const listed = errors.length > 1 ? `errors:\n  ${errors.sort().join('\n  ')}` : errors.join('');
  return untypeable(call, object, listed);
}

function untypeable({ kind, name }: Call, { apiVersion, metadata }: KubeObject, why: string) {
  const version = kind.group === '' ? `/${apiVersion}` : apiVersion;
  const place = `${metadata.namespace ?? ''}/${name}; ${version}, Kind=${kind.kind}`;
  return plainError(`failed to create typed patch object (${place}): ${why}`);
}
