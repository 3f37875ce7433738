import type { Json } from '../../json.ts';

/**
 * A body that is no object of its type. The message is what the server puts behind
 * `cannot be handled as a …: `.
 */
export class DecodeError extends Error {
  /** The value it is about, with indexes and keys as the document has them: `spec.ports[1].port`. */
  path?: string;
}

/** Where the decoder is, in the words of Go's errors: the innermost struct and the names so far. */
export interface GoPlace {
  readonly struct: string;
  /** `spec.ports.port`: no indexes, no map keys. */
  readonly names: string;
}

/** What Go calls a JSON value that does not fit. */
export function goValueName(value: Json | undefined): string {
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value)) return 'array';
  return value === null || value === undefined ? 'null' : typeof value;
}

/** `json: cannot unmarshal … into Go struct field …` (encoding/json UnmarshalTypeError). */
export function typeError(value: string, go: string, place: GoPlace): DecodeError {
  const type = go.replace(/^\*/, '');
  const where =
    place.names === ''
      ? `Go value of type ${type}`
      : `Go struct field ${place.struct}.${place.names} of type ${type}`;
  return new DecodeError(`json: cannot unmarshal ${value} into ${where}`);
}
