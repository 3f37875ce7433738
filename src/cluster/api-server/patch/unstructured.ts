import { define, isObject, type Json, type JsonObject } from '../../json.ts';
import type { Decoded } from '../decode/decode.ts';
import { readScalar } from '../decode/scalar.ts';
import { DecodeError, type GoPlace } from '../decode/type-error.ts';
import { written, zeroOf } from '../decode/written.ts';
import { goQuote } from '../field-error.ts';
import { type StructType, structOf, structType, type ValueType } from '../schema.ts';

/**
 * Reads what a strategic merge made as a struct of the API. Upstream converts here without JSON in
 * between (runtime FromUnstructured), so wrong types have words of their own and the first one in
 * declaration order wins. Throws a DecodeError.
 */
export function fromUnstructured(typeName: string, merged: Json): Decoded {
  const strict: string[] = [];
  const value = struct(merged, structType(typeName), '', strict);
  return { value, strict };
}

function convert(given: Json, type: ValueType, path: string, strict: string[]): Json | undefined {
  if (given === null) return undefined;
  if (type.kind === 'object') return struct(given, structOf(type), path, strict);
  if (type.kind === 'list') return list(given, type, path, strict);
  if (type.kind === 'map') return map(given, type, path, strict);
  return type.kind === 'raw' ? given : scalar(given, type);
}

function struct(given: Json, type: StructType, path: string, strict: string[]): JsonObject {
  if (!isObject(given)) throw new DecodeError(`cannot restore struct from: ${goKind(given)}`);
  const members = new Map<string, Json | undefined>();
  for (const field of type.fields) {
    if (!Object.hasOwn(given, field.name)) continue;
    const inside = path === '' ? field.name : `${path}.${field.name}`;
    members.set(field.name, convert(given[field.name] ?? null, field, inside, strict));
  }
  for (const key of Object.keys(given).sort()) {
    if (type.byName.has(key)) continue;
    strict.push(`unknown field ${goQuote(path === '' ? key : `${path}.${key}`)}`);
  }
  return written(type, members);
}

function list(given: Json, type: ValueType, path: string, strict: string[]): Json {
  if (!Array.isArray(given)) throw new DecodeError(`cannot restore slice from ${goKind(given)}`);
  const element = elementOf(type);
  return given.map(
    (item: Json, index) => convert(item, element, `${path}[${index}]`, strict) ?? zeroOf(element),
  );
}

function map(given: Json, type: ValueType, path: string, strict: string[]): Json {
  if (!isObject(given)) throw new DecodeError(`cannot restore map from ${goKind(given)}`);
  const element = elementOf(type);
  const entries: Record<string, Json> = {};
  for (const key of Object.keys(given)) {
    const read = convert(given[key] ?? null, element, `${path}.${key}`, strict);
    define(entries, key, read ?? zeroOf(element));
  }
  return entries;
}

function elementOf(type: ValueType): ValueType {
  if (!type.elem) throw new DecodeError(`unrecognized type: ${type.go}`);
  return type.elem;
}

const nowhere: GoPlace = { struct: '', names: '' };

function scalar(given: Json, type: ValueType): Json {
  if (type.kind === 'string') return text(given, type);
  if (type.kind === 'bool') {
    if (typeof given === 'boolean') return given;
    throw new DecodeError('unrecognized type: bool');
  }
  if (type.kind === 'int32' || type.kind === 'int64') return integer(given, type);
  if (type.kind === 'bytes' && typeof given !== 'string') {
    throw new DecodeError(`cannot restore slice from ${goKind(given)}`);
  }
  return readScalar(given, type, nowhere);
}

/** Go converts whole numbers to strings, as code points: so this alone says `cannot convert`. */
function text(given: Json, type: ValueType): string {
  if (typeof given === 'string') return given;
  if (typeof given === 'number' && Number.isInteger(given)) {
    throw new DecodeError(`cannot convert int64 to ${type.go.replace(/^\*/, '')}`);
  }
  throw new DecodeError('unrecognized type: string');
}

/** A number too great for its type loses its upper bits. */
function integer(given: Json, type: ValueType): number {
  if (typeof given !== 'number') throw new DecodeError(`unrecognized type: ${type.kind}`);
  if (!Number.isInteger(given)) throw new DecodeError(`cannot convert float64 to ${type.kind}`);
  return type.kind === 'int32' ? Number(BigInt.asIntN(32, BigInt(given))) : given;
}

/** The Go kind that a JSON value has after decoding into an empty interface. */
function goKind(value: Json): string {
  if (Array.isArray(value)) return 'slice';
  if (isObject(value)) return 'map';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return typeof value === 'boolean' ? 'bool' : 'string';
}
