import { cloneJson, type JsonObject } from '../../json.ts';
import { diffMaps } from './diff-maps.ts';
import { mergePatches } from './merge-patches.ts';
import type { Patch } from './patch.ts';
import { objectType } from './patch-fields.ts';

/**
 * What apply sends: what the manifest adds to or changes in the live object, and what the manifest
 * applied last had and this one has not (strategicpatch, CreateThreeWayMergePatch). Throws a
 * PatchError with kubectl's words.
 */
export function threeWayPatch(
  original: JsonObject,
  modified: JsonObject,
  current: JsonObject,
  typeName: string,
): Patch {
  const type = objectType(typeName);
  const changes = diffMaps(current, modified, type, {
    ignoreDeletions: true,
    ignoreChangesAndAdditions: false,
    retainKeys: false,
  });
  const deletions = diffMaps(original, modified, type, {
    ignoreDeletions: false,
    ignoreChangesAndAdditions: true,
    retainKeys: false,
  });
  return mergePatches(cloneJson(deletions), cloneJson(changes), type);
}
