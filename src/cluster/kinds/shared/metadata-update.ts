import {
  type FieldError,
  fieldPath,
  forbidden,
  goQuote,
  invalid,
} from '../../api-server/field-error.ts';
import type { KubeObject } from '../../objects.ts';
import { validateLabels } from './labels.ts';
import { validateAnnotations, validateOwners } from './metadata.ts';

type ObjectMeta = KubeObject['metadata'];

const root = fieldPath('metadata');

/**
 * What of an object's metadata may not change, and what must hold ever after (apimachinery
 * ValidateObjectMetaAccessorUpdate).
 */
export function validateMetadataUpdate(meta: ObjectMeta, old: ObjectMeta): readonly FieldError[] {
  const immutable = (['name', 'namespace', 'uid', 'creationTimestamp'] as const)
    .filter((field) => meta[field] !== old[field])
    .map((field) => invalid(root.child(field), meta[field] ?? '', 'field is immutable'));
  return [
    ...addedFinalizers(meta, old),
    ...immutable,
    ...validateLabels(meta.labels, root.child('labels')),
    ...validateAnnotations(meta.annotations, root.child('annotations')),
    ...validateOwners(meta.ownerReferences ?? [], root.child('ownerReferences')),
  ];
}

/** An object on its way out gets no new finalizers. */
function addedFinalizers(meta: ObjectMeta, old: ObjectMeta): readonly FieldError[] {
  if (old.deletionTimestamp === undefined) return [];
  const added = (meta.finalizers ?? []).filter((name) => !old.finalizers?.includes(name));
  if (added.length === 0) return [];
  const list = `[]string{${added.map(goQuote).join(', ')}}`;
  return [
    forbidden(
      root.child('finalizers'),
      `no new finalizers can be added if the object is being deleted, found new finalizers ${list}`,
    ),
  ];
}
