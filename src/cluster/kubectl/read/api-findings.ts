import type { Status, StatusCause } from '../../api-server/request.ts';
import { structType, type ValueType } from '../../api-server/schema.ts';
import type { Finding } from '../../finding.ts';
import { isObject, type Json } from '../../json.ts';
import { typeParameters } from './client-findings.ts';
import { nearest } from './did-you-mean.ts';
import { type Segment, segmentsOf } from './field-segments.ts';
import type { ResourceInfo } from './resource-info.ts';

/**
 * What a refusal by the API server is about, as findings with the place in the learner's text: each
 * cause of an Invalid answer, the one wrong type, each unknown or repeated field.
 */
export function findingsOfRefusal(status: Status, info: ResourceInfo): readonly Finding[] {
  const message = status.message ?? '';
  const causes = status.reason === 'Invalid' ? (status.details?.causes ?? []) : [];
  const strict = strictFindings(message, info);
  if (strict.length > 0) return strict;
  const type = typeFinding(message, info);
  if (type) return [type];
  const fields = causes.filter((cause) => cause.field && cause.field !== 'patch');
  if (fields.length > 0) return fields.flatMap((cause) => causeFindings(cause, info));
  return [otherFinding(status, info)];
}

const causeCodes: Readonly<Record<string, string>> = {
  FieldValueRequired: 'api-field-required',
  FieldValueInvalid: 'api-field-invalid',
  FieldValueNotSupported: 'api-field-not-supported',
  FieldValueDuplicate: 'api-field-duplicate',
  FieldValueForbidden: 'api-field-forbidden',
  FieldValueTooLong: 'api-field-too-long',
  FieldValueTooMany: 'api-field-too-many',
  FieldValueNotFound: 'api-field-not-found',
  FieldValueTypeInvalid: 'api-field-type',
};

/** A cause; beside it the curly quotes that word processors make, when the value has some. */
function causeFindings(cause: StatusCause, info: ResourceInfo): readonly Finding[] {
  const finding = causeFinding(cause, info);
  if (!/[“”‘’„]/.test(finding.observed ?? '')) return [finding];
  return [{ ...finding, code: 'yaml-smart-quotes' }, finding];
}

function causeFinding({ reason, message, field = '' }: StatusCause, info: ResourceInfo): Finding {
  const path = writtenPath(field, info);
  const { range } = info.manifest.locate(path);
  const [, value, detail] =
    /^(?:Invalid|Unsupported|Duplicate) value: (.*?)(?:: (.*))?$/s.exec(message) ?? [];
  const expected = supportedValue(message, value);
  return {
    code: causeCodes[reason ?? ''] ?? 'api-field-invalid',
    severity: 'error',
    path: field,
    range,
    ...(value !== undefined && { observed: value }),
    ...(expected !== undefined && { expected }),
    parameters: {
      field,
      message,
      ...(value !== undefined && { value }),
      detail: detail ?? message.replace(/^[A-Z][a-z]+(?: [a-z]+)*(?:: |$)/, ''),
      ...(expected !== undefined && { expected }),
    },
  };
}

/** The supported value that was most likely meant. */
function supportedValue(message: string, value: string | undefined): string | undefined {
  const listed = /supported values: (.*)$/s.exec(message)?.[1];
  if (!listed || value === undefined) return undefined;
  const values = [...listed.matchAll(/"([^"]*)"/g)].map(([, text]) => text ?? '');
  return nearest(value.replace(/^"|"$/g, ''), values);
}

/**
 * The server names some fields otherwise than their author did: `clusterIPs[0]` for `clusterIP`,
 * `LoadBalancerSourceRanges` for a field with a small initial.
 */
function writtenPath(field: string, info: ResourceInfo): readonly Segment[] {
  const segments: Segment[] = [];
  let at: Json | undefined = info.manifest.object;
  for (const segment of segmentsOf(field)) {
    if (typeof segment === 'number') {
      segments.push(segment);
      at = Array.isArray(at) ? (at[segment] as Json | undefined) : undefined;
      if (at === undefined) segments.pop();
      continue;
    }
    const key = isObject(at) ? writtenKey(Object.keys(at), segment) : undefined;
    segments.push(key ?? segment);
    at = isObject(at) && key !== undefined ? at[key] : undefined;
  }
  return segments;
}

function writtenKey(keys: readonly string[], name: string): string | undefined {
  const lower = name.toLowerCase();
  return (
    keys.find((key) => key === name) ??
    keys.find((key) => key.toLowerCase() === lower) ??
    keys.find((key) => `${key.toLowerCase()}s` === lower)
  );
}

function strictFindings(message: string, info: ResourceInfo): Finding[] {
  const [, problems] = /strict decoding error: (.*)$/s.exec(message) ?? [];
  if (!problems) return [];
  return [...problems.matchAll(/(unknown|duplicate) field "((?:[^"\\]|\\.)*)"/g)].map(
    ([, what, field = '']) =>
      what === 'unknown' ? unknownFinding(field, info) : duplicateFinding(field, info),
  );
}

function unknownFinding(field: string, info: ResourceInfo): Finding {
  const segments = segmentsIn(info.manifest.object, field);
  const name = String(segments[segments.length - 1] ?? field);
  const expected = nearest(name, fieldsBeside(segments, info));
  return {
    code: 'api-field-unknown',
    severity: 'error',
    path: field,
    range: info.manifest.locateKey(segments).range,
    observed: name,
    ...(expected !== undefined && { expected }),
    parameters: {
      field,
      name,
      parent: segments.length > 1 ? field.slice(0, -name.length - 1) : info.kind.kind,
      ...(expected !== undefined && { expected }),
    },
  };
}

