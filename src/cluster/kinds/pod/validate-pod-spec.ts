import {
  type FieldError,
  type FieldPath,
  forbidden,
  invalid,
  notSupported,
  required,
} from '../../api-server/field-error.ts';
import { validateLabels, validateText } from '../shared/labels.ts';
import { dns1123Label, dns1123Subdomain, inRange, qualifiedName } from '../shared/names.ts';
import type { PodSpec } from './pod-spec.ts';
import { validateAffinity } from './validate-affinity.ts';
import {
  oneOf,
  validateContainers,
  validateEphemeralContainers,
  validateInitContainers,
} from './validate-containers.ts';
import {
  validateDnsConfig,
  validateDnsPolicy,
  validateHostAliases,
} from './validate-name-resolution.ts';
import {
  validateSchedulingGates,
  validateTolerations,
  validateTopologySpread,
} from './validate-scheduling.ts';
import { validatePodSecurity } from './validate-security.ts';
import { validateVolumes } from './validate-volumes.ts';

/** core ValidatePodSpec, for Pods and templates alike, in upstream's order. */
export function validatePodSpec(spec: PodSpec, path: FieldPath, isPod: boolean): FieldError[] {
  const { usable, errors } = validateVolumes(spec.volumes ?? [], path.child('volumes'));
  const around = { spec, volumes: usable };
  return [
    ...errors,
    ...validateContainers(around, path.child('containers')),
    ...validateInitContainers(around, path.child('initContainers')),
    ...validateEphemeralContainers(around, path.child('ephemeralContainers')),
    ...validateHostNetworkPorts(spec, path.child('containers'), isPod),
    ...oneOf(spec.restartPolicy, restartPolicies, path.child('restartPolicy')),
    ...validateDnsPolicy(spec.dnsPolicy ?? '', path.child('dnsPolicy')),
    ...validateLabels(spec.nodeSelector, path.child('nodeSelector')),
    ...validatePodSecurity(spec, path.child('securityContext')),
    ...validateAffinity(spec.affinity, path.child('affinity')),
    ...validateDnsConfig(spec.dnsConfig, spec.dnsPolicy, path.child('dnsConfig')),
    ...validateReadinessGates(spec, path.child('readinessGates')),
    ...validateSchedulingGates(spec.schedulingGates ?? [], path.child('schedulingGates')),
    ...validateTopologySpread(
      spec.topologySpreadConstraints ?? [],
      path.child('topologySpreadConstraints'),
    ),
    ...validateHostUsers(spec, path),
    ...validateNames(spec, path),
    ...validateTolerations(spec.tolerations ?? [], path.child('tolerations')),
    ...validateHostAliases(spec.hostAliases ?? [], path.child('hostAliases')),
    ...validateClasses(spec, path),
  ];
}

const restartPolicies = ['Always', 'OnFailure', 'Never'];

/** In the node's network a port is the node's port. */
function validateHostNetworkPorts(spec: PodSpec, path: FieldPath, isPod: boolean): FieldError[] {
  if (!spec.hostNetwork) return [];
  const message = 'must match `containerPort` when `hostNetwork` is true';
  return spec.containers.flatMap(({ ports = [] }, container) =>
    ports.flatMap(({ hostPort = 0, containerPort }, index) => {
      if (hostPort === containerPort || (!isPod && hostPort === 0)) return [];
      const at = path.index(container).child('ports').index(index);
      return [invalid(at.child('hostPort'), hostPort, message)];
    }),
  );
}

const validateReadinessGates = ({ readinessGates = [] }: PodSpec, path: FieldPath): FieldError[] =>
  readinessGates.flatMap(({ conditionType }, index) =>
    validateText(conditionType ?? '', qualifiedName, path.index(index).child('conditionType')),
  );

/** Users of its own do not go with the namespaces of the host. */
function validateHostUsers(spec: PodSpec, path: FieldPath): FieldError[] {
  if (spec.hostUsers !== false) return [];
  const shared = [
    ['hostNetwork', spec.hostNetwork],
    ['HostPID', spec.hostPID],
    ['HostIPC', spec.hostIPC],
  ] as const;
  return shared.flatMap(([field, isShared]) =>
    isShared ? [forbidden(path.child(field), 'when `pod.Spec.HostUsers` is false')] : [],
  );
}

function validateNames(spec: PodSpec, path: FieldPath): FieldError[] {
  const named = [
    ['serviceAccountName', dns1123Subdomain],
    ['nodeName', dns1123Subdomain],
  ] as const;
  const labels = [
    ['hostname', dns1123Label],
    ['subdomain', dns1123Label],
  ] as const;
  const check = ([field, rule]: (typeof named | typeof labels)[number]): FieldError[] => {
    const name = spec[field];
    return name ? validateText(name, rule, path.child(field)) : [];
  };
  return [...named.flatMap(check), ...validateDeadline(spec, path), ...labels.flatMap(check)];
}

function validateDeadline({ activeDeadlineSeconds: seconds }: PodSpec, path: FieldPath) {
  if (seconds === undefined) return [];
  const at = path.child('activeDeadlineSeconds');
  return inRange(seconds, 1, 2147483647).map((message) => invalid(at, seconds, message));
}

const preemptionPolicies = ['PreemptLowerPriority', 'Never'];
const systems = ['linux', 'windows'];

function validateClasses(spec: PodSpec, path: FieldPath): FieldError[] {
  const { preemptionPolicy: policy, os } = spec;
  return [
    ...(['priorityClassName', 'runtimeClassName'] as const).flatMap((field) => {
      const name = spec[field];
      return name ? validateText(name, dns1123Subdomain, path.child(field)) : [];
    }),
    ...(policy === undefined
      ? []
      : oneOf(policy, preemptionPolicies, path.child('preemptionPolicy'))),
    ...(os ? validateSystem(os.name, path.child('os')) : []),
  ];
}

function validateSystem(name: string, path: FieldPath): FieldError[] {
  if (!name) return [required(path.child('name'), 'cannot be empty')];
  return systems.includes(name) ? [] : [notSupported(path, name, systems)];
}
