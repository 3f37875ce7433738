import { decode } from '../../api-server/decode/decode.ts';
import { DecodeError } from '../../api-server/decode/type-error.ts';
import { goQuote } from '../../api-server/field-error.ts';
import { isObject, type JsonObject } from '../../json.ts';
import type { Kind } from '../../kinds/kind.ts';
import { apiVersionOf, kindOf, kinds } from '../../kinds/registry.ts';
import type { CommandContext } from '../command.ts';
import type { CommandFailure } from '../command-failure.ts';
import type { FieldValidation } from '../resource/field-validation.ts';
import { findingOfClientError } from './client-findings.ts';
import { goJson } from './go-json.ts';
import type { Manifest } from './manifest.ts';
import { type ReadManifests, readManifests } from './read-manifests.ts';
import { withMember } from './with-member.ts';

/** An object of a file, with what kubectl has found out about it before it asks the server. */
export interface ResourceInfo {
  readonly manifest: Manifest;
  /** The file's name, as messages give it. */
  readonly source: string;
  readonly kind: Kind;
  /** `''` when the manifest gives none. */
  readonly name: string;
  /** `''` for what belongs to no namespace. */
  readonly namespace: string;
  /** The manifest with its namespace filled in. */
  readonly object: JsonObject;
}

/** kubectl validates unless `--validate` tells it to ignore everything. */
export const validationOf = (directive: FieldValidation): Validation =>
  directive === 'Ignore' ? 'unvalidated' : 'validated';

export interface ReadResources {
  readonly infos: readonly ResourceInfo[];
  readonly failures: readonly CommandFailure[];
}

/** Whether a text is looked at for apiVersion and kind before it is decoded (`--validate`). */
export type Validation = 'validated' | 'unvalidated';

/**
 * Reads files of manifests for a command: what can be sent, in order, and what cannot with kubectl's
 * reasons (cli-runtime/pkg/resource). `-` is the standard input. Findings go to the context.
 */
export function readResources(
  context: CommandContext,
  fileNames: readonly string[],
  validation: Validation = 'validated',
): ReadResources {
  const infos: ResourceInfo[] = [];
  const failures: CommandFailure[] = [];
  for (const fileName of fileNames) {
    const text = fileName === '-' ? (context.stdin ?? '') : context.readFile(fileName);
    if (text === undefined) {
      const missing = { text: `the path ${goQuote(fileName)} does not exist` };
      return { infos: [], failures: [missing] };
    }
    const read = readManifests(text, fileName === '-' ? 'STDIN' : fileName, validation);
    takeUp(context, read, fileName === '-' ? 'STDIN' : fileName, infos, failures);
  }
  return { infos, failures };
}

function takeUp(
  context: CommandContext,
  { documents, failure, warnings }: ReadManifests,
  source: string,
  infos: ResourceInfo[],
  failures: CommandFailure[],
): void {
  for (const warning of warnings) context.find(warning);
  for (const manifest of documents) {
    const found = infoOf(context, manifest, source);
    if ('text' in found) {
      context.find(findingOfClientError(found.text, manifest));
      failures.push(found);
    } else infos.push(found);
  }
  if (!failure) return;
  for (const finding of failure.findings) context.find(finding);
  failures.push({ text: failure.message });
}

function infoOf(
  context: CommandContext,
  manifest: Manifest,
  source: string,
): ResourceInfo | { readonly text: string } {
  const problem = decodeProblem(manifest.object);
  if (problem !== undefined) {
    return { text: manifest.inList ? problem : `unable to decode ${goQuote(source)}: ${problem}` };
  }
  const name = metadataText(manifest.object, 'name');
  const written = metadataText(manifest.object, 'namespace');
  const kind = mappedKind(manifest.object);
  if (!kind) return { text: noMatch(manifest.object, name, written, source) };
  if (kind.namespaced && context.namespaceGiven && written && written !== context.namespace) {
    return { text: namespaceMismatch(written, context.namespace) };
  }
  const namespace = kind.namespaced ? written || context.namespace : '';
  const object = inNamespace(manifest.object, written, namespace);
  return { manifest, source, kind, name, namespace, object };
}

/** What keeps an object from being taken for one: no kind, or metadata of the wrong types. */
function decodeProblem(object: JsonObject): string | undefined {
  if (!object.kind) return `Object 'Kind' is missing in '${goJson(object)}'`;
  try {
    decode('core/v1.Namespace', { metadata: object.metadata ?? null });
    return undefined;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return error.message.replace('Namespace.metadata', 'metadataOnlyObject.metadata');
  }
}

export function metadataText(object: JsonObject, field: string): string {
  const metadata = isObject(object.metadata) ? object.metadata : {};
  const value = Object.hasOwn(metadata, field) ? metadata[field] : undefined;
  return typeof value === 'string' ? value : '';
}

/**
 * kubectl's mapper knows each kind in lower case too, and takes a group without a version for any
 * of its versions; the paths it then asks for have none either.
 */
function mappedKind(object: JsonObject): Kind | undefined {
  const apiVersion = String(object.apiVersion ?? '');
  const written = String(object.kind);
  const unversioned = /^(?:([^/]+)\/)?$/.exec(apiVersion);
  if (unversioned) {
    const [, group = ''] = unversioned;
    const found = kinds.find((kind) => kind.group === group && kind.kind === written);
    return found && { ...found, version: '' };
  }
  return (
    kindOf(apiVersion, written) ??
    kinds.find((kind) => apiVersionOf(kind) === apiVersion && kind.kind.toLowerCase() === written)
  );
}

function noMatch(object: JsonObject, name: string, namespace: string, source: string): string {
  const kind = goQuote(String(object.kind));
  const version = goQuote(String(object.apiVersion ?? ''));
  return `resource mapping not found for name: ${goQuote(name)} namespace: ${goQuote(namespace)} from ${goQuote(source)}: no matches for kind ${kind} in version ${version}\nensure CRDs are installed first`;
}

const namespaceMismatch = (written: string, namespace: string): string =>
  `the namespace from the provided object ${goQuote(written)} does not match the namespace ${goQuote(namespace)}. You must pass '--namespace=${written}' to perform this operation.`;

/** Writes the namespace into metadata, or takes it out of what belongs to none. */
function inNamespace(object: JsonObject, written: string, namespace: string): JsonObject {
  if (written === namespace) return object;
  const metadata = object.metadata;
  if (metadata !== undefined && !isObject(metadata)) return object;
  const changed = withMember(metadata ?? {}, 'namespace', namespace || undefined);
  return withMember(object, 'metadata', changed);
}
