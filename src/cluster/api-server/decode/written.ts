import { isObject, type Json, type JsonObject } from '../../json.ts';
import { type Field, isPointer, type StructType, structOf, type ValueType } from '../schema.ts';
import { alwaysWritten } from './always-written.ts';

/**
 * The members of a struct as Go's encoder writes them: in declaration order, empty ones left out
 * where their tag says `omitempty`, embedded structs always there.
 */
export function written(
  type: StructType,
  members: ReadonlyMap<string, Json | undefined>,
): JsonObject {
  const out: Record<string, Json> = {};
  for (const { field, always } of planOf(type)) {
    const member = members.get(field.name);
    if (member !== undefined && (always || isPointer(field) || !isEmpty(member))) {
      out[field.name] = member;
    } else if (always) {
      out[field.name] = zeroOf(field);
    }
  }
  return out;
}

/** What Go prints for a value nobody set. */
export function zeroOf(type: ValueType): Json {
  if (isPointer(type)) return null;
  const zero = zeros[type.kind];
  return zero === undefined ? written(structOf(type), new Map()) : zero;
}

const zeros: Readonly<Partial<Record<ValueType['kind'], Json>>> = {
  string: '',
  bool: false,
  int32: 0,
  int64: 0,
  intOrString: 0,
  quantity: '0',
  list: null,
  map: null,
  time: null,
  microtime: null,
  bytes: null,
  raw: null,
};

interface Planned {
  readonly field: Field;
  readonly always: boolean;
}

const plans = new Map<StructType, readonly Planned[]>();

function planOf(type: StructType): readonly Planned[] {
  const known = plans.get(type);
  if (known) return known;
  const listed = new Set(Object.hasOwn(alwaysWritten, type.name) ? alwaysWritten[type.name] : []);
  const plan = type.fields.map((field) => ({
    field,
    always: listed.has(field.name) || isStructWithoutPointer(type, field),
  }));
  plans.set(type, plan);
  return plan;
}

const structShapes = new Set(['object', 'time', 'microtime', 'quantity', 'intOrString']);

/** `omitempty` does not reach structs; metadata's creationTimestamp alone has `omitzero`. */
function isStructWithoutPointer(type: StructType, field: Field): boolean {
  if (type.name === 'meta/v1.ObjectMeta') return false;
  return structShapes.has(field.kind) && !isPointer(field);
}

function isEmpty(value: Json): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isObject(value)) return Object.keys(value).length === 0;
  return value === '' || value === 0 || value === false || value === null;
}
