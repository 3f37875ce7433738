import { shownBytes } from '../cluster/api-server/decode/body.ts';
import type { ApiRequest, ApiResponse, PatchType } from '../cluster/api-server/request.ts';
import type { Json } from '../cluster/json.ts';
import { kindOf } from '../cluster/kinds/registry.ts';
import { scanJson } from '../cluster/kubectl/read/json-stream.ts';
import { compose } from '../cluster/kubectl/read/yaml/compose.ts';
import { construct } from '../cluster/kubectl/read/yaml/construct.ts';
import { limits } from '../limits.ts';
import { decodeMessage, openEnvelope } from './protobuf/decode.ts';
import { ProtobufError } from './protobuf/wire-format.ts';
import { refusal } from './refusal.ts';
import { repeatedJsonKeys } from './repeated-keys.ts';
import type { WireRequest } from './wire.ts';

/** What a request carries, for the engine: parsed, or why it cannot be. */
export type ReadBody = Pick<ApiRequest, 'body' | 'bodyComplaints' | 'bodyUnreadable' | 'patchType'>;

type Reader = (bytes: Buffer) => ReadBody;

/** Reads a body by its media type; an ApiResponse when the type or its depth is refused. */
export function readBody({ method, headers, body }: WireRequest): ReadBody | ApiResponse {
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (method === 'PATCH') return readPatch(type, body);
  if (method === 'DELETE' && body.length === 0) return {};
  const read = Object.hasOwn(readers, type) ? readers[type] : undefined;
  return read ? bounded(read(body)) : unknownFormat();
}

export const isResponse = (read: ReadBody | ApiResponse): read is ApiResponse => 'code' in read;

const readers: Readonly<Record<string, Reader>> = {
  '': readJson,
  'application/json': readJson,
  'application/yaml': readYaml,
  'application/vnd.kubernetes.protobuf': readProtobuf,
};

const patchReaders: Readonly<Record<PatchType, Reader>> = {
  'application/strategic-merge-patch+json': readJson,
  'application/merge-patch+json': readJson,
  'application/json-patch+json': readJson,
  'application/apply-patch+yaml': readYaml,
};

function readPatch(type: string, body: Buffer): ReadBody | ApiResponse {
  if (!Object.hasOwn(patchReaders, type)) return {};
  const patchType = type as PatchType;
  const read = bounded(patchReaders[patchType](body));
  return isResponse(read) ? read : { ...read, patchType };
}

/** 415: the body's media type is none that the API server reads. */
export const unknownFormat = (): ApiResponse =>
  refusal(
    415,
    'UnsupportedMediaType',
    'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
  );

function readJson(bytes: Buffer): ReadBody {
  if (bytes.length === 0) return {};
  const text = bytes.toString('utf8');
  try {
    const body = JSON.parse(text) as Json;
    return { body, bodyComplaints: repeatedJsonKeys(text) };
  } catch {
    return { bodyUnreadable: { problem: jsonProblem(text), shown: shownBytes(bytes) } };
  }
}

/** Go's words for what is wrong with a JSON text (encoding/json). */
function jsonProblem(text: string): string {
  const scan = scanJson(text, 0);
  if ('problem' in scan) {
    return scan.problem === 'unexpected EOF' ? 'unexpected end of JSON input' : scan.problem;
  }
  const rest = text.slice(scan.end).trimStart();
  return `invalid character '${[...rest][0] ?? ''}' after top-level value`;
}

function readYaml(bytes: Buffer): ReadBody {
  const text = bytes.toString('utf8');
  try {
    const { root } = compose(text.endsWith('\n') ? text : `${text}\n`);
    if (!root) return {};
    const { value, repeated } = construct(root);
    const lines = repeated.map(({ key }) => {
      return `\n  line ${lineOf(text, key.start)}: key ${JSON.stringify(key.value)} already set in map`;
    });
    const bodyComplaints = lines.length > 0 ? [`yaml: unmarshal errors:${lines.join('')}`] : [];
    return { body: value, bodyComplaints };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { bodyUnreadable: { problem: `yaml: ${problem}`, shown: shownBytes(bytes) } };
  }
}

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** An object of a kind that is not known keeps its type, so that the refusal can name it. */
function readProtobuf(bytes: Buffer): ReadBody {
  try {
    const { apiVersion, kind, raw } = openEnvelope(bytes);
    const type =
      kind === 'DeleteOptions' ? 'meta/v1.DeleteOptions' : kindOf(apiVersion, kind)?.type;
    return { body: { ...(type && decodeMessage(type, raw)), apiVersion, kind } };
  } catch (error) {
    if (!(error instanceof ProtobufError)) throw error;
    return { bodyUnreadable: { problem: error.message, shown: shownBytes(bytes) } };
  }
}

function bounded(read: ReadBody): ReadBody | ApiResponse {
  return depthOf(read.body) <= mostDepth
    ? read
    : refusal(400, 'BadRequest', `the object provided is nested deeper than ${mostDepth} levels`);
}

const mostDepth = limits.depth;

/** How deep a value is nested, without going deeper into it than matters. */
function depthOf(value: Json | undefined, depth = 0): number {
  if (typeof value !== 'object' || value === null || depth > mostDepth) return depth;
  let deepest = depth + 1;
  for (const member of Object.values(value))
    deepest = Math.max(deepest, depthOf(member, depth + 1));
  return deepest;
}
