import {
  type FieldError,
  fieldPath,
  forbidden,
  invalid,
  tooLong,
} from '../../api-server/field-error.ts';
import { equalJson } from '../../json.ts';
import type { ResourceTypes } from '../../objects.ts';
import { ageColumn, nameColumn } from '../shared/age.ts';
import { base64Size, largestData } from '../shared/data-size.ts';
import { validateText } from '../shared/labels.ts';
import { validateMetadata } from '../shared/metadata.ts';
import { configKey, utf8Length } from '../shared/names.ts';
import { kindWith } from '../shared/plain-kind.ts';

type ConfigMap = ResourceTypes['configmaps'];

export const configMap = kindWith({
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  resource: 'configmaps',
  type: 'core/v1.ConfigMap',
  namespaced: true,
  shortNames: ['cm'],
  validate: (object) => validateConfigMap(object),
  validateUpdate: (object, old) => validateImmutable(object, old),
  columns: [
    nameColumn,
    {
      name: 'Data',
      priority: 0,
      cell: ({ data, binaryData }) => sizeOf(data) + sizeOf(binaryData),
    },
    ageColumn,
  ],
});

const sizeOf = (map: object | undefined): number => Object.keys(map ?? {}).length;

function validateConfigMap(object: ConfigMap): FieldError[] {
  const { data = {}, binaryData = {} } = object;
  const [text, bytes] = [fieldPath('data'), fieldPath('binaryData')];
  const size =
    Object.values(data).reduce((sum, value) => sum + utf8Length(value), 0) +
    Object.values(binaryData).reduce((sum, value) => sum + base64Size(value), 0);
  return [
    ...validateMetadata(object),
    ...Object.keys(data).flatMap((key) => [
      ...validateText(key, configKey, text.key(key)),
      ...(Object.hasOwn(binaryData, key)
        ? [invalid(text.key(key), key, 'duplicate of key present in binaryData')]
        : []),
    ]),
    ...Object.keys(binaryData).flatMap((key) => validateText(key, configKey, bytes.key(key))),
    ...(size > largestData ? [tooLong(fieldPath(''), largestData)] : []),
  ];
}

const sealed = 'field is immutable when `immutable` is set';

/** Once immutable, always immutable: until it is deleted. */
function validateImmutable(object: ConfigMap, old: ConfigMap): FieldError[] {
  if (!old.immutable) return [];
  return [
    ...(object.immutable ? [] : [forbidden(fieldPath('immutable'), sealed)]),
    ...(['data', 'binaryData'] as const).flatMap((field) =>
      equalJson(object[field] ?? {}, old[field] ?? {}) ? [] : [forbidden(fieldPath(field), sealed)],
    ),
  ];
}
