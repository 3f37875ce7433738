import { type Field, isPointer, type StructType, structOf, type ValueType } from '../schema.ts';

/** How values of a type are told apart and merged by server-side apply (structured-merge-diff). */
export type Merging =
  /** Belongs to one manager as a whole. */
  | { readonly how: 'atomic' }
  | { readonly how: 'struct'; readonly type: StructType }
  | { readonly how: 'map'; readonly element: Merging }
  /** A list of texts, each there once. */
  | { readonly how: 'set' }
  /** A list of objects that some of their fields identify. */
  | { readonly how: 'keyed'; readonly keys: readonly Key[]; readonly element: Merging };

/** A field that identifies an element of a list, and what it is when nobody says so. */
interface Key {
  readonly name: string;
  readonly otherwise?: string;
}

const atomic: Merging = { how: 'atomic' };

/** How a field of a struct merges (x-kubernetes-list-type, -map-type and -list-map-keys upstream). */
export function mergingOfField(owner: StructType, field: Field): Merging {
  if (field.kind === 'list') return mergingOfList(field);
  if (atomicMaps.has(`${owner.name}.${field.name}`)) return atomic;
  return mergingOf(field);
}

export const mergingOfStruct = (type: StructType): Merging =>
  atomicStructs.has(type.name) ? atomic : { how: 'struct', type };

function mergingOf(type: ValueType): Merging {
  if (type.kind === 'object') return mergingOfStruct(structOf(type));
  if (type.kind === 'map' && type.elem) return { how: 'map', element: mergingOf(type.elem) };
  return atomic;
}

/** The lists that strategic merge patches merge are the ones that apply merges. */
function mergingOfList(field: Field): Merging {
  const merges = (field.patchStrategy ?? '').split(',').includes('merge');
  if (!merges || !field.elem) return atomic;
  if (field.patchMergeKey === undefined) return { how: 'set' };
  const element = field.elem.kind === 'object' ? structOf(field.elem) : undefined;
  if (!element || isPointer(field.elem)) return atomic;
  const more = Object.hasOwn(moreKeys, element.name) ? (moreKeys[element.name] ?? []) : [];
  const keys = [{ name: field.patchMergeKey }, ...more];
  return { how: 'keyed', keys, element: { how: 'struct', type: element } };
}

/** Elements that one field alone does not identify (`+listMapKey` in k8s.io/api/core/v1/types.go). */
const moreKeys: Readonly<Record<string, readonly Key[]>> = {
  'core/v1.ServicePort': [{ name: 'protocol', otherwise: 'TCP' }],
  'core/v1.ContainerPort': [{ name: 'protocol', otherwise: 'TCP' }],
  'core/v1.TopologySpreadConstraint': [{ name: 'whenUnsatisfiable' }],
};

/** Structs marked `+structType=atomic`. */
const atomicStructs: ReadonlySet<string> = new Set([
  'meta/v1.LabelSelector',
  'core/v1.ConfigMapKeySelector',
  'core/v1.FileKeySelector',
  'core/v1.LocalObjectReference',
  'core/v1.NodeSelector',
  'core/v1.NodeSelectorTerm',
  'core/v1.ObjectFieldSelector',
  'core/v1.ObjectReference',
  'core/v1.ResourceFieldSelector',
  'core/v1.SecretKeySelector',
  'core/v1.SecretReference',
  'core/v1.TypedLocalObjectReference',
  'networking/v1.ServiceBackendPort',
]);

/** Maps marked `+mapType=atomic`. */
const atomicMaps: ReadonlySet<string> = new Set([
  'core/v1.ServiceSpec.selector',
  'core/v1.PodSpec.nodeSelector',
  'core/v1.ReplicationControllerSpec.selector',
]);
