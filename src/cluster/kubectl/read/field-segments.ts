/** One step of a field path: a field or key by name, or an item by its index. */
export type Segment = string | number;

/**
 * The steps of a path as the API server spells it: `spec.ports[0].port`,
 * `metadata.annotations[example.com/a]`.
 */
export function segmentsOf(path: string): readonly Segment[] {
  const segments: Segment[] = [];
  for (const [, name, index] of path.matchAll(/([^.[\]]+)|\[([^\]]*)\]/g)) {
    if (name !== undefined) segments.push(name);
    else if (index !== undefined) segments.push(/^\d+$/.test(index) ? Number(index) : index);
  }
  return segments;
}
