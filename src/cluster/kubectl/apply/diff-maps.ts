import { define, equalJson, isObject, type Json, type JsonObject } from '../../json.ts';
import { diffLists, type ListElement } from './diff-lists.ts';
import { type DiffOptions, type Patch, PatchError } from './patch.ts';
import { type PatchField, type PatchType, patchField, typeName } from './patch-fields.ts';

/**
 * The strategic merge patch that leads from one object to another, or the half of it that the
 * options ask for (apimachinery/pkg/util/strategicpatch, diffMaps).
 */
export function diffMaps(
  original: JsonObject,
  modified: JsonObject,
  type: PatchType,
  options: DiffOptions,
): Patch {
  const patch: Patch = {};
  for (const key of Object.keys(modified)) {
    const value = modified[key] as Json;
    if (!Object.hasOwn(original, key)) {
      if (!options.ignoreChangesAndAdditions) define(patch, key, value);
    } else diffMember(key, original[key] as Json, value, type, options, patch);
  }
  if (!options.ignoreDeletions) {
    for (const key of Object.keys(original)) {
      if (!Object.hasOwn(modified, key)) define(patch, key, null);
    }
  }
  if (options.retainKeys) addRetainKeys(original, modified, patch);
  return patch;
}

function diffMember(
  key: string,
  before: Json,
  after: Json,
  type: PatchType,
  options: DiffOptions,
  patch: Patch,
): void {
  const maps = isObject(before) && isObject(after);
  const lists = Array.isArray(before) && Array.isArray(after);
  if (key === '$patch' || (!maps && !lists)) {
    if (!options.ignoreChangesAndAdditions && !equalJson(before, after)) define(patch, key, after);
    return;
  }
  const field = patchField(type, key);
  if (!field) {
    if (equalJson(before, after)) return;
    throw new PatchError(
      `unable to find api field in struct ${typeName(type)} for the json field "${key}"`,
    );
  }
  if (maps) diffMap(key, before, after, field, options, patch);
  else diffList(key, before as Json[], after as Json[], field, options, patch);
}

function diffMap(
  key: string,
  before: JsonObject,
  after: JsonObject,
  field: PatchField,
  options: DiffOptions,
  patch: Patch,
): void {
  if (field.strategy === 'replace') {
    if (!options.ignoreChangesAndAdditions) define(patch, key, after);
    return;
  }
  const inner = diffMaps(before, after, field.type, { ...options, retainKeys: field.retainKeys });
  if (Object.keys(inner).length > 0) define(patch, key, inner);
}

function diffList(
  key: string,
  before: readonly Json[],
  after: readonly Json[],
  field: PatchField,
  options: DiffOptions,
  patch: Patch,
): void {
  if (field.strategy !== 'merge') {
    if (!options.ignoreChangesAndAdditions && !equalJson(before, after)) define(patch, key, after);
    return;
  }
  const inner = { ...options, retainKeys: field.retainKeys };
  const element: ListElement = {
    mergeKey: field.mergeKey,
    diff: (old, current) => diffMaps(old, current, field.type.elem, inner),
  };
  const { changes, deletions, order } = diffLists(before, after, element, inner);
  if (changes.length > 0) define(patch, key, changes);
  if (deletions.length > 0) define(patch, `$deleteFromPrimitiveList/${key}`, deletions);
  if (order.length > 0) define(patch, `$setElementOrder/${key}`, order);
}

/** `$retainKeys` names all that is to stay, when something changes or something else would stay. */
function addRetainKeys(original: JsonObject, modified: JsonObject, patch: Patch): void {
  const kept = Object.keys(modified).filter((key) => modified[key] !== null);
  const leftOver = Object.keys(original).some(
    (key) => original[key] !== null && !Object.hasOwn(modified, key),
  );
  if (kept.length > 0 && (Object.keys(patch).length > 0 || leftOver)) {
    define(patch, '$retainKeys', kept.sort());
  }
}
