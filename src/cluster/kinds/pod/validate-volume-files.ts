import type { KeyToPath } from 'kubernetes-types/core/v1.js';
import {
  type FieldError,
  type FieldPath,
  forbidden,
  invalid,
  required,
} from '../../api-server/field-error.ts';
import type { Volume } from './pod-spec.ts';
import { validateFieldRef, validateResourceRef, volumePaths } from './validate-field-ref.ts';

/** The files of a volume that is made of keys: their modes and paths. */
export function validateFiles(
  { defaultMode, items = [] }: { defaultMode?: number; items?: KeyToPath[] },
  path: FieldPath,
): FieldError[] {
  return [
    ...validateMode(defaultMode, path.child('defaultMode')),
    ...items.flatMap((item, index) => validateItem(item, path.child('items').index(index))),
  ];
}

const validateItem = ({ key, path: file, mode }: KeyToPath, path: FieldPath): FieldError[] => [
  ...(key ? [] : [required(path.child('key'))]),
  ...validateFilePath(file, path.child('path')),
  ...validateMode(mode, path.child('mode')),
];

function validateFilePath(file: string | undefined, path: FieldPath): FieldError[] {
  if (!file) return [required(path)];
  return [
    ...descendingPath(file, path),
    ...(file.startsWith('..') && !file.startsWith('../')
      ? [invalid(path, file, "must not start with '..'")]
      : []),
  ];
}

const validateMode = (mode: number | undefined, path: FieldPath): FieldError[] =>
  mode !== undefined && (mode > 0o777 || mode < 0)
    ? [invalid(path, mode, 'must be a number between 0 and 0777 (octal), both inclusive')]
    : [];

/** Relative, and never upwards. */
export const descendingPath = (file: string, path: FieldPath): FieldError[] => [
  ...(file.startsWith('/') ? [invalid(path, file, 'must be a relative path')] : []),
  ...withoutBacksteps(file, path),
];

export const withoutBacksteps = (file: string, path: FieldPath): FieldError[] =>
  file.split('/').includes('..') ? [invalid(path, file, "must not contain '..'")] : [];

type DownwardFiles = NonNullable<NonNullable<Volume['downwardAPI']>['items']>;

export function validateDownwardApi({ downwardAPI }: Volume, path: FieldPath): FieldError[] {
  return [
    ...validateMode(downwardAPI?.defaultMode, path.child('defaultMode')),
    ...validateDownwardFiles(downwardAPI?.items ?? [], path),
  ];
}

/** Upstream names the list's owner, not the item. */
const validateDownwardFiles = (files: DownwardFiles, path: FieldPath): FieldError[] =>
  files.flatMap((file) => [
    ...validateFilePath(file.path, path.child('path')),
    ...validateDownwardSource(file, path),
    ...validateMode(file.mode, path.child('mode')),
  ]);

function validateDownwardSource(
  { fieldRef, resourceFieldRef }: DownwardFiles[number],
  path: FieldPath,
): FieldError[] {
  const both = 'fieldRef and resourceFieldRef can not be specified simultaneously';
  if (fieldRef) {
    return [
      ...validateFieldRef(fieldRef, volumePaths, path.child('fieldRef')),
      ...(resourceFieldRef ? [invalid(path, 'resource', both)] : []),
    ];
  }
  return resourceFieldRef
    ? validateResourceRef(resourceFieldRef, true, path.child('resourceFieldRef'))
    : [required(path, 'one of fieldRef and resourceFieldRef is required')];
}

export function validateProjected({ projected }: Volume, path: FieldPath): FieldError[] {
  const sourceErrors = (projected?.sources ?? []).flatMap((source, index) => {
    const at = path.child('sources').index(index);
    const { secret, configMap, downwardAPI, serviceAccountToken: token } = source;
    const given = Object.values(source).filter((value) => value !== undefined);
    return [
      ...(secret ? validateProjectedKeys(secret, at.child('secret')) : []),
      ...(configMap ? validateProjectedKeys(configMap, at.child('configMap')) : []),
      ...(downwardAPI
        ? validateDownwardFiles(downwardAPI.items ?? [], at.child('downwardAPI'))
        : []),
      ...(token ? validateToken(token, at.child('serviceAccountToken')) : []),
      ...(given.length > 1 ? [forbidden(at, 'may not specify more than 1 volume type')] : []),
    ];
  });
  return [...sourceErrors, ...validateMode(projected?.defaultMode, path.child('defaultMode'))];
}

const validateProjectedKeys = (
  { name, items = [] }: { name?: string; items?: KeyToPath[] },
  path: FieldPath,
): FieldError[] => [
  ...(name ? [] : [required(path.child('name'))]),
  ...items.flatMap((item, index) => validateItem(item, path.child('items').index(index))),
];

function validateToken(
  { path: file, expirationSeconds = 3600 }: { path: string; expirationSeconds?: number },
  path: FieldPath,
): FieldError[] {
  const at = path.child('expirationSeconds');
  const errors: FieldError[] = [];
  if (expirationSeconds < 600) {
    errors.push(invalid(at, expirationSeconds, 'may not specify a duration less than 10 minutes'));
  }
  if (expirationSeconds > 2 ** 32) {
    errors.push(
      invalid(at, expirationSeconds, 'may not specify a duration larger than 2^32 seconds'),
    );
  }
  return [
    ...errors,
    ...(file ? descendingPath(file, path.child('path')) : [required(path.child('path'))]),
  ];
}
