import { define, equalJson, isObject, type Json } from '../../json.ts';
import { type Field, type StructType, structOf } from '../schema.ts';
import { inElementOrder, interleave, type Loose } from './element-order.ts';
import { PatchError } from './patch-error.ts';

/**
 * Merges `patch` into `original` by the patch strategies of the type (apimachinery strategicpatch
 * StrategicMergeMapPatch). Both are changed in place, as upstream does: what stays of the patch is
 * what its error messages print. Throws a PatchError.
 */
export function strategicMerge(original: Loose, patch: Loose, type: StructType | undefined): Loose {
  if (Object.hasOwn(patch, '$patch')) return byDirective(patch);
  keepOnlyRetained(original, patch);
  inElementOrder(original, patch, type, mergeLists);
  for (const key of Object.keys(patch)) mergeMember(original, patch, key, type);
  return original;
}

/** The strategies of a field: `merge`, and beside it perhaps `retainKeys`. */
const mergesBy = (field: Field | undefined): boolean =>
  (field?.patchStrategy ?? '').split(',').includes('merge');

const replacesBy = (field: Field | undefined): boolean =>
  (field?.patchStrategy ?? '').split(',').includes('replace');

function byDirective(patch: Loose): Loose {
  const directive = patch.$patch;
  delete patch.$patch;
  if (directive === 'replace') return patch;
  if (directive === 'delete') return {};
  throw new PatchError(`unknown patch type: ${String(directive)} in map`);
}

const deletionPrefix = '$deleteFromPrimitiveList/';

function mergeMember(
  original: Loose,
  patch: Loose,
  key: string,
  type: StructType | undefined,
): void {
  const change = patch[key] ?? null;
  const deletes = key.startsWith(deletionPrefix);
  const name = deletes ? key.slice(deletionPrefix.length) : key;
  if (deletes && !Object.hasOwn(original, name)) return;
  if (change === null) {
    delete original[name];
    return;
  }
  const current = Object.hasOwn(original, name) ? original[name] : undefined;
  if (current === undefined || shapeOf(current) !== shapeOf(change)) {
    if (!deletes) define(original, name, withoutNulls(change));
    return;
  }
  define(original, name, merged(current, change, fieldOf(type, name), deletes));
}

const fieldOf = (type: StructType | undefined, name: string): Field | undefined =>
  type?.byName.get(name);

const shapeOf = (value: Json): string => (Array.isArray(value) ? 'array' : typeof value);

function merged(current: Json, change: Json, field: Field | undefined, deletes: boolean): Json {
  if (Array.isArray(current) && Array.isArray(change)) {
    return mergeLists(current, change, field, deletes);
  }
  if (!isObject(current) || !isObject(change)) return change;
  if (replacesBy(field)) return change;
  return strategicMerge(current as Loose, change as Loose, structOfField(field));
}

const structOfField = (field: Field | undefined): StructType | undefined =>
  field?.kind === 'object' ? structOf(field) : undefined;

/** A list that the type does not merge is replaced; primitives are a set, objects go by their key. */
function mergeLists(
  current: readonly Json[],
  patch: readonly Json[],
  field: Field | undefined,
  deletes = false,
): Json[] {
  if (deletes) return current.filter((item) => !patch.some((gone) => equalJson(item, gone)));
  if (!mergesBy(field)) return withoutDirectives(patch);
  const sample = current[0] ?? patch[0];
  if (sample === undefined) return [...current];
  if (!isObject(sample)) return interleave(union(current, patch), patch, current, '');
  const key = field?.patchMergeKey ?? '';
  const keyed = obeyDirectives(current, patch, key);
  const before = [...keyed.list];
  return interleave(mergeObjects(keyed, key, field), keyed.changes, before, key);
}

function union(current: readonly Json[], patch: readonly Json[]): Json[] {
  const all = [...current];
  for (const item of patch) if (!all.some((known) => equalJson(known, item))) all.push(item);
  return all;
}

/** The elements that stand, and the changes to merge into them. */
interface Keyed {
  readonly list: Json[];
  readonly changes: readonly Loose[];
}

function mergeObjects({ list, changes }: Keyed, key: string, field: Field | undefined): Json[] {
  const type = field?.elem ? structOf(field.elem) : undefined;
  for (const change of changes) {
    const wanted = keyOf(change, key);
    const at = list.findIndex((item) => isObject(item) && equalJson(item[key], wanted));
    const found = list[at];
    if (isObject(found)) list[at] = strategicMerge(found as Loose, change, type);
    else list.push(withoutNulls(change));
  }
  return list;
}

/** `$patch: delete` takes an element out, `$patch: replace` all that are not in the patch. */
function obeyDirectives(current: readonly Json[], patch: readonly Json[], key: string): Keyed {
  let list = [...current];
  let replace = false;
  const changes: Loose[] = [];
  for (const item of patch) {
    if (!isObject(item)) throw new PatchError('invalid JSON document');
    const directive = item.$patch;
    if (directive === undefined) changes.push(item as Loose);
    else if (directive === 'replace') replace = true;
    else if (directive === 'delete') {
      const gone = keyOf(item as Loose, key);
      list = list.filter((known) => !isObject(known) || !equalJson(known[key], gone));
    } else if (directive === 'merge') {
      throw new PatchError('merging lists cannot yet be specified in the patch');
    } else {
      throw new PatchError(`unknown patch type: ${String(directive)} in list`);
    }
  }
  return replace
    ? { list: changes.map((change) => withoutNulls(change)), changes: [] }
    : { list, changes };
}

function keyOf(item: Loose, key: string): Json {
  const value = Object.hasOwn(item, key) ? item[key] : undefined;
  if (value !== undefined) return value;
  throw new PatchError(`map: ${goMapText(item)} does not contain declared merge key: ${key}`);
}

/** Nulls in what the patch adds delete nothing and are not stored (IgnoreUnmatchedNulls). */
function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) {
    return value.filter((item) => !isObject(item) || item.$patch === undefined).map(withoutNulls);
  }
  if (!isObject(value)) return value;
  const kept = value as Loose;
  for (const key of Object.keys(kept)) {
    if (kept[key] === null || key === '$patch' || key === '$retainKeys') delete kept[key];
    else define(kept, key, withoutNulls(kept[key] ?? null));
  }
  return kept;
}

const withoutDirectives = (list: readonly Json[]): Json[] =>
  list.filter((item) => !isObject(item) || item.$patch === undefined);

/** `$retainKeys`: every member that is not named goes before the merge. */
function keepOnlyRetained(original: Loose, patch: Loose): void {
  if (!Object.hasOwn(patch, '$retainKeys')) return;
  const named = patch.$retainKeys;
  delete patch.$retainKeys;
  if (!Array.isArray(named)) throw new PatchError('invalid patch format of retainKeys');
  const unnamed = Object.keys(patch).find((key) => !key.startsWith('$') && !named.includes(key));
  if (unnamed !== undefined) throw new PatchError('invalid patch format of retainKeys');
  for (const key of Object.keys(original)) if (!named.includes(key)) delete original[key];
}

/** A map as Go's %v prints it. */
export function goMapText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(goMapText).join(' ')}]`;
  if (!isObject(value)) return value === null ? '<nil>' : String(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${key}:${goMapText(value[key] ?? null)}`);
  return `map[${members.join(' ')}]`;
}
