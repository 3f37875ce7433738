import { equalJson, isObject, type Json } from '../../json.ts';

/** What lists are matched by: an item's merge key, or the item itself when there is none. */
export const keyValue = (item: Json | undefined, mergeKey: string): Json | undefined =>
  mergeKey !== '' && isObject(item) ? item[mergeKey] : item;

const indexIn = (list: readonly Json[], item: Json, mergeKey: string): number =>
  list.findIndex((other) => equalJson(keyValue(other, mergeKey), keyValue(item, mergeKey)));

const isDeletion = (item: Json): boolean => isObject(item) && item.$patch === 'delete';

/** Sorts items by their place in `order`; deletions go last. Items it does not name sink. */
export function inOrderOf(
  items: readonly Json[],
  order: readonly Json[],
  mergeKey: string,
): Json[] {
  const kept = items.filter((item) => !isDeletion(item));
  const place = (item: Json): number => indexIn(order, item, mergeKey);
  const precedes = (a: Json, b: Json): boolean => {
    const [first, second] = [place(a), place(b)];
    return first < 0 || second < 0 || first < second;
  };
  for (let end = 1; end < kept.length; end += 1) {
    for (let at = end; at > 0; at -= 1) {
      const [before, item] = [kept[at - 1] as Json, kept[at] as Json];
      if (!precedes(item, before)) break;
      kept[at - 1] = item;
      kept[at] = before;
    }
  }
  return [...kept, ...items.filter(isDeletion)];
}

/**
 * Puts the items of a patch and those only the other side has into one list: each keeps its own
 * order, and `otherOrder` decides between them where it names both.
 */
export function interleaved(
  patchItems: readonly Json[],
  otherItems: readonly Json[],
  otherOrder: readonly Json[],
  mergeKey: string,
): Json[] {
  const merged: Json[] = [];
  const others = [...otherItems];
  for (const item of patchItems) {
    const place = indexIn(otherOrder, item, mergeKey);
    while (others.length > 0 && place >= 0) {
      const other = indexIn(otherOrder, others[0] as Json, mergeKey);
      if (other < 0 || other >= place) break;
      merged.push(others.shift() as Json);
    }
    merged.push(item);
  }
  return [...merged, ...others];
}
