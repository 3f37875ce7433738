import { define, type Json, type JsonObject } from '../../json.ts';

/** A copy with one member set, or without it when the value is undefined; keys stay sorted. */
export function withMember(object: JsonObject, key: string, value: Json | undefined): JsonObject {
  const copy: Record<string, Json | undefined> = {};
  for (const name of [...new Set([...Object.keys(object), key])].sort()) {
    const member = name === key ? value : object[name];
    if (member !== undefined) define(copy, name, member);
  }
  return copy;
}
