import { type Field, type StructType, structType } from '../../cluster/api-server/schema.ts';

/** A field of a message, or a message whose own fields stand beside it in JSON. */
export type MessageField =
  | { readonly kind: 'field'; readonly field: Field }
  | { readonly kind: 'inline'; readonly fields: ReadonlyMap<number, MessageField> };

/**
 * Structs that embed another one: in JSON its fields stand among theirs, in protobuf it is a
 * message of its own under this number. The type table numbers its fields as in that message.
 */
const embedded: Readonly<Record<string, { number: number; fields(field: Field): boolean }>> = {
  'core/v1.Volume': { number: 2, fields: ({ go }) => go.endsWith('VolumeSource') },
  'core/v1.Probe': {
    number: 1,
    fields: ({ name }) => ['exec', 'httpGet', 'tcpSocket', 'grpc'].includes(name),
  },
  'networking/v1.IngressRule': { number: 2, fields: ({ name }) => name === 'http' },
  'core/v1.EphemeralContainer': { number: 1, fields: ({ name }) => name !== 'targetContainerName' },
  ...Object.fromEntries(
    [
      'ConfigMapKeySelector',
      'SecretKeySelector',
      'ConfigMapEnvSource',
      'SecretEnvSource',
      'ConfigMapProjection',
      'SecretProjection',
      'ConfigMapVolumeSource',
    ].map((name) => [
      `core/v1.${name}`,
      { number: 1, fields: (field: Field) => field.name === 'name' },
    ]),
  ),
};

const known = new Map<string, ReadonlyMap<number, MessageField>>();

/** The fields of a struct by their protobuf numbers; TypeMeta travels outside of messages. */
export function messageFields(typeName: string): ReadonlyMap<number, MessageField> {
  const found = known.get(typeName);
  if (found) return found;
  const fields = numbered(structType(typeName));
  known.set(typeName, fields);
  return fields;
}

function numbered(type: StructType): ReadonlyMap<number, MessageField> {
  const inline = Object.hasOwn(embedded, type.name) ? embedded[type.name] : undefined;
  const isObject = type.byName.has('apiVersion') && type.byName.has('metadata');
  const own = new Map<number, MessageField>();
  const within = new Map<number, MessageField>();
  for (const field of type.fields) {
    if (isTypeMeta(type, field, isObject)) continue;
    const home = inline?.fields(field) ? within : own;
    home.set(Number(field.protobuf), { kind: 'field', field });
  }
  if (inline) own.set(inline.number, { kind: 'inline', fields: within });
  return own;
}

/** `kind` and `apiVersion` share their numbers with the first fields of an object or of options. */
function isTypeMeta(type: StructType, { name }: Field, isObject: boolean): boolean {
  if (name !== 'kind' && name !== 'apiVersion') return false;
  return isObject || type.name.startsWith('meta/v1.');
}
