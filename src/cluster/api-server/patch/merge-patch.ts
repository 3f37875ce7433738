import { define, isObject, type Json } from '../../json.ts';

/** RFC 7386: null removes, objects merge, everything else replaces. */
export function mergePatch(target: Json | undefined, patch: Json | undefined): Json | undefined {
  if (!isObject(patch)) return patch;
  const merged: Record<string, Json> = {};
  if (isObject(target)) {
    for (const key of Object.keys(target)) define(merged, key, target[key]);
  }
  for (const key of Object.keys(patch)) {
    const change = patch[key];
    if (change === null) delete merged[key];
    else
      define(merged, key, mergePatch(Object.hasOwn(merged, key) ? merged[key] : undefined, change));
  }
  return merged;
}
