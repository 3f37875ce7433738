import {
  type Field,
  isPointer,
  structOf,
  structType,
  type ValueType,
} from '../../api-server/schema.ts';

/** What a strategic merge patch must know of a value's type; undefined where types end. */
export type PatchType = ValueType | undefined;

export interface PatchField {
  readonly type: ValueType;
  /** `merge`: by key or as a set; `replace`: as a whole; undefined: maps merge, lists are replaced. */
  readonly strategy: 'merge' | 'replace' | undefined;
  readonly mergeKey: string;
  /** Whether fields that the patch does not name are to be cleared (`$retainKeys`). */
  readonly retainKeys: boolean;
}

/** The type of a whole object: `core/v1.Service`. */
export const objectType = (name: string): ValueType => {
  const { shortName } = structType(name);
  return { go: shortName, kind: 'object', ref: name };
};

/** A field of a type, a value of a map, or undefined for what the type does not have. */
export function patchField(type: PatchType, name: string): PatchField | undefined {
  if (type?.kind === 'map' && type.elem) {
    return { type: type.elem, strategy: undefined, mergeKey: '', retainKeys: false };
  }
  if (type?.kind !== 'object') return undefined;
  const field = structOf(type).byName.get(name);
  return field && fieldOf(field);
}

function fieldOf(field: Field): PatchField {
  const strategies = (field.patchStrategy ?? '').split(',');
  const strategy = strategies.find((word) => word === 'merge' || word === 'replace');
  return {
    type: field,
    strategy: strategy as 'merge' | 'replace' | undefined,
    mergeKey: field.patchMergeKey ?? '',
    retainKeys: strategies.includes('retainKeys'),
  };
}

/** The struct's name as errors give it. */
export const typeName = (type: PatchType): string =>
  type ? type.go.replace(isPointer(type) ? /^\*v\d\w*\./ : /^v\d\w*\./, '') : '';
