import { isObject, type Json } from '../../json.ts';
import { kindOf } from '../../kinds/registry.ts';
import type { KubeObject } from '../../objects.ts';
import { decode } from '../decode/decode.ts';
import { structType } from '../schema.ts';
import { difference, type FieldSet, isEmptySet, nothing, union } from './field-set.ts';
import { type Merging, mergingOfStruct } from './merging.ts';
import {
  type Managed,
  type Manager,
  type Provenance,
  provenanceOf,
  setProvenance,
} from './provenance.ts';
import { compareValues } from './typed-value.ts';

/** Who manages which fields of a stored object; nobody's are those of objects nobody sent. */
export function managersOf(object: KubeObject): readonly Managed[] {
  const provenance = provenanceOf(object);
  if (!provenance) return [];
  if (provenance.managed) return provenance.managed;
  const managed = workedOut(object, provenance);
  setProvenance(object, { managed, pending: 0 });
  return managed;
}

const mostPending = 32;

/** Remembers who wrote an object; long histories are worked out so that they can be let go. */
export function noteWrite(object: KubeObject, provenance: Omit<Provenance, 'pending'>): void {
  const pending = provenance.before ? (provenanceOf(provenance.before)?.pending ?? 0) + 1 : 0;
  setProvenance(object, { ...provenance, pending });
  if (pending > mostPending) managersOf(object);
}

function workedOut(object: KubeObject, { before, writer, written }: Provenance): Managed[] {
  const known = before ? managersOf(before) : [];
  const kind = kindOf(object.apiVersion, object.kind);
  if (!kind) return [...known];
  const old = before ? asJson(before) : (decode(kind.type, {}).value as Json);
  const now = written?.() ?? asJson(object);
  const difference_ = compareValues(old, now, mergingOfStruct(structType(kind.type)));
  const by = writer ?? controller(object, difference_.changed);
  const changed = ownFields(difference_.changed, by.subresource);
  const removed = ownFields(difference_.removed, by.subresource);
  return taken(known, by, changed, removed);
}

const asJson = (object: KubeObject): Json => object as unknown as Json;

/** A change of nothing but the status was one of the status. */
function controller({ apiVersion, metadata }: KubeObject, changed: FieldSet): Manager {
  const parts = Object.keys(ownFields(changed, 'status'));
  return {
    manager: 'kube-controller-manager',
    operation: 'Update',
    apiVersion,
    time: metadata.creationTimestamp ?? '',
    ...(parts.every((part) => part === 'f:status') && { subresource: 'status' }),
  };
}

/** After an update: what it changed is its manager's, and nobody else's any more. */
function taken(
  known: readonly Managed[],
  by: Manager,
  changed: FieldSet,
  removed: FieldSet,
): Managed[] {
  const mine = known.find((entry) => isSameManager(entry, by));
  const gone = union(changed, removed);
  const others = known
    .filter((entry) => entry !== mine)
    .map((entry) => ({ ...entry, fields: difference(entry.fields, gone) }));
  const fields = difference(union(mine?.fields ?? nothing, changed), removed);
  const time = mine && isEmptySet(gone) ? mine.time : by.time;
  return [...others, { ...by, time, fields }].filter((entry) => !isEmptySet(entry.fields));
}

export const isSameManager = (one: Manager, other: Manager): boolean =>
  one.manager === other.manager &&
  one.operation === other.operation &&
  one.apiVersion === other.apiVersion &&
  one.subresource === other.subresource;

/** What identifies an object, or is the server's, has no manager (fieldmanager/stripmeta.go). */
const unmanaged = ['f:apiVersion', 'f:kind'];
const unmanagedMetadata = [
  'f:name',
  'f:namespace',
  'f:creationTimestamp',
  'f:selfLink',
  'f:uid',
  'f:generation',
  'f:managedFields',
  'f:resourceVersion',
];

/** The fields of a set that can have a manager; status belongs to those who write that alone. */
export function ownFields(set: FieldSet, subresource?: string): FieldSet {
  const metadata = without(set['f:metadata'] ?? nothing, unmanagedMetadata);
  const rest = without(set, [...unmanaged, 'f:metadata', ...(subresource ? [] : ['f:status'])]);
  return isEmptySet(metadata) ? rest : { ...rest, 'f:metadata': metadata };
}

const without = (set: FieldSet, elements: readonly string[]): FieldSet =>
  Object.fromEntries(Object.entries(set).filter(([element]) => !elements.includes(element)));

/** `metadata.managedFields` as the API shows it. */
function managedFieldsOf(object: KubeObject): Json[] {
  return [...managersOf(object)]
    .sort(byOperationTimeAndName)
    .map(({ manager, operation, apiVersion, time, subresource, fields }) => ({
      manager,
      operation,
      apiVersion,
      time,
      fieldsType: 'FieldsV1',
      fieldsV1: fields as unknown as Json,
      ...(subresource !== undefined && { subresource }),
    }));
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byOperationTimeAndName = (a: Manager, b: Manager): number =>
  compareText(a.operation, b.operation) ||
  compareText(a.time, b.time) ||
  compareText(a.manager, b.manager);

/** The object with its managers in its metadata. */
export function withManagedFields<T extends KubeObject>(object: T): T {
  const managedFields = managedFieldsOf(object);
  if (managedFields.length === 0) return object;
  return { ...object, metadata: { ...object.metadata, managedFields } };
}

/** Managers that a client wrote; undefined when it wrote none, and so changes none. */
export function managersWritten(object: KubeObject): readonly Managed[] | undefined {
  const entries: readonly unknown[] = object.metadata.managedFields ?? [];
  if (entries.length === 0) return undefined;
  return entries.filter(isObject).flatMap((entry) => {
    const { manager, operation, apiVersion, time, subresource, fieldsV1 } = entry;
    if (operation !== 'Apply' && operation !== 'Update') return [];
    return {
      manager: String(manager ?? ''),
      operation,
      apiVersion: String(apiVersion ?? ''),
      time: String(time ?? ''),
      ...(typeof subresource === 'string' && subresource !== '' && { subresource }),
      fields: fieldSetIn(fieldsV1 ?? null),
    };
  });
}

function fieldSetIn(value: Json): FieldSet {
  if (!isObject(value)) return nothing;
  const members = Object.keys(value).filter((element) => /^(\.|[fkvi]:.*)$/s.test(element));
  return Object.fromEntries(
    members.map((element) => [element, fieldSetIn(value[element] ?? null)]),
  );
}

export const mergingOfKind = (type: string): Merging => mergingOfStruct(structType(type));
