import { isObject, type Json } from '../../json.ts';

/** One step of a field path: a field or key by name, or an item by its index. */
export type Segment = string | number;

/**
 * The steps of a path as the API server spells it: `spec.ports[0].port`,
 * `metadata.annotations[example.com/a]`.
 */
export function segmentsOf(path: string): readonly Segment[] {
  const segments: Segment[] = [];
  for (const [, name, index] of path.matchAll(/([^.[\]]+)|\[([^[\]]*)\]/g)) {
    if (name !== undefined) segments.push(name);
    else if (index !== undefined) segments.push(/^\d+$/.test(index) ? Number(index) : index);
  }
  return segments;
}

/** The steps of a path whose keys may hold dots and brackets themselves: as the object has them. */
export function segmentsIn(object: Json, path: string): readonly Segment[] {
  if (path === '') return [];
  if (Array.isArray(object)) {
    const [whole = '', index] = /^\[(\d+)\]\.?/.exec(path) ?? [];
    if (index === undefined) return segmentsOf(path);
    const item = object[Number(index)] as Json;
    return [Number(index), ...segmentsIn(item, path.slice(whole.length))];
  }
  if (!isObject(object)) return segmentsOf(path);
  const key = Object.keys(object)
    .filter((name) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`))
    .sort((a, b) => b.length - a.length)[0];
  if (key === undefined) return segmentsOf(path);
  const rest = path.slice(key.length).replace(/^\./, '');
  return [key, ...segmentsIn(object[key] ?? null, rest)];
}
