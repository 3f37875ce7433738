import { isObject, type Json, type JsonObject } from '../../json.ts';
import type { Kind } from '../../kinds/kind.ts';
import { apiVersionOf, kindOf } from '../../kinds/registry.ts';
import type { KubeObject } from '../../objects.ts';
import type { Call } from '../call.ts';
import { goQuote } from '../field-error.ts';
import { badRequest } from '../status.ts';
import { decode } from './decode.ts';
import { DecodeError, goValueName } from './type-error.ts';

interface DecodedBody {
  readonly object: KubeObject;
  readonly strict: readonly string[];
}

/**
 * Reads a request's body as an object of `kind`; a body without kind or apiVersion is taken to be
 * one. Throws the server's 400 in upstream's order: version and kind, types, the wrong kind.
 */
export function decodeRequest({ kind, request }: Pick<Call, 'kind' | 'request'>): DecodedBody {
  const { body, bodyUnreadable: unreadable } = request;
  if (unreadable) throw unrecognized(kind, unreadable.problem, unreadable.shown);
  const { apiVersion, name } = typeMeta(kind, body);
  const frame = (detail: string) =>
    badRequest(
      `${name} in version ${goQuote(versionOf(apiVersion))} cannot be handled as a ${kind.kind}: ${detail}`,
    );
  const actual = kindOf(apiVersion, name);
  if (!actual) throw frame(unregistered(name, apiVersion));
  try {
    const { value, strict } = decode(actual.type, body ?? null);
    if (actual !== kind) throw frame(unknownConversion(actual, kind));
    const object = { ...value, kind: name, apiVersion } as unknown as KubeObject;
    return { object: { ...object, metadata: object.metadata ?? { name: '' } }, strict };
  } catch (error) {
    if (error instanceof DecodeError) throw frame(error.message);
    throw error;
  }
}

const unregistered = (kind: string, apiVersion: string): string =>
  `no kind ${goQuote(kind)} is registered for version ${goQuote(apiVersion)} in scheme "pkg/api/legacyscheme/scheme.go:30"`;

const versionOf = (apiVersion: string): string => apiVersion.slice(apiVersion.indexOf('/') + 1);

interface TypeMeta {
  readonly apiVersion: string;
  readonly name: string;
}

function typeMeta(kind: Kind, body: Json | undefined): TypeMeta {
  if (!isObject(body)) throw unrecognized(kind, notAnObject(body), summary(body));
  for (const field of ['apiVersion', 'kind'] as const) {
    const value = body[field] ?? null;
    if (value !== null && typeof value !== 'string') {
      const detail = `json: cannot unmarshal ${goValueName(value)} into Go struct field .${field} of type string`;
      throw unrecognized(kind, detail, summary(body));
    }
  }
  return {
    apiVersion: textOr(body, 'apiVersion', apiVersionOf(kind)),
    name: textOr(body, 'kind', kind.kind),
  };
}

function textOr(body: JsonObject, field: string, otherwise: string): string {
  const value = Object.hasOwn(body, field) ? body[field] : '';
  return typeof value === 'string' && value !== '' ? value : otherwise;
}

const goTypeMeta =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

const notAnObject = (body: Json | undefined): string =>
  body === undefined
    ? 'unexpected end of JSON input'
    : `json: cannot unmarshal ${goValueName(body)} into Go value of type ${goTypeMeta}`;

function unrecognized(kind: Kind, detail: string, shown: string) {
  return badRequest(
    `the object provided is unrecognized (must be of type ${kind.kind}): couldn't get version/kind; json parse error: ${detail} (${shown})`,
  );
}

function summary(body: Json | undefined): string {
  if (body === undefined) return '<empty>';
  return shownBytes(Buffer.from(JSON.stringify(body)));
}

/** The first bytes of a body as messages show them: in hexadecimal unless it looks like an object. */
export function shownBytes(bytes: Buffer): string {
  if (bytes.length === 0) return '<empty>';
  const encoding = bytes[0] === '{'.charCodeAt(0) ? 'utf8' : 'hex';
  const text = bytes.subarray(0, 30).toString(encoding);
  return bytes.length > 30 ? `${text} ...` : text;
}

/** Go's name of an internal type: its package is the API group's directory. */
const internalName = (kind: Kind): string => `(${kind.type.split('/')[0]}.${kind.kind})`;

const unknownConversion = (actual: Kind, wanted: Kind): string =>
  `converting (${actual.version}.${actual.kind}) to ${internalName(wanted)}: unknown conversion`;
