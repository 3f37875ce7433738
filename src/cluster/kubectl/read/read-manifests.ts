import { limits } from '../../../limits.ts';
import { goValueName } from '../../api-server/decode/type-error.ts';
import { goQuote } from '../../api-server/field-error.ts';
import type { Finding } from '../../finding.ts';
import { define, isObject, type Json, type JsonObject } from '../../json.ts';
import { type DecodedDocument, decodeStream } from './decode-stream.ts';
import type { DocumentSource } from './locate.ts';
import { type Manifest, manifestOf } from './manifest.ts';
import { limitFinding } from './slips.ts';
import { SourceText } from './source-text.ts';
import { LimitError } from './yaml/limit-error.ts';
import type { YamlNode } from './yaml/node.ts';

/** Why a file was not read to its end. */
export interface ReadFailure {
  /** kubectl's words, without `error: ` in front. */
  readonly message: string;
  /** Our own, with the place and the likely slip. */
  readonly findings: readonly Finding[];
}

export interface ReadManifests {
  /** The objects before the failure, if there is one; lists taken apart. */
  readonly documents: readonly Manifest[];
  readonly failure?: ReadFailure;
  readonly warnings: readonly Finding[];
}

/**
 * Reads a manifest file as kubectl reads it: YAML in go-yaml's dialect or JSON, documents, lists.
 * Any text gives an answer, and in time that its length bounds; what is wrong with it is told in
 * kubectl's words and as findings. Objects are not checked beyond having an apiVersion and a kind,
 * and for these only where kubectl validates.
 */
export function readManifests(
  text: string,
  fileName: string,
  validation: 'validated' | 'unvalidated' = 'validated',
): ReadManifests {
  const source = new SourceText(text.startsWith('\ufeff') ? text.slice(1) : text);
  const tooLarge = sizeFailure(source, fileName);
  if (tooLarge) return { documents: [], failure: tooLarge, warnings: [] };
  const { documents, failure, warnings } = decodeStream(source);
  const manifests: Manifest[] = [];
  for (const document of documents) {
    if (document.value === null) continue;
    const unfit =
      (validation === 'validated' ? unfitness(document.value) : undefined) ??
      undecodable(document.value);
    if (unfit) {
      const refused = unfitFailure(unfit, source, document, fileName);
      return { documents: manifests, failure: refused, warnings };
    }
    addObjects(document, source, manifests);
    if (manifests.length > limits.documents) {
      const refused = countFailure(source, document, fileName);
      return { documents: [], failure: refused, warnings };
    }
  }
  if (!failure) return { documents: manifests, warnings };
  const message = `error parsing ${fileName}: ${failure.message}`;
  return { documents: manifests, failure: { ...failure, message }, warnings };
}

function sizeFailure(source: SourceText, fileName: string): ReadFailure | undefined {
  const { text } = source;
  const fits = text.length * 3 <= limits.textBytes;
  if (fits || new TextEncoder().encode(text).length <= limits.textBytes) return undefined;
  const error = new LimitError('yaml-too-large', limits.textBytes, 0);
  const message = `error parsing ${fileName}: ${error.message}`;
  return { message, findings: [limitFinding(source, error, 0)] };
}

/** Lists may not hold more objects than a file may hold documents. */
function countFailure(
  source: SourceText,
  document: DecodedDocument,
  fileName: string,
): ReadFailure {
  const error = new LimitError('yaml-too-many-documents', limits.documents, 0);
  const message = `error parsing ${fileName}: ${error.message}`;
  return { message, findings: [limitFinding(source, error, document.offset)] };
}

/** What keeps a document from being sent at all (kubectl/pkg/validation, getObjectKind). */
interface Unfitness {
  readonly words: string;
  readonly code: string;
  /** Found by the decoder, where nothing was validated before. */
  readonly decoding?: boolean;
}

/**
 * What the decoder of objects and lists cannot take for either; whatever has `items` is a list
 * (apimachinery/pkg/apis/meta/v1/unstructured/helpers.go).
 */
