import { isObject, type Json } from '../../json.ts';
import { goJson } from '../read/go-json.ts';

/** What lists are matched by: an item's merge key, or the item itself when there is none. */
export const keyValue = (item: Json | undefined, mergeKey: string): Json | undefined =>
  mergeKey !== '' && isObject(item) ? item[mergeKey] : item;

/** The same as text, so that items can be looked up. */
export const keyText = (item: Json, mergeKey: string): string => goJson(keyValue(item, mergeKey));

/** The first place of each key in a list. */
export function placesIn(list: readonly Json[], mergeKey: string): Map<string, number> {
  const places = new Map<string, number>();
  for (const [place, item] of list.entries()) {
    const key = keyText(item, mergeKey);
    if (!places.has(key)) places.set(key, place);
  }
  return places;
}

const isDeletion = (item: Json): boolean => isObject(item) && item.$patch === 'delete';

/** Sorts items by their place in `order`; deletions go last. Items it does not name rise. */
export function inOrderOf(
  items: readonly Json[],
  order: readonly Json[],
  mergeKey: string,
): Json[] {
  const places = placesIn(order, mergeKey);
  const kept = items
    .filter((item) => !isDeletion(item))
    .map((item) => ({ item, place: places.get(keyText(item, mergeKey)) }));
  for (let end = 1; end < kept.length; end += 1) {
    for (let at = end; at > 0; at -= 1) {
      const [before, current] = [kept[at - 1], kept[at]];
      if (!before || !current || !precedes(current.place, before.place)) break;
      kept[at - 1] = current;
      kept[at] = before;
    }
  }
  return [...kept.map(({ item }) => item), ...items.filter(isDeletion)];
}

/** kubectl takes an item that the order does not name for less than any other. */
const precedes = (first: number | undefined, second: number | undefined): boolean =>
  first === undefined || second === undefined || first < second;

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
  const places = placesIn(otherOrder, mergeKey);
  const merged: Json[] = [];
  let taken = 0;
  for (const item of patchItems) {
    const place = places.get(keyText(item, mergeKey));
    while (place !== undefined && taken < otherItems.length) {
      const other = otherItems[taken] as Json;
      const otherPlace = places.get(keyText(other, mergeKey));
      if (otherPlace === undefined || otherPlace >= place) break;
      merged.push(other);
      taken += 1;
    }
    merged.push(item);
  }
  return [...merged, ...otherItems.slice(taken)];
}
