import type {
  AppArmorProfile,
  PodSecurityContext,
  SeccompProfile,
  SecurityContext,
} from 'kubernetes-types/core/v1.js';
import {
  duplicate,
  type FieldError,
  type FieldPath,
  invalid,
  notSupported,
  required,
} from '../../api-server/field-error.ts';
import { userId } from '../shared/names.ts';
import type { PodSpec } from './pod-spec.ts';
import { descendingPath } from './validate-volume-files.ts';

/** What a Pod as a whole may do. */
export function validatePodSecurity(
  { securityContext: context = {}, hostPID, shareProcessNamespace }: PodSpec,
  path: FieldPath,
): FieldError[] {
  const { supplementalGroups = [], sysctls = [] } = context;
  const { fsGroupChangePolicy: policy } = context;
  const share = path.child('shareProcessNamespace');
  return [
    ...validateIds(context, ['fsGroup', 'runAsUser', 'runAsGroup'], path),
    ...supplementalGroups.flatMap((id, index) =>
      idErrors(id, path.child('supplementalGroups').index(index)),
    ),
    ...(shareProcessNamespace && hostPID
      ? [invalid(share, true, 'ShareProcessNamespace and HostPID cannot both be enabled')]
      : []),
    ...validateSysctls(sysctls, path.child('sysctls')),
    ...(policy === undefined || changePolicies.includes(policy)
      ? []
      : [notSupported(path.child('fsGroupChangePolicy'), policy, changePolicies)]),
    ...validateSeccomp(context.seccompProfile, path.child('seccompProfile')),
    ...validateAppArmor(context.appArmorProfile, path.child('appArmorProfile')),
  ];
}

/** What one container may do. */
export function validateContainerSecurity(
  context: SecurityContext | undefined,
  hostUsers: boolean,
  path: FieldPath,
): FieldError[] {
  if (!context) return [];
  return [
    ...validateIds(context, ['runAsUser', 'runAsGroup'], path),
    ...validateProcMount(context.procMount, hostUsers, path.child('procMount')),
    ...validateSeccomp(context.seccompProfile, path.child('seccompProfile')),
    ...validateEscalation(context, path),
    ...validateAppArmor(context.appArmorProfile, path.child('appArmorProfile')),
  ];
}

const changePolicies = ['Always', 'OnRootMismatch'];

const idErrors = (id: number, path: FieldPath): FieldError[] =>
  userId(id).map((message) => invalid(path, id, message));

function validateIds<F extends keyof PodSecurityContext>(
  context: Pick<PodSecurityContext, F>,
  fields: readonly F[],
  path: FieldPath,
): FieldError[] {
  return fields.flatMap((field) => {
    const id = context[field];
    return typeof id === 'number' ? idErrors(id, path.child(field)) : [];
  });
}

const sysctlShape = '([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const sysctl = new RegExp(`^${sysctlShape}$`);

function validateSysctls(
  sysctls: NonNullable<PodSecurityContext['sysctls']>,
  path: FieldPath,
): FieldError[] {
  return sysctls.flatMap(({ name }, index) => {
    const at = path.index(index).child('name');
    if (!name) return [required(at)];
    if (name.length > 253 || !sysctl.test(name)) {
      const message = `must have at most 253 characters and match regex ^${sysctlShape}$`;
      return [invalid(at, name, message)];
    }
    const repeated = sysctls.slice(0, index).some((other) => other.name === name);
    return repeated ? [duplicate(at, name)] : [];
  });
}

const profileTypes = ['Localhost', 'RuntimeDefault', 'Unconfined'];

function validateSeccomp(profile: SeccompProfile | undefined, path: FieldPath): FieldError[] {
  if (!profile) return [];
  const { type, localhostProfile } = profile;
  const at = path.child('localhostProfile');
  const errors = validateType(type, 'type is required when seccompProfile is set', path);
  if (type !== 'Localhost') {
    const message = 'can only be set when seccomp type is Localhost';
    const value = { Type: type, LocalhostProfile: localhostProfile };
    return localhostProfile === undefined ? errors : [...errors, invalid(at, value, message)];
  }
  return localhostProfile === undefined
    ? [...errors, required(at, 'must be set when seccomp type is Localhost')]
    : [...errors, ...descendingPath(localhostProfile, at)];
}

function validateAppArmor(profile: AppArmorProfile | undefined, path: FieldPath): FieldError[] {
  if (!profile) return [];
  const { type, localhostProfile } = profile;
  const at = path.child('localhostProfile');
  if (type === 'Localhost') {
    if (localhostProfile) return [];
    return [required(at, 'must be set when AppArmor type is Localhost')];
  }
  const errors = validateType(type, 'type is required when appArmorProfile is set', path);
  if (errors.length > 0 || localhostProfile === undefined) return errors;
  return [invalid(at, localhostProfile, 'can only be set when AppArmor type is Localhost')];
}

function validateType(type: string | undefined, missing: string, path: FieldPath): FieldError[] {
  if (!type) return [required(path.child('type'), missing)];
  return profileTypes.includes(type) ? [] : [notSupported(path.child('type'), type, profileTypes)];
}

const procMounts = ['Default', 'Unmasked'];

function validateProcMount(
  mount: string | undefined,
  hostUsers: boolean,
  path: FieldPath,
): FieldError[] {
  if (mount === undefined) return [];
  if (!procMounts.includes(mount)) return [notSupported(path, mount, procMounts)];
  return hostUsers && mount === 'Unmasked'
    ? [invalid(path, mount, '`hostUsers` must be false to use `Unmasked`')]
    : [];
}

function validateEscalation(context: SecurityContext, path: FieldPath): FieldError[] {
  if (context.allowPrivilegeEscalation !== false) return [];
  const refused = 'cannot set `allowPrivilegeEscalation` to false and';
  const isAdmin = context.capabilities?.add?.includes('CAP_SYS_ADMIN');
  return [
    ...(context.privileged ? [invalid(path, context, `${refused} \`privileged\` to true`)] : []),
    ...(isAdmin ? [invalid(path, context, `${refused} \`capabilities.Add\` CAP_SYS_ADMIN`)] : []),
  ];
}
