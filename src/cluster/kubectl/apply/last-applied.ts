import { define, isObject, type Json, type JsonObject } from '../../json.ts';
import { goJson } from '../read/go-json.ts';
import { withMember } from '../read/with-member.ts';

/** The annotation in which apply keeps the manifest that was applied last. */
export const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** The manifest with itself, as JSON text, in its annotations (kubectl/pkg/util/apply.go). */
export function withLastApplied(object: JsonObject): JsonObject {
  const plain = withoutLastApplied(object);
  return withAnnotation(plain, `${goJson(plain)}\n`);
}

/** The manifest as it is remembered: with annotations, be they empty, but not its own. */
export const withoutLastApplied = (object: JsonObject): JsonObject =>
  withAnnotation(object, undefined);

/** The manifest that was applied last to a live object; undefined when nobody kept it. */
export function lastAppliedOf(live: JsonObject): string | undefined {
  return annotationsOf(live)[lastApplied];
}

function withAnnotation(object: JsonObject, text: string | undefined): JsonObject {
  const metadata = object.metadata;
  if (metadata !== undefined && !isObject(metadata)) return object;
  const annotations = withMember(annotationsOf(object), lastApplied, text);
  return withMember(object, 'metadata', withMember(metadata ?? {}, 'annotations', annotations));
}

/**
 * Annotations as kubectl reads them from a manifest: null counts as empty text, and of any other
 * shape than text to text as none (apimachinery, NestedNullCoercingStringMap).
 */
function annotationsOf(object: JsonObject): Readonly<Record<string, string>> {
  const metadata = isObject(object.metadata) ? object.metadata : {};
  const annotations = metadata.annotations;
  if (!isObject(annotations)) return {};
  const texts: Record<string, string> = {};
  for (const [key, value] of Object.entries(annotations)) {
    if (value !== null && typeof value !== 'string') return {};
    define(texts, key, value ?? '');
  }
  return texts;
}

/** Without members that are null, which a creation must not carry (kubectl/pkg/cmd/apply). */
export function withoutNulls(value: Json): Json {
  if (Array.isArray(value))
    return value.map((item: Json) => (isObject(item) ? withoutNulls(item) : item));
  if (!isObject(value)) return value;
  const kept: Record<string, Json> = {};
  for (const [key, member] of Object.entries(value)) {
    if (member !== null && member !== undefined) define(kept, key, withoutNulls(member));
  }
  return kept;
}
