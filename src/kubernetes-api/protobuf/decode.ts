import { structType, type ValueType } from '../../cluster/api-server/schema.ts';
import { define, type Json } from '../../cluster/json.ts';
import { type MessageField, messageFields } from './message-fields.ts';
import { ProtobufError, readFields, type WireField } from './wire-format.ts';

type Members = Record<string, Json>;

/** What came in a protobuf envelope: the kind it says it is of, and its bytes. */
export interface Envelope {
  readonly apiVersion: string;
  readonly kind: string;
  readonly raw: Uint8Array;
}

const magic = Buffer.from('k8s\0');

/** Opens `k8s\0` + runtime.Unknown (apimachinery pkg/runtime/serializer/protobuf). */
export function openEnvelope(body: Uint8Array): Envelope {
  if (!magic.equals(body.subarray(0, magic.length))) {
    throw new ProtobufError('provided data does not appear to be a protobuf message');
  }
  const unknown = readFields(body.subarray(magic.length));
  const typeMeta = readFields(bytesOf(unknown, 1));
  return {
    apiVersion: textOf(bytesOf(typeMeta, 1)),
    kind: textOf(bytesOf(typeMeta, 2)),
    raw: bytesOf(unknown, 2),
  };
}

/** A message as the JSON that the API writes for it, by the type table's field numbers. */
export function decodeMessage(typeName: string, bytes: Uint8Array, depth = 0): Members {
  const members: Members = {};
  readInto(members, messageFields(typeName), bytes, depth);
  return members;
}

const deepest = 64;

function readInto(
  members: Members,
  fields: ReadonlyMap<number, MessageField>,
  bytes: Uint8Array,
  depth: number,
): void {
  if (depth > deepest) throw new ProtobufError('proto: message is nested too deeply');
  for (const { number, value } of readFields(bytes)) {
    const known = fields.get(number);
    if (!known) continue;
    if (known.kind === 'inline') {
      readInto(members, known.fields, asBytes(value), depth + 1);
      continue;
    }
    const { name } = known.field;
    define(members, name, merged(members[name], known.field, value, depth));
  }
}

/** Lists and maps come one element at a time; of anything else the last one counts. */
function merged(before: Json | undefined, type: ValueType, value: Value, depth: number): Json {
  const { kind, elem } = type;
  if (kind === 'list' && elem) {
    const list = Array.isArray(before) ? before : [];
    return [...list, scalarOrMessage(elem, value, depth)];
  }
  if (kind === 'map' && elem) {
    const entry = readFields(asBytes(value));
    const map = { ...(before as Members | undefined) };
    const item = entry.find(({ number }) => number === 2)?.value ?? new Uint8Array();
    define(map, textOf(bytesOf(entry, 1)), scalarOrMessage(elem, item, depth));
    return map;
  }
  return scalarOrMessage(type, value, depth);
}

type Value = WireField['value'];

function scalarOrMessage(type: ValueType, value: Value, depth: number): Json {
  const read = readers[type.kind];
  if (read) return read(value);
  if (type.kind !== 'object') throw new ProtobufError(`proto: cannot read ${type.go}`);
  return decodeMessage(structType(type.ref ?? '').name, asBytes(value), depth + 1);
}

const readers: Partial<Record<ValueType['kind'], (value: Value) => Json>> = {
  string: (value) => textOf(asBytes(value)),
  bytes: (value) => Buffer.from(asBytes(value)).toString('base64'),
  bool: (value) => value !== 0n,
  int32: (value) => integer(value),
  int64: (value) => integer(value),
  quantity: (value) => textOf(bytesOf(readFields(asBytes(value)), 1)),
  intOrString: (value) => {
    const fields = readFields(asBytes(value));
    const isText = fields.some((field) => field.number === 1 && field.value === 1n);
    return isText ? textOf(bytesOf(fields, 3)) : integer(numberIn(fields, 2));
  },
  time: (value) => timeOf(value, 0),
  microtime: (value) => timeOf(value, 6),
  raw: (value) => rawJson(bytesOf(readFields(asBytes(value)), 1)),
};

const integer = (value: Value): number => Number(BigInt.asIntN(64, asNumber(value)));

/** RFC 3339 with that many digits behind the second; no seconds at all is no time. */
function timeOf(value: Value, digits: number): Json {
  const fields = readFields(asBytes(value));
  if (fields.length === 0) return null;
  const milliseconds = integer(numberIn(fields, 1)) * 1000;
  if (!Number.isFinite(milliseconds) || Math.abs(milliseconds) > 8.64e15) {
    throw new ProtobufError('proto: time out of range');
  }
  const text = new Date(milliseconds).toISOString().slice(0, 19);
  if (digits === 0) return `${text}Z`;
  const nanos = String(integer(numberIn(fields, 2))).padStart(9, '0');
  return `${text}.${nanos.slice(0, digits)}Z`;
}

function rawJson(bytes: Uint8Array): Json {
  try {
    return JSON.parse(textOf(bytes)) as Json;
  } catch {
    throw new ProtobufError('proto: embedded object is not JSON');
  }
}

function asBytes(value: Value): Uint8Array {
  if (typeof value !== 'bigint') return value;
  throw new ProtobufError('proto: wrong wireType');
}

function asNumber(value: Value): bigint {
  if (typeof value === 'bigint') return value;
  throw new ProtobufError('proto: wrong wireType');
}

const lastOf = (fields: readonly WireField[], number: number): Value | undefined =>
  fields.findLast((field) => field.number === number)?.value;

const bytesOf = (fields: readonly WireField[], number: number): Uint8Array =>
  asBytes(lastOf(fields, number) ?? new Uint8Array());

const numberIn = (fields: readonly WireField[], number: number): bigint =>
  asNumber(lastOf(fields, number) ?? 0n);

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
