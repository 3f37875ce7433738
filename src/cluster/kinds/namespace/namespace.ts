import { type FieldError, fieldPath, invalid } from '../../api-server/field-error.ts';
import type { ResourceTypes } from '../../objects.ts';
import { ageColumn, nameColumn } from '../shared/age.ts';
import { setStatus } from '../shared/generation.ts';
import { validateText } from '../shared/labels.ts';
import { validateMetadata } from '../shared/metadata.ts';
import { dns1123Label, qualifiedName } from '../shared/names.ts';
import { kindWith } from '../shared/plain-kind.ts';

type Namespace = ResourceTypes['namespaces'];

const nameLabel = 'kubernetes.io/metadata.name';

export const namespace = kindWith({
  group: '',
  version: 'v1',
  kind: 'Namespace',
  resource: 'namespaces',
  type: 'core/v1.Namespace',
  namespaced: false,
  shortNames: ['ns'],
  subresources: ['status'],
  /** Every namespace carries its own name as a label, so that selectors can choose it. */
  defaults({ metadata }) {
    if (metadata.name) metadata.labels = { ...metadata.labels, [nameLabel]: metadata.name };
  },
  prepareForCreate(object) {
    setStatus(object, { phase: 'Active' });
    const finalizers = object.spec?.finalizers ?? [];
    if (finalizers.includes('kubernetes')) return;
    setSpec(object, { finalizers: [...finalizers, 'kubernetes'] });
  },
  prepareForUpdate(object, old) {
    setStatus(object, old.status);
    setSpec(object, { ...old.spec });
  },
  validate: (object) => validateNamespace(object),
  columns: [
    nameColumn,
    { name: 'Status', priority: 0, cell: ({ status }) => status?.phase ?? '' },
    ageColumn,
  ],
});

function setSpec(object: { spec?: Namespace['spec'] }, spec: NonNullable<Namespace['spec']>): void {
  object.spec = spec;
}

function validateNamespace(object: Namespace): FieldError[] {
  const path = fieldPath('spec').child('finalizers');
  return [
    ...validateMetadata(object, { name: dns1123Label, namespaced: false }),
    ...(object.spec?.finalizers ?? []).flatMap((name, index) => [
      ...validateText(name, qualifiedName, path.index(index)),
      ...(name.includes('/') || name === 'kubernetes'
        ? []
        : [
            invalid(
              path.index(index),
              name,
              'name is neither a standard finalizer name nor is it fully qualified',
            ),
          ]),
    ]),
  ];
}
