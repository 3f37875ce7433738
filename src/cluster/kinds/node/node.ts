import { duplicate, type FieldError, fieldPath } from '../../api-server/field-error.ts';
import type { ResourceTypes } from '../../objects.ts';
import { oneOf } from '../pod/validate-containers.ts';
import { ageColumn, nameColumn } from '../shared/age.ts';
import { setStatus } from '../shared/generation.ts';
import { validateText } from '../shared/labels.ts';
import { validateMetadata } from '../shared/metadata.ts';
import { labelValue, qualifiedName } from '../shared/names.ts';
import { kindWith } from '../shared/plain-kind.ts';
import { nodeColumns } from './node-columns.ts';

type Node = ResourceTypes['nodes'];

export const node = kindWith({
  group: '',
  version: 'v1',
  kind: 'Node',
  resource: 'nodes',
  type: 'core/v1.Node',
  namespaced: false,
  shortNames: ['no'],
  subresources: ['status'],
  defaults({ status }) {
    if (status?.capacity) status.allocatable ??= { ...status.capacity };
  },
  prepareForUpdate: (object, old) => setStatus(object, old.status),
  validate: (object) => validateNode(object),
  columns: [nameColumn, ...nodeColumns.before, ageColumn, ...nodeColumns.after],
});

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

function validateNode(object: Node): FieldError[] {
  const path = fieldPath('spec').child('taints');
  const taints = object.spec?.taints ?? [];
  return [
    ...validateMetadata(object, { namespaced: false }),
    ...taints.flatMap(({ key = '', value = '', effect = '' }, index) => {
      const at = path.index(index);
      const again = taints
        .slice(0, index)
        .some((other) => other.key === key && other.effect === effect);
      return [
        ...validateText(key, qualifiedName, at.child('key')),
        ...validateText(value, labelValue, at.child('value')),
        ...oneOf(effect, effects, at.child('effect')),
        ...(again
          ? [duplicate(at, { Key: key, Value: value, Effect: effect, TimeAdded: null })]
          : []),
      ];
    }),
  ];
}
