import {
  duplicate,
  type FieldError,
  fieldPath,
  invalid,
  notSupported,
  required,
} from '../../api-server/field-error.ts';
import { parseIp } from '../shared/ip.ts';
import { ipErrors } from '../shared/ip-validation.ts';
import { isHeadless, type ServiceSpec } from './traits.ts';

const spec_ = fieldPath('spec');
const clusterIpsPath = spec_.child('clusterIPs');
const familiesPath = spec_.child('ipFamilies');
const policyPath = spec_.child('ipFamilyPolicy');

/**
 * clusterIP, clusterIPs, ipFamilies and ipFamilyPolicy by themselves and against one another
 * (core validation.ValidateServiceClusterIPsRelatedFields). It also runs before allocation.
 */
export function validateClusterIps(spec: ServiceSpec, before?: ServiceSpec): readonly FieldError[] {
  if (spec.type === 'ExternalName') return [];
  const first = [
    ...singularAndPlural(spec),
    ...familyErrors(spec.ipFamilies ?? []),
    ...policyErrors(spec.ipFamilyPolicy),
  ];
  const addresses = addressErrors(spec.clusterIPs ?? [], before?.clusterIPs ?? []);
  const all = [...first, ...addresses.errors];
  if ((spec.clusterIPs?.length ?? 0) > 2) {
    all.push(invalid(clusterIpsPath, spec.clusterIPs, 'may only hold up to 2 values'));
  }
  return addresses.unusable ? all : [...all, ...stackErrors(spec), ...familyMatchErrors(spec)];
}

function singularAndPlural({ clusterIP = '', clusterIPs = [] }: ServiceSpec): FieldError[] {
  if (clusterIP === '') {
    const detail = 'must be empty when `clusterIP` is not specified';
    return clusterIPs.length > 0 ? [invalid(clusterIpsPath, clusterIPs, detail)] : [];
  }
  if (clusterIPs.length === 0) return [required(clusterIpsPath)];
  if (clusterIPs[0] === clusterIP) return [];
  return [invalid(clusterIpsPath, clusterIPs, 'first value must match `clusterIP`')];
}

const families: readonly string[] = ['IPv4', 'IPv6'];
const policies = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];

function familyErrors(given: readonly string[]): FieldError[] {
  return given.flatMap((family, index) => [
    ...(families.includes(family)
      ? []
      : [notSupported(familiesPath.index(index), family, families)]),
    ...(given.indexOf(family) < index ? [duplicate(familiesPath.index(index), family)] : []),
  ]);
}

const policyErrors = (policy: string | undefined): FieldError[] =>
  policy === undefined || policies.includes(policy)
    ? []
    : [notSupported(policyPath, policy, policies)];

function addressErrors(
  ips: readonly string[],
  existing: readonly string[],
): { errors: FieldError[]; unusable: boolean } {
  const errors = ips.flatMap((ip, index): readonly FieldError[] => {
    if (index > 0 || ip !== 'None') {
      return existing.includes(ip) ? [] : ipErrors(clusterIpsPath.index(index), ip);
    }
    const detail = "'None' must be the first and only value";
    return ips.length > 1 ? [invalid(clusterIpsPath, ips, detail)] : [];
  });
  return { errors, unusable: errors.length > 0 };
}

function stackErrors({ clusterIPs = [] }: ServiceSpec): FieldError[] {
  if (clusterIPs.length < 2) return [];
  const kinds = new Set(clusterIPs.map((ip) => parseIp(ip)?.family));
  const dualStack = kinds.size === 2 && clusterIPs.length === 2;
  const detail = 'may specify no more than one IP for each IP family';
  return dualStack ? [] : [invalid(clusterIpsPath, clusterIPs, detail)];
}

function familyMatchErrors(spec: ServiceSpec): FieldError[] {
  if (isHeadless(spec)) return [];
  return (spec.clusterIPs ?? []).flatMap((ip, index) => {
    const family = spec.ipFamilies?.[index];
    if (family === undefined || !families.includes(family)) return [];
    if (parseIp(ip)?.family === family) return [];
    const detail = `expected an ${family} value as indicated by \`ipFamilies[${index}]\``;
    return [invalid(clusterIpsPath.index(index), ip, detail)];
  });
}
