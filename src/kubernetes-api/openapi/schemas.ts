import { descriptionOf, fieldDescription } from '../../cluster/api-server/descriptions.ts';
import {
  type Field,
  type StructType,
  structType,
  type ValueType,
} from '../../cluster/api-server/schema.ts';
import type { JsonObject } from '../../cluster/json.ts';
import { kinds } from '../../cluster/kinds/registry.ts';

/** Where the definitions of a document stand: they refer to each other by it. */
export type SchemaPrefix = '#/components/schemas/' | '#/definitions/';

/** The names by which upstream publishes what is no struct of the table. */
const scalarSchemas: Readonly<Record<string, readonly [name: string, schema: JsonObject]>> = {
  time: ['io.k8s.apimachinery.pkg.apis.meta.v1.Time', { type: 'string', format: 'date-time' }],
  microtime: [
    'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime',
    { type: 'string', format: 'date-time' },
  ],
  quantity: [
    'io.k8s.apimachinery.pkg.api.resource.Quantity',
    { oneOf: [{ type: 'string' }, { type: 'number' }] },
  ],
  intOrString: [
    'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
    { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
  ],
  raw: ['io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1', { type: 'object' }],
};

const plain: Readonly<Record<string, JsonObject>> = {
  string: { type: 'string' },
  bool: { type: 'boolean' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  bytes: { type: 'string', format: 'byte' },
};

/** `core/v1.Service` as `io.k8s.api.core.v1.Service`. */
export function schemaName(typeName: string): string {
  const [folder = '', type = ''] = typeName.split('/');
  const home = folder === 'meta' ? 'io.k8s.apimachinery.pkg.apis' : 'io.k8s.api';
  return `${home}.${folder}.${type}`;
}

/** The schemas of the given structs and of all that they refer to, by name. */
export function schemasOf(typeNames: readonly string[], prefix: SchemaPrefix): JsonObject {
  const schemas: Record<string, JsonObject> = {};
  const waiting = [...typeNames];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (Object.hasOwn(schemas, schemaName(name))) continue;
    const type = structType(name);
    schemas[schemaName(name)] = structSchema(type, prefix);
    for (const field of type.fields) collect(field, waiting, schemas);
  }
  return schemas;
}

function collect(type: ValueType, structs: string[], schemas: Record<string, JsonObject>): void {
  if (type.elem) collect(type.elem, structs, schemas);
  if (type.kind === 'object' && type.ref) structs.push(type.ref);
  const scalar = scalarOf(type);
  if (scalar) schemas[scalar[0]] = scalar[1];
}

const scalarOf = (type: ValueType) =>
  Object.hasOwn(scalarSchemas, type.kind) ? scalarSchemas[type.kind] : undefined;

function structSchema(type: StructType, prefix: SchemaPrefix): JsonObject {
  const kind = kinds.find((each) => each.type === type.name);
  const about = descriptionOf(type.name);
  const required = type.fields.map(({ name }) => name).filter((name) => about.required.has(name));
  return {
    ...(about.description !== '' && { description: about.description }),
    type: 'object',
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(
      type.fields.map((field) => [
        field.name,
        fieldSchema(field, fieldDescription(about, field.name), prefix),
      ]),
    ),
    ...(kind && {
      'x-kubernetes-group-version-kind': [
        { group: kind.group, kind: kind.kind, version: kind.version },
      ],
    }),
  };
}

function fieldSchema(field: Field, description: string, prefix: SchemaPrefix): JsonObject {
  const { patchMergeKey, patchStrategy } = field;
  return {
    ...(description !== '' && { description }),
    ...valueSchema(field, prefix),
    ...(patchMergeKey !== undefined && { 'x-kubernetes-patch-merge-key': patchMergeKey }),
    ...(patchStrategy !== undefined && { 'x-kubernetes-patch-strategy': patchStrategy }),
  };
}

function valueSchema(type: ValueType, prefix: SchemaPrefix): JsonObject {
  const { kind, elem, ref } = type;
  if (kind === 'list' && elem) return { type: 'array', items: valueSchema(elem, prefix) };
  if (kind === 'map' && elem) {
    return { type: 'object', additionalProperties: valueSchema(elem, prefix) };
  }
  const name = kind === 'object' ? schemaName(ref ?? '') : scalarOf(type)?.[0];
  if (name === undefined) return plain[kind] ?? { type: 'object' };
  return prefix === '#/definitions/'
    ? { $ref: prefix + name }
    : { allOf: [{ $ref: prefix + name }] };
}
