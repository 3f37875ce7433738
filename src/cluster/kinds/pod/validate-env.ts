import type { EnvFromSource, EnvVar, EnvVarSource } from 'kubernetes-types/core/v1.js';
import {
  type FieldError,
  type FieldPath,
  invalid,
  required,
} from '../../api-server/field-error.ts';
import { validateText } from '../shared/labels.ts';
import { configKey, dns1123Subdomain, variableName } from '../shared/names.ts';
import { environmentPaths, validateFieldRef, validateResourceRef } from './validate-field-ref.ts';

export const validateEnv = (variables: readonly EnvVar[], path: FieldPath): FieldError[] =>
  variables.flatMap((variable, index) => [
    ...validateVariableName(variable.name, path.index(index).child('name')),
    ...validateValueFrom(variable, path.index(index).child('valueFrom')),
  ]);

const atOnce = 'may not have more than one field specified at a time';

/** Whole ConfigMaps and Secrets as variables. */
export const validateEnvFrom = (sources: readonly EnvFromSource[], path: FieldPath): FieldError[] =>
  sources.flatMap((source, index) => {
    const at = path.index(index);
    const count = [source.configMapRef, source.secretRef].filter(Boolean).length;
    return [
      ...(source.prefix ? validateText(source.prefix, variableName, at.child('prefix')) : []),
      ...validateReference(source.configMapRef, at.child('configMapRef')),
      ...validateReference(source.secretRef, at.child('secretRef')),
      ...(count === 0
        ? [invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`')]
        : []),
      ...(count > 1 ? [invalid(path, '', atOnce)] : []),
    ];
  });

const validateVariableName = (name: string | undefined, path: FieldPath): FieldError[] =>
  name ? validateText(name, variableName, path) : [required(path)];

function validateReference(
  reference: { name?: string } | undefined,
  path: FieldPath,
): FieldError[] {
  if (!reference) return [];
  const at = path.child('name');
  return reference.name ? validateText(reference.name, dns1123Subdomain, at) : [required(at)];
}

type Source = EnvVarSource & { fileKeyRef?: FileKeyRef };

interface FileKeyRef {
  volumeName?: string;
  path?: string;
  key?: string;
}

function validateValueFrom({ value, valueFrom }: EnvVar, path: FieldPath): FieldError[] {
  if (!valueFrom) return [];
  const source: Source = valueFrom;
  const errors = [
    ...(source.fieldRef
      ? validateFieldRef(source.fieldRef, environmentPaths, path.child('fieldRef'))
      : []),
    ...(source.resourceFieldRef
      ? validateResourceRef(source.resourceFieldRef, false, path.child('resourceFieldRef'))
      : []),
    ...validateKeyRef(source.configMapKeyRef, path.child('configMapKeyRef')),
    ...validateKeyRef(source.secretKeyRef, path.child('secretKeyRef')),
    ...validateFileRef(source.fileKeyRef, path.child('fileKeyRef')),
  ];
  return [...errors, ...validateCount(Object.values(source).filter(Boolean).length, value, path)];
}

const sources =
  'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`';

function validateCount(count: number, value: string | undefined, path: FieldPath): FieldError[] {
  if (count === 0) return [invalid(path, '', sources)];
  if (value) return [invalid(path, '', 'may not be specified when `value` is not empty')];
  return count > 1 ? [invalid(path, '', atOnce)] : [];
}

function validateKeyRef(
  reference: { name?: string; key: string } | undefined,
  path: FieldPath,
): FieldError[] {
  if (!reference) return [];
  const { name = '', key } = reference;
  return [
    ...validateText(name, dns1123Subdomain, path.child('name')),
    ...(key ? validateText(key, configKey, path.child('key')) : [required(path.child('key'))]),
  ];
}

function validateFileRef(reference: FileKeyRef | undefined, path: FieldPath): FieldError[] {
  if (!reference) return [];
  const fields = ['volumeName', 'path', 'key'] as const;
  return fields.flatMap((field) => (reference[field] ? [] : [required(path.child(field))]));
}
