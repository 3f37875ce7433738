import { type FieldError, fieldPath, invalid } from '../../api-server/field-error.ts';
import { parseIp } from '../shared/ip.ts';
import { hasSelector, type ServiceObject, type ServiceSpec, sameList, specOf } from './traits.ts';
import { validateClusterIps } from './validate-cluster-ips.ts';

const spec_ = fieldPath('spec');
const policyPath = spec_.child('ipFamilyPolicy');
const families = { primary: 'IPv4', other: 'IPv6' } as const;

/**
 * Settles ipFamilyPolicy and ipFamilies on a cluster that has IPv4 only (alloc.go
 * initIPFamilyFields). Errors here are the only ones of the request.
 */
export function settleIpFamilies(
  service: ServiceObject,
  old: ServiceObject | undefined,
): readonly FieldError[] {
  const spec = specOf(service);
  const before = old && specOf(old);
  if (spec.type === 'ExternalName' || unchangedPreference(spec, before)) return [];
  settlePolicy(spec, before);
  const malformed = validateClusterIps(spec, before);
  if (malformed.length > 0) return malformed;
  const contradictions = [
    ...(before ? releaseSecond(spec, before) : []),
    ...singleStackErrors(spec),
    ...inferFamilies(spec),
  ];
  if (contradictions.length > 0) return contradictions;
  return spec.clusterIP === 'None' && !hasSelector(spec) ? anyFamilies(spec) : ownFamilies(spec);
}

/** A Service that prefers two families is left as it is when the cluster has changed under it. */
function unchangedPreference(spec: ServiceSpec, before: ServiceSpec | undefined): boolean {
  return (
    before !== undefined &&
    spec.ipFamilyPolicy === 'PreferDualStack' &&
    spec.type === before.type &&
    (before.ipFamilyPolicy ?? 'PreferDualStack') === 'PreferDualStack' &&
    sameList(spec.clusterIPs, before.clusterIPs) &&
    sameList(spec.ipFamilies, before.ipFamilies)
  );
}

function settlePolicy(spec: ServiceSpec, before: ServiceSpec | undefined): void {
  const alone = spec.clusterIP === 'None' && !hasSelector(spec);
  spec.ipFamilyPolicy ??= before?.ipFamilyPolicy ?? (alone ? 'RequireDualStack' : 'SingleStack');
}

function releaseSecond(spec: ServiceSpec, before: ServiceSpec): readonly FieldError[] {
  const { clusterIPs = [], ipFamilies = [] } = spec;
  if (spec.ipFamilyPolicy === 'SingleStack') {
    if (sameList(clusterIPs, before.clusterIPs)) spec.clusterIPs = clusterIPs.slice(0, 1);
    if (sameList(ipFamilies, before.ipFamilies)) spec.ipFamilies = ipFamilies.slice(0, 1);
    return [];
  }
  const fewer = (now: readonly string[], then: readonly string[] = []): boolean =>
    now.length > 0 && now.length < then.length;
  const refuse = (what: string): FieldError =>
    invalid(
      policyPath,
      spec.ipFamilyPolicy,
      `must be 'SingleStack' to release the secondary ${what}`,
    );
  return [
    ...(fewer(clusterIPs, before.clusterIPs) ? [refuse('cluster IP')] : []),
    ...(fewer(ipFamilies, before.ipFamilies) ? [refuse('IP family')] : []),
  ];
}

function singleStackErrors(spec: ServiceSpec): readonly FieldError[] {
  if (spec.ipFamilyPolicy !== 'SingleStack') return [];
  const refuse = (what: string): FieldError =>
    invalid(
      policyPath,
      spec.ipFamilyPolicy,
      `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${what} are specified`,
    );
  return [
    ...(spec.clusterIPs?.length === 2 ? [refuse('cluster IPs')] : []),
    ...(spec.ipFamilies?.length === 2 ? [refuse('IP families')] : []),
  ];
}

/** An address says its family, unless the author did. */
function inferFamilies(spec: ServiceSpec): readonly FieldError[] {
  const errors: FieldError[] = [];
  for (const [index, ip] of (spec.clusterIPs ?? []).entries()) {
    if (ip === 'None') break;
    if (index < (spec.ipFamilies?.length ?? 0)) continue;
    const family = parseIp(ip)?.family ?? families.primary;
    if (family === families.primary) spec.ipFamilies = [...(spec.ipFamilies ?? []), family];
    else {
      const path = spec_.child('clusterIPs').index(index);
      errors.push(invalid(path, spec.clusterIPs, `${family} is not configured on this cluster`));
    }
  }
  return errors;
}

/** Headless without a selector: endpoints are the author's own, so any family will do. */
function anyFamilies(spec: ServiceSpec): readonly FieldError[] {
  const given = spec.ipFamilies?.length ? spec.ipFamilies : [families.primary];
  const wantsOther = given.length < 2 && spec.ipFamilyPolicy !== 'SingleStack';
  const other = given[0] === families.primary ? families.other : families.primary;
  spec.ipFamilies = wantsOther ? [...given, other] : given;
  return [];
}

function ownFamilies(spec: ServiceSpec): readonly FieldError[] {
  const path = spec_.child('ipFamilies');
  const errors = (spec.ipFamilies ?? []).flatMap((family, index) =>
    family === families.primary
      ? []
      : [invalid(path.index(index), family, 'not configured on this cluster')],
  );
  if (spec.ipFamilyPolicy === 'RequireDualStack') {
    const detail = 'this cluster is not configured for dual-stack services';
    errors.unshift(invalid(policyPath, spec.ipFamilyPolicy, detail));
  }
  if (errors.length === 0 && !spec.ipFamilies?.length) spec.ipFamilies = [families.primary];
  return errors;
}
