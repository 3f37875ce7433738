import { define, isObject, type Json, type JsonObject } from '../../json.ts';
import { goQuote } from '../field-error.ts';
import { type StructType, structOf, structType, type ValueType } from '../schema.ts';
import { readScalar } from './scalar.ts';
import { DecodeError, type GoPlace, goValueName, typeError } from './type-error.ts';
import { written, zeroOf } from './written.ts';

export interface Decoded {
  readonly value: JsonObject;
  /** What strict decoding holds against the body, in document order: `unknown field "spec.foo"`. */
  readonly strict: readonly string[];
}

/**
 * Reads a JSON document as a struct of the API, as sigs.k8s.io/json and the encoder after it do:
 * names are case-sensitive, null is the zero value, fields that hold nothing are left out, fields
 * stand in declaration order. Throws a DecodeError for the first wrong type in document order.
 */
export function decode(typeName: string, body: Json): Decoded {
  const state: State = { strict: [] };
  const value = object(body, structType(typeName), typeName.replace(/^.*\//, ''), state, root);
  return { value, strict: state.strict };
}

interface State {
  readonly strict: string[];
}

/** Where we are: as type errors say it, and as strict errors say it. */
interface Place extends GoPlace {
  readonly path: string;
}

const root: Place = { struct: '', names: '', path: '' };

function value(given: Json, type: ValueType, state: State, place: Place): Json | undefined {
  if (given === null) return undefined;
  try {
    return fitting(given, type, state, place);
  } catch (error) {
    if (error instanceof DecodeError) error.path ??= place.path;
    throw error;
  }
}

function fitting(given: Json, type: ValueType, state: State, place: Place): Json | undefined {
  if (type.kind === 'object') return object(given, structOf(type), type.go, state, place);
  if (type.kind === 'list') return list(given, type, state, place);
  if (type.kind === 'map') return map(given, type, state, place);
  return type.kind === 'raw' ? given : readScalar(given, type, place);
}

function object(given: Json, type: StructType, go: string, state: State, place: Place): JsonObject {
  if (!isObject(given)) throw typeError(goValueName(given), go, place);
  const members = new Map<string, Json | undefined>();
  for (const key of Object.keys(given)) {
    const field = type.byName.get(key);
    const path = place.path === '' ? key : `${place.path}.${key}`;
    if (!field) {
      state.strict.push(`unknown field ${goQuote(path)}`);
      continue;
    }
    const names = place.names === '' ? key : `${place.names}.${key}`;
    const inside: Place = { struct: type.shortName, names, path };
    members.set(key, value(given[key] ?? null, field, state, inside));
  }
  return written(type, members);
}

function list(given: Json, type: ValueType, state: State, place: Place): Json {
  if (!Array.isArray(given)) throw typeError(goValueName(given), type.go, place);
  const element = elementOf(type);
  return given.map((item: Json, index) => {
    const inside = { ...place, path: `${place.path}[${index}]` };
    return value(item, element, state, inside) ?? zeroOf(element);
  });
}

function map(given: Json, type: ValueType, state: State, place: Place): Json {
  if (!isObject(given)) throw typeError(goValueName(given), type.go, place);
  const element = elementOf(type);
  const entries: Record<string, Json> = {};
  for (const key of Object.keys(given)) {
    const inside = { ...place, path: `${place.path}.${key}` };
    const read = value(given[key] ?? null, element, state, inside);
    define(entries, key, read ?? zeroOf(element));
  }
  return entries;
}

function elementOf(type: ValueType): ValueType {
  if (!type.elem) throw new DecodeError(`${type.go} has no elements`);
  return type.elem;
}
