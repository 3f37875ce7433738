import table from './api-schema.json' with { type: 'json' };

/** The shapes a value of the API can have. */
export type Shape =
  | 'string'
  | 'bool'
  | 'int32'
  | 'int64'
  | 'object'
  | 'list'
  | 'map'
  | 'time'
  | 'microtime'
  | 'quantity'
  | 'intOrString'
  | 'bytes'
  | 'raw';

export interface ValueType {
  /** As the server's decode errors spell it: `[]v1.ServicePort`; a `*` in front means optional. */
  readonly go: string;
  readonly kind: Shape;
  /** The type of an object, by name. */
  readonly ref?: string;
  /** Of a list's items or a map's values. */
  readonly elem?: ValueType;
}

export interface Field extends ValueType {
  readonly name: string;
  readonly patchStrategy?: string;
  readonly patchMergeKey?: string;
  readonly protobuf: string;
}

/** A struct of the API: its fields in the order in which Go declares and prints them. */
export interface StructType {
  /** `core/v1.ServiceSpec`. */
  readonly name: string;
  /** `ServiceSpec`. */
  readonly shortName: string;
  readonly fields: readonly Field[];
  readonly byName: ReadonlyMap<string, Field>;
}

const types = table.types as unknown as Readonly<Record<string, readonly Field[]>>;
const structs = new Map<string, StructType>(
  Object.entries(types).map(([name, fields]) => [
    name,
    {
      name,
      shortName: name.slice(name.lastIndexOf('.') + 1),
      fields,
      byName: new Map(fields.map((field) => [field.name, field])),
    },
  ]),
);

/** The struct of that name; every name the table refers to is in the table. */
export function structType(name: string): StructType {
  const found = structs.get(name);
  if (!found) throw new Error(`the API's type table has no ${name}`);
  return found;
}

/** The struct that a field or element of shape `object` holds. */
export const structOf = (type: ValueType): StructType => structType(type.ref ?? '');

/** Whether Go holds the value by pointer, so that zero differs from absent. */
export const isPointer = (type: ValueType): boolean => type.go.startsWith('*');
