import type { Json } from '../../json.ts';
import { canonicalQuantity, parseQuantity, QuantityError } from '../../kinds/shared/quantity.ts';
import type { Shape, ValueType } from '../schema.ts';
import { readTime } from './time.ts';
import { DecodeError, type GoPlace, goValueName, typeError } from './type-error.ts';

type ScalarShape = Exclude<Shape, 'object' | 'list' | 'map' | 'raw'>;
type Read = (value: Json, type: ValueType, place: GoPlace) => Json;

/** Reads a value that is neither null nor a container; throws a DecodeError. */
export function readScalar(value: Json, type: ValueType, place: GoPlace): Json {
  return readers[type.kind as ScalarShape](value, type, place);
}

const readers: Readonly<Record<ScalarShape, Read>> = {
  string: (value, type, place) => {
    if (typeof value === 'string') return value;
    throw typeError(goValueName(value), type.go, place);
  },
  bool: (value, type, place) => {
    if (typeof value === 'boolean') return value;
    throw typeError(goValueName(value), type.go, place);
  },
  int32: (value, type, place) => integer(value, type.go, place, 2 ** 31),
  int64: (value, type, place) => integer(value, type.go, place, 2 ** 63),
  intOrString: (value, _type, place) =>
    typeof value === 'string' ? value : integer(value, 'int32', place, 2 ** 31),
  time: (value, _type, place) => time(value, place, 0),
  microtime: (value, _type, place) => time(value, place, 6),
  quantity: (value) => quantity(value),
  bytes: (value, type, place) => {
    if (typeof value !== 'string') throw typeError(goValueName(value), type.go, place);
    return base64(value);
  },
};

function integer(value: Json, go: string, place: GoPlace, bound: number): number {
  if (typeof value !== 'number') throw typeError(goValueName(value), go, place);
  if (Number.isInteger(value) && value >= -bound && value < bound) return value === 0 ? 0 : value;
  throw typeError(`number ${value}`, go, place);
}

/** Go reads a time's text first, so anything else is said not to be a string. */
function time(value: Json, place: GoPlace, digits: 0 | 6): string {
  if (typeof value === 'string') return readTime(value, digits);
  throw typeError(goValueName(value), 'string', place);
}

function quantity(value: Json): string {
  const text = typeof value === 'string' ? value.trim() : JSON.stringify(value);
  try {
    parseQuantity(text);
  } catch (error) {
    if (error instanceof QuantityError) throw new DecodeError(error.message);
    throw error;
  }
  return canonicalQuantity(text);
}

/** Standard base64 with padding; line ends are skipped, as Go skips them. */
function base64(text: string): string {
  const plain = text.replace(/[\r\n]/g, '');
  const wrong = plain.search(/[^A-Za-z0-9+/]/);
  const padding = wrong === -1 ? '' : plain.slice(wrong);
  const complete =
    plain.length % 4 === 0 && (padding === '' || padding === '=' || padding === '==');
  if (complete) return plain;
  const at = wrong === -1 || padding.startsWith('=') ? plain.length - (plain.length % 4) : wrong;
  throw new DecodeError(`illegal base64 data at input byte ${at}`);
}
