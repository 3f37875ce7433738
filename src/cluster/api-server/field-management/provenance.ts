import type { Json } from '../../json.ts';
import type { KubeObject } from '../../objects.ts';
import type { FieldSet } from './field-set.ts';

/** Who wrote fields of an object, and how (meta/v1 ManagedFieldsEntry without its fields). */
export interface Manager {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly time: string;
  readonly subresource?: string;
}

/** A manager with the fields that are its own. */
export interface Managed extends Manager {
  readonly fields: FieldSet;
}

/**
 * Where a stored object came from: enough to say who manages which field, worked out only when
 * somebody asks, because nearly nobody does and every write would have to pay for it.
 */
export interface Provenance {
  readonly before?: KubeObject;
  /** Absent for what controllers wrote. */
  readonly writer?: Manager;
  /** What the writer sent, with defaults, where that is not what is stored. */
  written?(): Json;
  /** Known already, or handed in by a client. */
  readonly managed?: readonly Managed[];
  /** Writes that have not been worked out. */
  readonly pending: number;
}

const provenances = new WeakMap<KubeObject, Provenance>();

export const provenanceOf = (object: KubeObject): Provenance | undefined => provenances.get(object);

export function setProvenance(object: KubeObject, provenance: Provenance): void {
  provenances.set(object, provenance);
}

/** A controller put `after` where `before` was; its writes in a row count as one. */
export function inherit(before: KubeObject, after: KubeObject): void {
  const known = provenances.get(before);
  if (!known || provenances.has(after)) return;
  const byController = !known.writer && !known.managed && known.before;
  provenances.set(after, {
    before: byController || before,
    pending: known.pending + (byController ? 0 : 1),
  });
}