function undecodable(value: Json): Unfitness | undefined {
  if (!isObject(value)) return wrongJson(value, 'Go value of type unstructured.detector');
  const items = Object.hasOwn(value, 'items') ? value.items : undefined;
  if (items === undefined || items === null) return undefined;
  if (!Array.isArray(items)) {
    return wrongJson(items, 'Go struct field decodeList.items of type []json.RawMessage');
  }
  const odd = items.find((item) => item !== null && !isObject(item));
  return odd === undefined ? undefined : wrongJson(odd, 'Go value of type map[string]interface {}');
}

const wrongJson = (value: Json | undefined, place: string): Unfitness => ({
  words: `json: cannot unmarshal ${goValueName(value)} into ${place}`,
  code: 'yaml-not-an-object',
  decoding: true,
});

function unfitness(value: Json): Unfitness | undefined {
  if (!isObject(value)) return { words: 'invalid object to validate', code: 'yaml-not-an-object' };
  const problems = ['apiVersion', 'kind'].flatMap((field) => {
    const found = Object.hasOwn(value, field) ? value[field] : undefined;
    if (found === undefined || found === null) return [`${field} not set`];
    return typeof found === 'string' ? [] : [`${field} isn't string type`];
  });
  if (problems.length === 0) return undefined;
  const words = problems.length === 1 ? (problems[0] ?? '') : `[${problems.join(', ')}]`;
  const [field = ''] = problems[0]?.split(' ') ?? [];
  return { words, code: field === 'kind' ? 'yaml-no-kind' : 'yaml-no-api-version' };
}

function unfitFailure(
  { code, words, decoding }: Unfitness,
  source: SourceText,
  { offset, root }: DecodedDocument,
  fileName: string,
): ReadFailure {
  const start = offset + (root?.start ?? 0);
  const { line } = source.position(start);
  const end = source.lineStart(line) + source.line(line).length;
  const finding: Finding = {
    code,
    severity: 'error',
    range: source.range(start, end),
    observed: source.text.slice(start, Math.min(end, start + 60)),
    parameters: { line, problem: words },
  };
  const message = decoding
    ? `unable to decode ${goQuote(fileName)}: ${words}`
    : `error validating ${goQuote(fileName)}: error validating data: ${words}; if you choose to ignore these errors, turn validation off with --validate=false`;
  return { message, findings: [finding] };
}

function addObjects(
  { value, root, offset }: DecodedDocument,
  source: SourceText,
  manifests: Manifest[],
): void {
  const object = value as JsonObject;
  const document: DocumentSource = { source, offset, root };
  if (isList(object)) addItems(object, document, manifests);
  else manifests.push(manifestOf(manifests.length, object, document));
}

const isList = ({ items }: JsonObject): boolean => Array.isArray(items) || items === null;

/** The items of a list, and of lists within it; an item of a `ServiceList` need not say its kind. */
function addItems(list: JsonObject, document: DocumentSource, manifests: Manifest[]): void {
  const items = (list.items ?? []) as readonly Json[];
  for (const [index, item] of items.entries()) {
    const inner = { ...document, root: itemOf(document.root, index) };
    const object = isObject(item) ? withKindOfList(item, list) : {};
    if (Array.isArray(object.items)) addItems(object, inner, manifests);
    else manifests.push(manifestOf(manifests.length, object, inner, true));
  }
}

function withKindOfList(item: JsonObject, list: JsonObject): JsonObject {
  const kind = String(list.kind).replace(/List$/, '');
  if (item.kind || item.apiVersion || kind === '') return item;
  const typed = { apiVersion: list.apiVersion, kind };
  for (const [key, value] of Object.entries(item)) define(typed, key, value);
  return typed;
}

function itemOf(root: YamlNode | undefined, index: number): YamlNode | undefined {
  const target = root?.kind === 'alias' ? root.target : root;
  if (target?.kind !== 'mapping') return undefined;
  const items = target.entries.findLast(
    ({ key }) => key.kind === 'scalar' && key.value === 'items',
  )?.value;
  const list = items?.kind === 'alias' ? items.target : items;
  return list?.kind === 'sequence' ? list.items[index] : undefined;
}
