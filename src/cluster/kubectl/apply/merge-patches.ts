import { define, isObject, type Json } from '../../json.ts';
import { inOrderOf, interleaved, keyText, placesIn } from './element-order.ts';
import type { Patch } from './patch.ts';
import { type PatchType, patchField } from './patch-fields.ts';

const orderPrefix = '$setElementOrder/';
const deletePrefix = '$deleteFromPrimitiveList/';

/**
 * Puts a patch of additions and changes on top of a patch of deletions, directives kept as they are
 * (strategicpatch, mergeMap without merging parallel lists). Both may be changed.
 */
export function mergePatches(deletions: Patch, changes: Patch, type: PatchType): Patch {
  if (Object.hasOwn(changes, '$patch')) return withoutDirective(changes);
  const rest: Patch = { ...changes };
  if (Object.hasOwn(rest, '$retainKeys')) {
    deletions.$retainKeys ??= rest.$retainKeys as Json;
    delete rest.$retainKeys;
  }
  for (const key of Object.keys(changes)) {
    if (key.startsWith(orderPrefix)) mergeOrdered(deletions, rest, key, type);
  }
  for (const key of Object.keys(rest)) mergeMember(deletions, key, rest[key] as Json, type);
  return deletions;
}

function withoutDirective({ $patch, ...rest }: Patch): Patch {
  return $patch === 'delete' ? {} : rest;
}

function mergeMember(into: Patch, key: string, value: Json, type: PatchType): void {
  const before = Object.hasOwn(into, key) ? into[key] : undefined;
  const field = patchField(type, key);
  if (!key.startsWith(deletePrefix) && isObject(before) && isObject(value)) {
    const merged =
      field?.strategy === 'replace'
        ? value
        : mergePatches(before as Patch, value as Patch, field?.type);
    define(into, key, merged);
  } else if (Array.isArray(before) && Array.isArray(value) && field?.strategy === 'merge') {
    const { mergeKey } = field;
    const merged = mergeLists(before, value, mergeKey, field.type.elem);
    define(into, key, ordered(merged, before, value, mergeKey));
  } else define(into, key, value);
}

/** A list and the order its items shall have belong together. */
function mergeOrdered(into: Patch, changes: Patch, orderKey: string, type: PatchType): void {
  const order = changes[orderKey] as Json[];
  define(into, orderKey, order);
  delete changes[orderKey];
  const key = orderKey.slice(orderPrefix.length);
  const before = Object.hasOwn(into, key) ? into[key] : undefined;
  const after = Object.hasOwn(changes, key) ? changes[key] : undefined;
  if (!Array.isArray(before) && !Array.isArray(after)) return;
  const field = patchField(type, key);
  const mergeKey = field?.mergeKey ?? '';
  const [old, added] = [(before ?? []) as Json[], (after ?? []) as Json[]];
  const merged = mergeLists(old, added, mergeKey, field?.type.elem);
  define(into, key, ordered(merged, old, order, mergeKey));
  delete changes[key];
}

function mergeLists(
  before: readonly Json[],
  after: readonly Json[],
  mergeKey: string,
  type: PatchType,
): Json[] {
  const merged = [...before];
  const places = placesIn(before, mergeKey);
  for (const item of after) {
    const key = keyText(item, mergeKey);
    const at = places.get(key);
    if (at === undefined) places.set(key, merged.push(item) - 1);
    else if (mergeKey !== '') {
      merged[at] = mergePatches({ ...(merged[at] as Patch) }, { ...(item as Patch) }, type);
    }
  }
  return merged;
}

function ordered(
  merged: readonly Json[],
  before: readonly Json[],
  order: readonly Json[],
  mergeKey: string,
): Json[] {
  const places = placesIn(order, mergeKey);
  const named = (item: Json): boolean => places.has(keyText(item, mergeKey));
  const patchItems = inOrderOf(merged.filter(named), order, mergeKey);
  const others = inOrderOf(
    merged.filter((item) => !named(item)),
    before,
    mergeKey,
  );
  return interleaved(patchItems, others, before, mergeKey);
}
