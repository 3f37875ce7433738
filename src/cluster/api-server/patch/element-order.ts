import { define, equalJson, isObject, type Json } from '../../json.ts';
import type { Field, StructType } from '../schema.ts';
import { PatchError } from './patch-error.ts';

/** A JSON object that a merge may change. */
export type Loose = Record<string, Json>;

type MergeLists = (
  current: readonly Json[],
  patch: readonly Json[],
  field: Field | undefined,
) => Json[];

const prefix = '$setElementOrder/';
const wrongFormat = 'invalid patch format of setElementOrder list';

/**
 * Merges the lists whose order the patch states, and puts them in that order: `$setElementOrder/x`
 * names all elements its author knows; those only the server has keep their places among them.
 */
export function inElementOrder(
  original: Loose,
  patch: Loose,
  type: StructType | undefined,
  merge: MergeLists,
): void {
  for (const directive of Object.keys(patch).filter((key) => key.startsWith(prefix))) {
    const order = patch[directive];
    delete patch[directive];
    if (!Array.isArray(order)) throw new PatchError(wrongFormat, 'bad-request');
    const name = directive.slice(prefix.length);
    const list = orderedList(original, patch, name, order, type?.byName.get(name), merge);
    if (list === undefined) continue;
    define(original, name, list);
    delete patch[name];
  }
}

function orderedList(
  original: Loose,
  patch: Loose,
  name: string,
  order: readonly Json[],
  field: Field | undefined,
  merge: MergeLists,
): Json[] | undefined {
  const before = listAt(original, name);
  const change = listAt(patch, name);
  if (!before && !change) return undefined;
  const key = field?.patchMergeKey ?? '';
  checkOrder(change ?? [], order, key);
  const merged = before ? (change ? merge(before, change, field) : before) : change;
  const isDirective = (item: Json): boolean => isObject(item) && item.$patch !== undefined;
  const list = (merged ?? []).filter((item) => !isDirective(item));
  return interleave(list, order, before ?? [], key);
}

function listAt(object: Loose, name: string): readonly Json[] | undefined {
  if (!Object.hasOwn(object, name)) return undefined;
  const list = object[name];
  if (Array.isArray(list)) return list;
  throw new PatchError(wrongFormat, 'bad-request');
}

const same = (a: Json, b: Json, key: string): boolean =>
  key === '' ? equalJson(a, b) : isObject(a) && isObject(b) && equalJson(a[key], b[key]);

/** What the patch holds must stand in the stated order, in that order. */
function checkOrder(change: readonly Json[], order: readonly Json[], key: string): void {
  let at = 0;
  for (const item of change) {
    if (isObject(item) && item.$patch !== undefined) continue;
    while (at < order.length && !same(order[at] ?? null, item, key)) at += 1;
    if (at === order.length) {
      throw new PatchError(
        `The order in patch list:\n${JSON.stringify(change)}\n doesn't match $setElementOrder list:\n${JSON.stringify(order)}\n`,
      );
    }
  }
}

/** Elements of the stated order in that order; between them, those only the server has. */
export function interleave(
  list: readonly Json[],
  order: readonly Json[],
  before: readonly Json[],
  key: string,
): Json[] {
  const rank = (item: Json): number => order.findIndex((known) => same(known, item, key));
  const ranked = list.filter((item) => rank(item) >= 0).sort((a, b) => rank(a) - rank(b));
  const serverOnly = list.filter((item) => rank(item) < 0);
  const place = (item: Json): number => before.findIndex((known) => same(known, item, key));
  const result: Json[] = [];
  let next = 0;
  for (const item of serverOnly) {
    while (next < ranked.length && comesBefore(place(ranked[next] ?? null), place(item))) {
      result.push(ranked[next] ?? null);
      next += 1;
    }
    result.push(item);
  }
  return [...result, ...ranked.slice(next)];
}

/** An element the server did not have before goes in front of those it had. */
const comesBefore = (ranked: number, other: number): boolean => ranked < other;
