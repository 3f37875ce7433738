import { jsonPatch } from '../../api-server/patch/json-patch.ts';
import { mergePatch } from '../../api-server/patch/merge-patch.ts';
import { PatchError } from '../../api-server/patch/patch-error.ts';
import { strategicMerge } from '../../api-server/patch/strategic-merge.ts';
import { structType } from '../../api-server/schema.ts';
import { cloneJson, isObject, type Json, type JsonObject } from '../../json.ts';
import type { Flag, Parsed } from '../command.ts';
import { flag } from '../resource/flags.ts';
import { failed } from '../resource/usage.ts';

/** Flags of commands that let a line change the object they make (kubectl override_options.go). */
export const overrideFlags: readonly Flag[] = [
  flag.text('overrides', 'JSON that changes the object before it is sent'),
  { ...flag.text('override-type', 'how: json, merge or strategic'), default: 'merge' },
];

type Merge = (object: JsonObject, overrides: Json, type: string) => Json | undefined;

const merges: Readonly<Record<string, Merge>> = {
  json: (object, overrides) => jsonPatch(object as Json, overrides),
  merge: (object, overrides) => mergePatch(object as Json, overrides),
  strategic: (object, overrides, type) =>
    strategicMerge(cloneJson(object) as never, overrides as never, structType(type)) as Json,
};

/** The object as `--overrides` changes it; `type` is its name in the type table. */
export function overridden(parsed: Parsed, object: JsonObject, type: string): JsonObject {
  const text = parsed.flag('overrides') ?? '';
  if (text === '') return object;
  const how = parsed.flag('override-type') ?? '';
  const merge = Object.hasOwn(merges, how) ? merges[how] : undefined;
  if (!merge) throw failed(`invalid override type: ${how}`);
  const overrides = readJson(text);
  if (isObject(overrides) === (how === 'json')) throw invalidPatch();
  const result = applied(() => merge(object, overrides, type));
  if (!isObject(result)) throw invalidPatch();
  return result;
}

const invalidPatch = () => failed('Invalid JSON Patch');

function readJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw invalidPatch();
  }
}

function applied(merge: () => Json | undefined): Json | undefined {
  try {
    return merge();
  } catch (error) {
    throw error instanceof PatchError ? failed(error.message) : error;
  }
}
