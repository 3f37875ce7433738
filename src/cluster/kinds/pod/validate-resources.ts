import type { ResourceRequirements } from 'kubernetes-types/core/v1.js';
import {
  duplicate,
  type FieldError,
  type FieldPath,
  forbidden,
  invalid,
  notFound,
  required,
} from '../../api-server/field-error.ts';
import { validateText } from '../shared/labels.ts';
import { qualifiedName } from '../shared/names.ts';
import { nanoOf } from '../shared/quantity.ts';

/** What a container asks for and may use: known resources, whole where they must be, asked <= used. */
export function validateResources(
  { limits = {}, requests = {}, claims = [] }: ResourceRequirements,
  claimNames: readonly string[],
  path: FieldPath,
): FieldError[] {
  const names = [...Object.keys(limits), ...Object.keys(requests)];
  const hugeAlone =
    names.some(isHugePage) && !names.some((name) => name === 'cpu' || name === 'memory');
  return [
    ...validateAmounts(limits, path.child('limits')),
    ...Object.keys(requests).flatMap((name) => [
      ...validateAmounts({ [name]: requests[name] }, path.child('requests')),
      ...validateAgainstLimit(name, requests, limits, path),
    ]),
    ...(hugeAlone ? [forbidden(path, 'HugePages require cpu or memory')] : []),
    ...validateClaims(
      claims.map((claim) => claim.name),
      claimNames,
      path.child('claims'),
    ),
  ];
}

type Amounts = Readonly<Record<string, unknown>>;

const validateAmounts = (amounts: Amounts, path: FieldPath): FieldError[] =>
  Object.entries(amounts).flatMap(([name, amount]) => [
    ...validateName(name, path.key(name)),
    ...validateAmount(name, String(amount), path.key(name)),
    ...(isHugePage(name) ? validatePages(name, String(amount), path.key(name)) : []),
  ]);

function validateName(name: string, path: FieldPath): FieldError[] {
  const errors = validateText(name, qualifiedName, path);
  const isQualified = name.includes('/');
  if (errors.length === 0 && !isQualified && !isStandard(name)) {
    errors.push(invalid(path, name, 'must be a standard resource type or fully qualified'));
  }
  if (!isQualified && !isForContainers(name)) {
    errors.push(invalid(path, name, 'must be a standard resource for containers'));
  } else if (isQualified && !isNative(name) && !isExtended(name)) {
    errors.push(invalid(path, name, "doesn't follow extended resource name standard"));
  }
  return errors;
}

const whole = 1_000_000_000n;

/** Not negative, and whole for what comes in pieces only (ValidateResourceQuantityValue). */
function validateAmount(name: string, amount: string, path: FieldPath): FieldError[] {
  const nano = nanoOf(amount);
  const negative = nano < 0n ? [invalid(path, amount, 'must be greater than or equal to 0')] : [];
  const fractional = isInteger(name) && nano % whole !== 0n;
  return fractional ? [...negative, invalid(path, amount, 'must be an integer')] : negative;
}

function validatePages(name: string, amount: string, path: FieldPath): FieldError[] {
  const size = nanoOf(name.slice(hugePages.length));
  const nano = nanoOf(amount);
  if (size > 0n && nano >= 0n && nano % size === 0n) return [];
  return [invalid(path, amount, `${amount} is not positive integer multiple of ${name}`)];
}

function validateAgainstLimit(
  name: string,
  requests: Amounts,
  limits: Amounts,
  path: FieldPath,
): FieldError[] {
  const at = path.child('requests');
  const overcommits = isNative(name) && !isHugePage(name);
  if (!Object.hasOwn(limits, name)) {
    const message = 'Limit must be set for non overcommitable resources';
    return overcommits ? [] : [required(path.child('limits'), message)];
  }
  const [asked, most] = [String(requests[name]), String(limits[name])];
  if (nanoOf(asked) !== nanoOf(most) && !overcommits) {
    return [invalid(at, asked, `must be equal to ${name} limit of ${most}`)];
  }
  return nanoOf(asked) > nanoOf(most)
    ? [invalid(at, asked, `must be less than or equal to ${name} limit of ${most}`)]
    : [];
}

function validateClaims(
  claims: readonly string[],
  names: readonly string[],
  path: FieldPath,
): FieldError[] {
  const which = names.length === 0 ? ' which is empty' : `: ${[...names].sort().join(', ')}`;
  return claims.flatMap((name, index) => {
    const at = path.index(index);
    if (!name) return [required(at)];
    if (claims.indexOf(name) < index) return [duplicate(at, name)];
    if (names.includes(name)) return [];
    const error = notFound(at, name);
    const detail = `must be one of the names in pod.spec.resourceClaims${which}`;
    return [{ ...error, message: `${error.message}: ${detail}` }];
  });
}

const hugePages = 'hugepages-';
const forContainers = ['cpu', 'memory', 'ephemeral-storage'];
const standard = new Set([
  ...forContainers,
  ...['cpu', 'memory', 'ephemeral-storage'].flatMap((name) => [
    `requests.${name}`,
    `limits.${name}`,
  ]),
  'pods',
  'services',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'storage',
  'requests.storage',
  'services.nodeports',
  'services.loadbalancers',
]);

const pieces = new Set([
  'pods',
  'services',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]);

const isHugePage = (name: string): boolean => name.startsWith(hugePages);
const isStandard = (name: string): boolean =>
  standard.has(name) || isHugePage(name) || name.startsWith(`requests.${hugePages}`);
const isForContainers = (name: string): boolean => forContainers.includes(name) || isHugePage(name);
const isNative = (name: string): boolean => !name.includes('/') || name.includes('kubernetes.io/');
const isExtended = (name: string): boolean =>
  !isNative(name) &&
  !name.startsWith('requests.') &&
  qualifiedName(`requests.${name}`).length === 0;
const isInteger = (name: string): boolean => pieces.has(name) || isExtended(name);
