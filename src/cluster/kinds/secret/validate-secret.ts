import {
  type FieldError,
  fieldPath,
  forbidden,
  invalid,
  required,
  tooLong,
} from '../../api-server/field-error.ts';
import { equalJson, isObject } from '../../json.ts';
import type { ResourceTypes } from '../../objects.ts';
import { base64Size, largestData } from '../shared/data-size.ts';
import { validateText } from '../shared/labels.ts';
import { validateMetadata } from '../shared/metadata.ts';
import { configKey } from '../shared/names.ts';

type Secret = ResourceTypes['secrets'];

const dataPath = fieldPath('data');

/** core ValidateSecret: its keys, its size, and what its type promises to readers. */
export function validateSecret(object: Secret): FieldError[] {
  const { data = {}, type = '' } = object;
  const size = Object.values(data).reduce((sum, value) => sum + base64Size(value), 0);
  return [
    ...validateMetadata(object),
    ...Object.keys(data).flatMap((key) => validateText(key, configKey, dataPath.key(key))),
    ...(size > largestData ? [tooLong(dataPath, largestData)] : []),
    ...(promises.get(type)?.(object) ?? []),
  ];
}

const sealed = 'field is immutable when `immutable` is set';

export function validateSecretUpdate(object: Secret, old: Secret): FieldError[] {
  const typePath = fieldPath('type');
  const retyped = (object.type ?? '') !== (old.type ?? '');
  const errors = retyped ? [invalid(typePath, object.type ?? '', 'field is immutable')] : [];
  if (!old.immutable) return errors;
  return [
    ...errors,
    ...(object.immutable ? [] : [forbidden(fieldPath('immutable'), sealed)]),
    ...(equalJson(object.data ?? {}, old.data ?? {}) ? [] : [forbidden(dataPath, sealed)]),
  ];
}

const account = 'kubernetes.io/service-account.name';

const promises = new Map<string, (secret: Secret) => FieldError[]>([
  [
    'kubernetes.io/service-account-token',
    ({ metadata }) =>
      metadata.annotations?.[account]
        ? []
        : [required(fieldPath('metadata').child('annotations').key(account))],
  ],
  ['kubernetes.io/dockercfg', (secret) => jsonUnder('.dockercfg', secret)],
  ['kubernetes.io/dockerconfigjson', (secret) => jsonUnder('.dockerconfigjson', secret)],
  ['kubernetes.io/basic-auth', basicAuth],
  [
    'kubernetes.io/ssh-auth',
    ({ data }) => (data?.['ssh-privatekey'] ? [] : [required(dataPath.key('ssh-privatekey'))]),
  ],
  ['kubernetes.io/tls', (secret) => ['tls.crt', 'tls.key'].flatMap((key) => missing(key, secret))],
]);

const missing = (key: string, { data = {} }: Secret): FieldError[] =>
  Object.hasOwn(data, key) ? [] : [required(dataPath.key(key))];

function basicAuth(secret: Secret): FieldError[] {
  const errors = ['username', 'password'].flatMap((key) => missing(key, secret));
  return errors.length === 2 ? errors : [];
}

function jsonUnder(key: string, secret: Secret): FieldError[] {
  const errors = missing(key, secret);
  if (errors.length > 0) return errors;
  const fault = jsonFault(Buffer.from(secret.data?.[key] ?? '', 'base64').toString('utf8'));
  return fault ? [invalid(dataPath.key(key), '<secret contents redacted>', fault)] : [];
}

/** What Go's encoding/json says of a text that should be an object. */
function jsonFault(text: string): string | undefined {
  if (text.trim() === '') return 'unexpected end of JSON input';
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value) || value === null) return undefined;
    const kind = Array.isArray(value)
      ? 'array'
      : typeof value === 'boolean'
        ? 'bool'
        : typeof value;
    return `json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`;
  } catch {
    return firstWrongCharacter(text);
  }
}

function firstWrongCharacter(text: string): string {
  const start = text.trimStart().charAt(0);
  if ('{["-0123456789tfn'.includes(start)) return 'unexpected end of JSON input';
  return `invalid character '${start}' looking for beginning of value`;
}
