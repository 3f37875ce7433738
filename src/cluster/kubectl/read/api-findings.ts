import type { Status, StatusCause } from '../../api-server/request.ts';
import { structType, type ValueType } from '../../api-server/schema.ts';
import type { Finding, SourceRange } from '../../finding.ts';
import { isObject, type Json } from '../../json.ts';
import { nearest } from './did-you-mean.ts';
import { type Segment, segmentsIn, segmentsOf } from './field-segments.ts';
import type { ResourceInfo } from './resource-info.ts';
import { typeFinding, valueAt } from './type-finding.ts';

/**
 * What a refusal by the API server is about, as findings with the place in the learner's text: each
 * cause of an Invalid answer, the one wrong type, each unknown or repeated field.
 */
export function findingsOfRefusal(status: Status, info: ResourceInfo): readonly Finding[] {
  const message = status.message ?? '';
  const causes = status.reason === 'Invalid' ? (status.details?.causes ?? []) : [];
  const strict = strictFindings(message, info);
  if (strict.length > 0) return strict;
  const fields = causes.filter((cause) => cause.field && cause.field !== 'patch');
  if (fields.length > 0) return fields.flatMap((cause) => causeFindings(cause, info));
  const type = typeFinding(message, info.manifest, info.object, info.kind.type);
  if (type) return [type];
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
  const [, value, detail] =
    /^(?:Invalid|Unsupported|Duplicate) value: (.*?)(?:: (.*))?$/s.exec(message) ?? [];
  const expected = supportedValue(message, value);
  return {
    code: causeCodes[reason ?? ''] ?? 'api-field-invalid',
    severity: 'error',
    path: field,
    range: rangeOfCause(path, value, info),
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

/** Of a map such as labels the server names the key or the value it dislikes, but not the place. */
function rangeOfCause(
  path: readonly Segment[],
  value: string | undefined,
  { manifest }: ResourceInfo,
): SourceRange {
  const found = valueAt(manifest.object, path);
  if (!value?.startsWith('"') || !isObject(found)) return manifest.locate(path).range;
  const isDisliked = (written: Json | undefined): boolean => JSON.stringify(written) === value;
  const key = Object.keys(found).find(isDisliked);
  if (key !== undefined) return manifest.locateKey([...path, key]).range;
  const [holder] = Object.keys(found).filter((name) => isDisliked(found[name]));
  return manifest.locate(holder === undefined ? path : [...path, holder]).range;
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