function duplicateFinding(field: string, info: ResourceInfo): Finding {
  const { range } = info.manifest.locateKey(field);
  return {
    code: 'api-field-duplicate-key',
    severity: 'error',
    path: field,
    range,
    parameters: { field },
  };
}

/** The steps of a path whose keys may hold dots and brackets themselves: as the object has them. */
function segmentsIn(object: Json, path: string): readonly Segment[] {
  if (path === '') return [];
  if (Array.isArray(object)) {
    const [whole = '', index] = /^\[(\d+)\]\.?/.exec(path) ?? [];
    if (index === undefined) return segmentsOf(path);
    const item = object[Number(index)] as Json;
    return [Number(index), ...segmentsIn(item, path.slice(whole.length))];
  }
  if (!isObject(object)) return segmentsOf(path);
  const key = Object.keys(object)
    .filter((name) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`))
    .sort((a, b) => b.length - a.length)[0];
  if (key === undefined) return segmentsOf(path);
  const rest = path.slice(key.length).replace(/^\./, '');
  return [key, ...segmentsIn(object[key] ?? null, rest)];
}

/** The fields that the parent of a path has in the API. */
function fieldsBeside(segments: readonly Segment[], info: ResourceInfo): readonly string[] {
  let type: ValueType | undefined = { go: '', kind: 'object', ref: info.kind.type };
  for (const segment of segments.slice(0, -1)) {
    if (!type) return [];
    if (typeof segment === 'number' || type.kind === 'map') type = type.elem;
    else type = type.ref ? structType(type.ref).byName.get(segment) : undefined;
  }
  return type?.ref ? [...structType(type.ref).byName.keys()] : [];
}

/** `Go struct field ServicePort.spec.ports.port`: Go gives no indexes, so they are looked for. */
function typeFinding(message: string, info: ResourceInfo): Finding | undefined {
  const [, shown, names, type] =
    /cannot unmarshal (.+?) into Go struct field \w+\.(\S+) of type (\S+)/.exec(message) ?? [];
  if (!shown || !names || !type) return undefined;
  const found = misfit(info.manifest.object, names.split('.'), shown) ?? names.split('.');
  const path = pathText(found);
  const { range } = info.manifest.locate(found);
  const value = valueAt(info.manifest.object, found);
  const keyed = typeof value === 'string' && /^[A-Za-z][\w./-]*:\S/.test(value);
  const wantsObject =
    /^(map\[|\[\]|v\d\w*\.[A-Z])/.test(type) && !/Protocol|Type|Policy/.test(type);
  return {
    code: keyed && wantsObject ? 'yaml-missing-space' : 'api-field-type',
    severity: 'error',
    path,
    range,
    observed: typeof value === 'string' ? value : shown,
    parameters: {
      field: path,
      ...typeParameters(message),
      value: typeof value === 'object' ? shown : String(value),
      key: keyed ? value.slice(0, value.indexOf(':')) : '',
    },
  };
}

const goName = (value: Json | undefined): string =>
  typeof value === 'boolean'
    ? 'bool'
    : Array.isArray(value)
      ? 'array'
      : value === null || value === undefined
        ? 'null'
        : typeof value;

/** The first value in document order, along the names, whose type is the one Go complained of. */
function misfit(
  value: Json | undefined,
  names: readonly string[],
  shown: string,
): readonly Segment[] | undefined {
  const [name, ...rest] = names;
  const wrong = shown.split(' ')[0] ?? shown;
  if (name === undefined && goName(value) === wrong) return [];
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const inner = misfit(item as Json, names, shown);
      if (inner) return [index, ...inner];
    }
    return undefined;
  }
  if (!isObject(value)) return undefined;
  if (name !== undefined && Object.hasOwn(value, name)) {
    const inner = misfit(value[name], rest, shown);
    return inner && [name, ...inner];
  }
  if (name !== undefined) return undefined;
  const key = Object.keys(value).find((candidate) => goName(value[candidate]) === wrong);
  return key === undefined ? undefined : [key];
}

function valueAt(object: Json, segments: readonly Segment[]): Json | undefined {
  let at: Json | undefined = object;
  for (const segment of segments) {
    if (Array.isArray(at)) at = at[Number(segment)] as Json | undefined;
    else at = isObject(at) && Object.hasOwn(at, String(segment)) ? at[String(segment)] : undefined;
  }
  return at;
}

function pathText(segments: readonly Segment[]): string {
  return segments
    .map((segment) => (typeof segment === 'number' ? `[${segment}]` : `.${segment}`))
    .join('')
    .replace(/^\./, '');
}

const reasonCodes: Readonly<Record<string, string>> = {
  AlreadyExists: 'api-already-exists',
  Conflict: 'api-conflict',
  Forbidden: 'api-forbidden',
};

/** A refusal that is about the object as a whole. */
function otherFinding(status: Status, info: ResourceInfo): Finding {
  const message = status.message ?? '';
  const missing = status.reason === 'NotFound' && status.details?.kind === 'namespaces';
  const path = missing ? 'metadata.namespace' : 'metadata.name';
  return {
    code: missing ? 'api-namespace-missing' : (reasonCodes[status.reason ?? ''] ?? 'api-refused'),
    severity: 'error',
    path,
    range: info.manifest.locate(path).range,
    parameters: { message, name: info.name, namespace: info.namespace, kind: info.kind.kind },
  };
}
