import type { JsonObject } from '../../json.ts';
import { KubectlError } from '../command.ts';
import { queryOf } from '../print/custom-columns.ts';

/** Objects in the order of `--sort-by`; without it as they came (kubectl/pkg/cmd/get/sorter.go). */
export function sorted<T extends JsonObject>(
  objects: readonly T[],
  expression: string | undefined,
): readonly T[] {
  if (!expression) return objects;
  const query = queryOf(expression);
  const keyed = objects.map((object) => ({ object, key: query(object)[0] }));
  if (keyed.length > 0 && keyed.every(({ key }) => key === undefined)) {
    throw new KubectlError(
      `error: couldn't find any field with path ${JSON.stringify(braced(expression))} in the list of objects`,
    );
  }
  return keyed.sort((a, b) => compareKeys(a.key, b.key)).map(({ object }) => object);
}

const braced = (expression: string): string =>
  expression.startsWith('{') ? expression : `{.${expression.replace(/^\./, '')}}`;

/** What lacks the field comes first; numbers in texts count as numbers. */
function compareKeys(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined)
    return (a === undefined ? 0 : 1) - (b === undefined ? 0 : 1);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return naturalOrder(String(a), String(b));
}

function naturalOrder(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const [x = '', y = ''] = [left[at], right[at]];
    if (x === y) continue;
    const numbers = /^\d/.test(x) && /^\d/.test(y);
    const [size, other] = numbers ? [BigInt(x), BigInt(y)] : [x, y];
    if (size !== other) return size < other ? -1 : 1;
  }
  return left.length - right.length || (a < b ? -1 : a > b ? 1 : 0);
}
