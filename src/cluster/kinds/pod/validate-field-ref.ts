import type { ObjectFieldSelector, ResourceFieldSelector } from 'kubernetes-types/core/v1.js';
import {
  type FieldError,
  type FieldPath,
  invalid,
  notSupported,
  required,
} from '../../api-server/field-error.ts';
import { validateText } from '../shared/labels.ts';
import { qualifiedName } from '../shared/names.ts';
import { canonicalQuantity, nanoOf } from '../shared/quantity.ts';

/** What of its own Pod an environment variable may show. */
export const environmentPaths: readonly string[] = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

/** What of its own Pod a file in a volume may show. */
export const volumePaths: readonly string[] = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
];

/** All that the downward API knows by name, under v1. */
const knownPaths = new Set([
  ...environmentPaths,
  ...volumePaths,
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
  'status.nominatedNodeName',
]);

/** The old name of a field, which is converted before it is checked. */
const internalPath = (path: string): string => (path === 'spec.host' ? 'spec.nodeName' : path);

export function validateFieldRef(
  { apiVersion, fieldPath: given }: ObjectFieldSelector,
  allowed: readonly string[],
  path: FieldPath,
): FieldError[] {
  if (!apiVersion) return [required(path.child('apiVersion'))];
  const at = path.child('fieldPath');
  if (!given) return [required(at)];
  const unconverted = conversionError(apiVersion, given);
  if (unconverted) return [invalid(at, given, `error converting fieldPath: ${unconverted}`)];
  const subscript = subscriptOf(given);
  if (subscript) return validateSubscript(subscript.field, subscript.key, path);
  const field = internalPath(given);
  return allowed.includes(field) ? [] : [notSupported(at, field, allowed)];
}

/** `metadata.labels['app']`: the field and the key (fieldpath SplitMaybeSubscriptedPath). */
function subscriptOf(path: string): { readonly field: string; readonly key: string } | undefined {
  const open = path.indexOf("['");
  if (open < 1 || !path.endsWith("']") || open + 2 > path.length - 2) return undefined;
  return { field: path.slice(0, open), key: path.slice(open + 2, -2) };
}

function conversionError(apiVersion: string, given: string): string | undefined {
  if (apiVersion !== 'v1') return `unsupported pod version: ${apiVersion}`;
  const subscript = subscriptOf(given);
  if (!subscript) {
    return knownPaths.has(internalPath(given)) ? undefined : `field label not supported: ${given}`;
  }
  const takes = ['metadata.annotations', 'metadata.labels'].includes(subscript.field);
  return takes ? undefined : `field label does not support subscript: ${given}`;
}

function validateSubscript(field: string, key: string, path: FieldPath): FieldError[] {
  const text = field === 'metadata.annotations' ? key.toLowerCase() : key;
  return validateText(text, qualifiedName, path);
}

const measures = ['cpu', 'ephemeral-storage', 'memory'];
const resources = ['limits', 'requests'].flatMap((list) =>
  measures.map((measure) => `${list}.${measure}`),
);

export function validateResourceRef(
  { containerName, resource, divisor }: ResourceFieldSelector,
  inVolume: boolean,
  path: FieldPath,
): FieldError[] {
  return [
    ...validateResource(containerName, resource, inVolume, path),
    ...validateDivisor(resource, String(divisor ?? '0'), path.child('divisor')),
  ];
}

function validateResource(
  containerName: string | undefined,
  resource: string,
  inVolume: boolean,
  path: FieldPath,
): FieldError[] {
  if (inVolume && !containerName) return [required(path.child('containerName'))];
  if (!resource) return [required(path.child('resource'))];
  const known = resources.includes(resource) || /^(limits|requests)\.hugepages-/.test(resource);
  return known ? [] : [notSupported(path.child('resource'), resource, resources)];
}

const byteDivisors = '1 1k 1M 1G 1T 1P 1E 1Ki 1Mi 1Gi 1Ti 1Pi 1Ei'.split(' ');
const ofBytes = (what: string) => ({
  allowed: byteDivisors,
  message: `only divisor's values ${byteDivisors.join(', ')} are supported with the ${what} resource`,
});

const divisors = new Map([
  [
    'cpu',
    {
      allowed: ['1m', '1'],
      message: "only divisor's values 1m and 1 are supported with the cpu resource",
    },
  ],
  ['memory', ofBytes('memory')],
  ['ephemeral-storage', ofBytes('local ephemeral storage')],
  ['hugepages', ofBytes('hugepages')],
]);

function validateDivisor(resource: string, divisor: string, path: FieldPath): FieldError[] {
  if (nanoOf(divisor) === 0n) return [];
  const measure = /^(?:limits|requests)\.(hugepages(?=-)|.*)/.exec(resource ?? '')?.[1] ?? '';
  const rule = divisors.get(measure);
  if (!rule || rule.allowed.includes(canonicalQuantity(divisor))) return [];
  return [invalid(path, resource, rule.message)];
}
