import { cloneJson, define, equalJson, isObject, type Json } from '../../json.ts';
import type { KubeObject } from '../../objects.ts';
import { type Field, isPointer, type StructType, structOf } from '../schema.ts';
import { mergesBy } from './strategic-merge.ts';

/**
 * What an author states, laid over what stands: maps and keyed lists merge, all else is replaced.
 * Nobody's fields are taken away, because no field owners are kept.
 */
export function applyPatch(old: KubeObject, stated: Json, type: StructType): Json {
  return overlay(cloneJson(old) as unknown as Json, stated, type);
}

function overlay(current: Json, stated: Json, type: StructType | undefined): Json {
  if (!isObject(current) || !isObject(stated)) return cloneJson(stated);
  const result: Record<string, Json> = { ...current } as Record<string, Json>;
  for (const key of Object.keys(stated)) {
    const value = stated[key] ?? null;
    if (value === null) continue;
    const before = Object.hasOwn(result, key) ? (result[key] ?? null) : null;
    define(result, key, member(before, value, type?.byName.get(key)));
  }
  return result;
}

function member(before: Json, stated: Json, field: Field | undefined): Json {
  if (Array.isArray(before) && Array.isArray(stated) && mergesBy(field)) {
    return lists(before, stated, field);
  }
  return overlay(before, stated, field?.kind === 'object' ? structOf(field) : undefined);
}

function lists(before: readonly Json[], stated: readonly Json[], field: Field | undefined): Json[] {
  const key = field?.patchMergeKey ?? '';
  const element = field?.elem && !isPointer(field.elem) ? field.elem : undefined;
  const type = element?.kind === 'object' ? structOf(element) : undefined;
  const same = (a: Json, b: Json): boolean =>
    isObject(a) && isObject(b) ? equalJson(a[key], b[key]) : equalJson(a, b);
  const result = [...before];
  for (const item of stated) {
    const at = result.findIndex((known) => same(known, item));
    if (at === -1) result.push(cloneJson(item));
    else result[at] = overlay(result[at] ?? null, item, type);
  }
  return result;
}
