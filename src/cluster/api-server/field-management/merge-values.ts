import { cloneJson, define, isObject, type Json } from '../../json.ts';
import { below, type FieldSet, isMember, nothing } from './field-set.ts';
import type { Merging } from './merging.ts';
import { partsOf } from './typed-value.ts';

/** What an author states, laid over what stands (TypedValue.Merge): null states nothing. */
export function mergeValues(current: Json, stated: Json, merging: Merging): Json {
  const parts = partsOf(stated, merging);
  const known = partsOf(current, merging);
  if (!parts || !known) return cloneJson(stated);
  const before = new Map(known.map((part) => [part.element, part.value]));
  const merged = new Map(
    parts.map(({ element, value, merging: inner }) => {
      const old = before.get(element);
      return [element, old === undefined ? withoutNulls(value) : mergeValues(old, value, inner)];
    }),
  );
  return Array.isArray(current)
    ? mergedList(known, merged)
    : mergedMembers(current as Readonly<Record<string, Json>>, merged);
}

function mergedMembers(
  current: Readonly<Record<string, Json>>,
  merged: ReadonlyMap<string, Json>,
): Json {
  const result: Record<string, Json> = {};
  for (const name of Object.keys(current)) define(result, name, current[name] ?? null);
  for (const [element, value] of merged) define(result, element.slice(2), value);
  return result;
}

/** The elements that stand keep their order, new ones come behind them. */
function mergedList(
  known: readonly { readonly element: string; readonly value: Json }[],
  merged: ReadonlyMap<string, Json>,
): Json {
  const standing = new Set(known.map(({ element }) => element));
  return [
    ...known.map(({ element, value }) => merged.get(element) ?? value),
    ...[...merged].filter(([element]) => !standing.has(element)).map(([, value]) => value),
  ];
}

function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const kept: Record<string, Json> = {};
  for (const name of Object.keys(value)) {
    const member = value[name] ?? null;
    if (member !== null) define(kept, name, withoutNulls(member));
  }
  return kept;
}

/**
 * Takes out what its author stated before, states no more, and no other manager holds
 * (structured-merge-diff merge.Updater.prune). `held` is everything that somebody still manages.
 */
export function pruneValue(value: Json, merging: Merging, dropped: FieldSet, held: FieldSet): Json {
  const parts = partsOf(value, merging);
  if (!parts) return value;
  const kept = new Map<string, Json>();
  for (const part of parts) {
    const node = dropped[part.element];
    const holding = held[part.element];
    if (!node) kept.set(part.element, part.value);
    else if (holding || !isMember(node)) {
      const inner = Object.fromEntries(below(node));
      kept.set(part.element, pruneValue(part.value, part.merging, inner, holding ?? nothing));
    }
  }
  if (Array.isArray(value)) return [...kept.values()];
  const result: Record<string, Json> = {};
  const source = value as Readonly<Record<string, Json>>;
  for (const name of Object.keys(source)) {
    const part = kept.get(`f:${name}`);
    if (part !== undefined) define(result, name, part);
  }
  return result;
}
