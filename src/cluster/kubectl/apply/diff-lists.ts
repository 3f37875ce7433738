import { define, equalJson, isObject, type Json, type JsonObject } from '../../json.ts';
import { goJson } from '../read/go-json.ts';
import { inOrderOf, keyValue } from './element-order.ts';
import { type DiffOptions, type Patch, PatchError } from './patch.ts';

/** What a list's items are matched by, `''` for plain values, and how two of one key differ. */
export interface ListElement {
  readonly mergeKey: string;
  diff(original: JsonObject, modified: JsonObject): Patch;
}

export interface ListDifference {
  /** New and changed items; for items with a key also those to delete, `$patch: delete`. */
  readonly changes: readonly Json[];
  /** Plain values to take out of a set. */
  readonly deletions: readonly Json[];
  /** The order all items shall have, when it has to be said. */
  readonly order: readonly Json[];
}

const none: ListDifference = { changes: [], deletions: [], order: [] };

/** The difference of two lists that are merged rather than replaced (strategicpatch, diffLists). */
export function diffLists(
  original: readonly Json[],
  modified: readonly Json[],
  element: ListElement,
  options: DiffOptions,
): ListDifference {
  if (original.length === 0) {
    return options.ignoreChangesAndAdditions ? none : { ...none, changes: modified };
  }
  const items = [...original, ...modified];
  if (items.some(Array.isArray)) throw new PatchError('lists of lists are not supported');
  return items.some(isObject)
    ? diffObjects(original, modified, element, options)
    : diffValues(original, modified, options);
}

function diffObjects(
  original: readonly Json[],
  modified: readonly Json[],
  element: ListElement,
  options: DiffOptions,
): ListDifference {
  const { mergeKey } = element;
  const before = keyed(original, mergeKey);
  const after = keyed(modified, mergeKey);
  const changed = inOrderOf(changedObjects(before, after, element, options), modified, mergeKey);
  const changes = [...changed, ...deletedObjects(before, after, mergeKey, options)];
  const ordered =
    (!options.ignoreChangesAndAdditions &&
      (changes.length > 0 || !sameOrder(original, modified, mergeKey))) ||
    (!options.ignoreDeletions && changes.length > 0);
  const order = ordered ? modified.map((item) => onlyKey(keyValue(item, mergeKey), mergeKey)) : [];
  return { changes, deletions: [], order };
}

interface KeyedItem {
  readonly item: JsonObject;
  readonly key: Json;
  readonly text: string;
}

/**
 * Items with their merge keys as Go prints them, sorted by that. Items of one key come out the
 * other way round, as from kubectl's own sort, which takes equal for less.
 */
function keyed(list: readonly Json[], mergeKey: string): readonly KeyedItem[] {
  return list
    .map((item) => {
      if (!isObject(item)) throw new PatchError('expected a map in the list, but received a value');
      const key = item[mergeKey];
      if (key === undefined) {
        throw new PatchError(
          `map: ${goMap(item)} does not contain declared merge key: ${mergeKey}`,
        );
      }
      return { item, key, text: typeof key === 'string' ? key : goJson(key) };
    })
    .reverse()
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
}

/** A map as Go's %v prints it. */
function goMap(value: Json | undefined): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goMap).join(' ')}]`;
  if (!isObject(value)) return String(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${key}:${goMap(value[key])}`);
  return `map[${members.join(' ')}]`;
}

/** Walks both sorted lists side by side; items of one key are paired one by one. */
function pairs(
  before: readonly KeyedItem[],
  after: readonly KeyedItem[],
): readonly (readonly [KeyedItem | undefined, KeyedItem | undefined])[] {
  const found: (readonly [KeyedItem | undefined, KeyedItem | undefined])[] = [];
  let left = 0;
  let right = 0;
  while (left < before.length || right < after.length) {
    const [a, b] = [before[left], after[right]];
    const takeLeft = a !== undefined && (b === undefined || a.text <= b.text);
    const takeRight = b !== undefined && (a === undefined || b.text <= a.text);
    found.push([takeLeft ? a : undefined, takeRight ? b : undefined]);
    if (takeLeft) left += 1;
    if (takeRight) right += 1;
  }
  return found;
}

function changedObjects(
  before: readonly KeyedItem[],
  after: readonly KeyedItem[],
  { mergeKey, diff }: ListElement,
  options: DiffOptions,
): Json[] {
  const changes: Json[] = [];
  for (const [old, current] of pairs(before, after)) {
    if (!current) continue;
    if (!old) {
      if (!options.ignoreChangesAndAdditions) changes.push(current.item);
      continue;
    }
    const patch = diff(old.item, current.item);
    if (Object.keys(patch).length === 0) continue;
    define(patch, mergeKey, current.key);
    changes.push(patch);
  }
  return changes;
}

function deletedObjects(
  before: readonly KeyedItem[],
  after: readonly KeyedItem[],
  mergeKey: string,
  options: DiffOptions,
): Json[] {
  if (options.ignoreDeletions) return [];
  return pairs(before, after).flatMap(([old, current]) => {
    if (!old || current) return [];
    const deletion = onlyKey(old.key, mergeKey) as Record<string, Json>;
    define(deletion, '$patch', 'delete');
    return [deletion];
  });
}

function onlyKey(value: Json | undefined, mergeKey: string): JsonObject {
  const item: Record<string, Json> = {};
  define(item, mergeKey, value ?? null);
  return item;
}

const sameOrder = (a: readonly Json[], b: readonly Json[], mergeKey: string): boolean =>
  a.length === b.length &&
  a.every((item, at) => equalJson(keyValue(item, mergeKey), keyValue(b[at], mergeKey)));

function diffValues(
  original: readonly Json[],
  modified: readonly Json[],
  options: DiffOptions,
): ListDifference {
  const added = options.ignoreChangesAndAdditions ? [] : without(modified, original);
  const deletions = options.ignoreDeletions ? [] : [...new Set(without(original, modified))];
  const ordered =
    (!options.ignoreDeletions && deletions.length > 0) ||
    (!options.ignoreChangesAndAdditions && !equalJson(original, modified));
  return { changes: inOrderOf(added, modified, ''), deletions, order: ordered ? modified : [] };
}

/** The values of one set that are not in the other, each as often as it is there more often. */
function without(values: readonly Json[], others: readonly Json[]): Json[] {
  const left = others.map(String);
  const kept: Json[] = [];
  for (const value of [...values].sort((a, b) => (String(a) < String(b) ? -1 : 1))) {
    const at = left.indexOf(String(value));
    if (at < 0) kept.push(value);
    else left.splice(at, 1);
  }
  return kept;
}
