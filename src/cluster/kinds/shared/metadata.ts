import type { ObjectMeta, OwnerReference } from 'kubernetes-types/meta/v1.js';
import {
  type FieldError,
  type FieldPath,
  fieldPath,
  forbidden,
  invalid,
  required,
  tooLong,
} from '../../api-server/field-error.ts';
import type { KubeObject } from '../../objects.ts';
import { validateLabels, validateText } from './labels.ts';
import {
  asPrefix,
  dns1123Label,
  dns1123Subdomain,
  qualifiedName,
  type TextCheck,
  utf8Length,
} from './names.ts';

/** What a kind asks of its objects' metadata. */
export interface MetadataRules {
  /** How its objects may be called; RFC 1123 subdomains unless said otherwise. */
  readonly name?: TextCheck;
  readonly namespaced?: boolean;
}

/** apimachinery ValidateObjectMeta: the first of every kind's checks. */
export function validateMetadata(
  { metadata }: KubeObject,
  { name = dns1123Subdomain, namespaced = true }: MetadataRules = {},
): FieldError[] {
  const path = fieldPath('metadata');
  return [
    ...validateNames(metadata, name, path),
    ...validateNamespace(metadata.namespace, namespaced, path.child('namespace')),
    ...validateLabels(metadata.labels, path.child('labels')),
    ...validateAnnotations(metadata.annotations, path.child('annotations')),
    ...validateOwners(metadata.ownerReferences ?? [], path.child('ownerReferences')),
    ...validateFinalizers(metadata.finalizers ?? [], path.child('finalizers')),
  ];
}

/** Keys are compared without their case; all keys and values together have a bound. */
export function validateAnnotations(
  annotations: ObjectMeta['annotations'],
  path: FieldPath,
): FieldError[] {
  const entries = Object.entries(annotations ?? {});
  const size = entries.reduce((sum, entry) => sum + utf8Length(entry.join('')), 0);
  const most = 256 * 1024;
  return [
    ...entries.flatMap(([key]) =>
      qualifiedName(key.toLowerCase()).map((message) => invalid(path, key, message)),
    ),
    ...(size > most ? [tooLong(path, most)] : []),
  ];
}

function validateNames(
  { name, generateName }: ObjectMeta,
  check: TextCheck,
  path: FieldPath,
): FieldError[] {
  return [
    ...(generateName
      ? validateText(generateName, asPrefix(check), path.child('generateName'))
      : []),
    ...(name
      ? validateText(name, check, path.child('name'))
      : [required(path.child('name'), 'name or generateName is required')]),
  ];
}

function validateNamespace(
  namespace: string | undefined,
  namespaced: boolean,
  path: FieldPath,
): FieldError[] {
  if (!namespaced) return namespace ? [forbidden(path, 'not allowed on this type')] : [];
  return namespace ? validateText(namespace, dns1123Label, path) : [required(path)];
}

const ownerFields = [
  ['apiVersion', 'version must not be empty'],
  ['kind', 'must not be empty'],
  ['name', 'must not be empty'],
  ['uid', 'must not be empty'],
] as const;

export function validateOwners(owners: readonly OwnerReference[], path: FieldPath): FieldError[] {
  const errors = owners.flatMap((owner) =>
    ownerFields.flatMap(([field, message]) =>
      owner[field] ? [] : [invalid(path.child(field), '', message)],
    ),
  );
  const controllers = owners.filter((owner) => owner.controller);
  const [first, second] = controllers;
  if (!first || !second) return errors;
  const message = `Only one reference can have Controller set to true. Found "true" in references for ${first.name} and ${second.name}`;
  return [...errors, invalid(path, owners, message)];
}

const standardFinalizers = ['kubernetes', 'orphan', 'foregroundDeletion'];

function validateFinalizers(finalizers: readonly string[], path: FieldPath): FieldError[] {
  const clash = finalizers.includes('orphan') && finalizers.includes('foregroundDeletion');
  return [
    ...finalizers.flatMap((name) => validateText(name, qualifiedName, path)),
    ...(clash
      ? [invalid(path, finalizers, 'finalizer orphan and foregroundDeletion cannot be both set')]
      : []),
    ...finalizers.flatMap((name, index) =>
      name.includes('/') || standardFinalizers.includes(name)
        ? []
        : [
            invalid(
              path.index(index),
              name,
              'name is neither a standard finalizer name nor is it fully qualified',
            ),
          ],
    ),
  ];
}
