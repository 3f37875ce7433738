import apiSchema from '../../api-server/api-schema.json' with { type: 'json' };
import { isObject } from '../../json.ts';
import { unifiedDiff } from '../shared/unified-diff.ts';
import type { PodSpec } from './pod-spec.ts';

/**
 * What changed between two Pod specs, as the server words it when it refuses an update. It prints
 * its internal type (k/k pkg/apis/core): every field, in Go's names and order, set or not.
 */
export function specDiff(old: PodSpec, changed: PodSpec): string {
  return unifiedDiff(linesOf(old), linesOf(changed));
}

const linesOf = (spec: PodSpec): string[] =>
  escapeAsGo(JSON.stringify(internal('core/v1.PodSpec', internalHosts(spec)), null, 1)).split('\n');

/** encoding/json escapes what HTML would mistake for markup. */
const escapeAsGo = (text: string): string =>
  text.replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });

interface Shape {
  readonly go: string;
  readonly kind: string;
  readonly ref?: string;
  readonly elem?: Shape;
}

type Field = Shape & { readonly name: string };

const types = new Map(Object.entries(apiSchema.types as Record<string, readonly Field[]>));

const hostFields = ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'hostUsers'];

/** Internally the use of the host's namespaces is part of the security context. */
function internalHosts(spec: PodSpec): Record<string, unknown> {
  const { ...fields }: Record<string, unknown> = { ...spec };
  const context = isObject(fields.securityContext) ? { ...fields.securityContext } : {};
  const hosts = hostFields.filter((field) => fields[field] !== undefined);
  const withHosts = Object.fromEntries(hosts.map((field) => [field, fields[field]]));
  return { ...fields, securityContext: { ...context, ...withHosts } };
}

function internal(type: string, value: object): Record<string, unknown> {
  const members = new Map(Object.entries(value));
  const out: Record<string, unknown> = {};
  for (const field of fieldsOf(type)) {
    out[goName(field.name)] = internalValue(field, members.get(field.name));
  }
  return out;
}

function internalValue(shape: Shape, value: unknown): unknown {
  if (value === undefined || value === null) return zeroOf(shape);
  if (shape.ref?.startsWith('meta/')) return value;
  if (shape.kind === 'object' && shape.ref && isObject(value)) return internal(shape.ref, value);
  const { elem } = shape;
  if (shape.kind === 'list' && elem && Array.isArray(value)) {
    return value.length === 0 ? null : value.map((item) => internalValue(elem, item));
  }
  return shape.kind === 'map' && isObject(value) ? sortedByKey(value) : value;
}

const sortedByKey = (map: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));

const zeros = new Map<string, unknown>([
  ['string', ''],
  ['bool', false],
  ['int32', 0],
  ['int64', 0],
  ['intOrString', 0],
  ['quantity', '0'],
]);

function zeroOf(shape: Shape): unknown {
  if (shape.go.startsWith('*')) return null;
  if (shape.kind === 'object' && shape.ref) return internal(shape.ref, {});
  return zeros.get(shape.kind) ?? null;
}

/** Where the internal type has its fields in another order than the API's, or more of them. */
const firstFields = new Map<string, readonly string[]>([
  [
    'core/v1.PodSpec',
    `volumes initContainers containers ephemeralContainers restartPolicy
     terminationGracePeriodSeconds activeDeadlineSeconds dnsPolicy nodeSelector serviceAccountName
     automountServiceAccountToken nodeName securityContext imagePullSecrets hostname subdomain
     setHostnameAsFQDN affinity schedulerName tolerations hostAliases priorityClassName priority
     preemptionPolicy dnsConfig readinessGates runtimeClassName overhead enableServiceLinks
     topologySpreadConstraints os schedulingGates resourceClaims resources hostnameOverride
     workloadRef`.split(/\s+/),
  ],
  [
    'core/v1.PodSecurityContext',
    `hostNetwork hostPID hostIPC shareProcessNamespace hostUsers seLinuxOptions windowsOptions
     runAsUser runAsGroup runAsNonRoot supplementalGroups supplementalGroupsPolicy fsGroup
     fsGroupChangePolicy sysctls seccompProfile appArmorProfile seLinuxChangePolicy`.split(/\s+/),
  ],
  [
    'core/v1.Volume',
    `name hostPath emptyDir gcePersistentDisk awsElasticBlockStore gitRepo secret nfs iscsi
     glusterfs persistentVolumeClaim rbd quobyte flexVolume cinder cephfs flocker downwardAPI fc
     azureFile configMap vsphereVolume azureDisk photonPersistentDisk projected portworxVolume
     scaleIO storageos csi ephemeral image`.split(/\s+/),
  ],
]);

const internalFields = new Map<string, readonly Field[]>();

function fieldsOf(type: string): readonly Field[] {
  const known = internalFields.get(type);
  if (known) return known;
  const fields = types.get(type) ?? [];
  const order = firstFields.get(type);
  const ordered = order ? order.map((name) => fieldNamed(fields, name)) : fields;
  internalFields.set(type, ordered);
  return ordered;
}

const hostField = (name: string): Field =>
  name === 'shareProcessNamespace' || name === 'hostUsers'
    ? { name, go: '*bool', kind: 'bool' }
    : { name, go: 'bool', kind: 'bool' };

const fieldNamed = (fields: readonly Field[], name: string): Field =>
  fields.find((field) => field.name === name) ?? hostField(name);

/** Go's names begin with a capital; these differ in more. */
const goNames = new Map(
  `DNSPolicy DNSConfig OS TTY TCPSocket HTTPGet HTTPHeaders GRPC IP UID IQN FSGroup FSType FC
   FSGroupChangePolicy SELinuxOptions SELinuxChangePolicy NFS ISCSI RBD CSI CephFS StorageOS
   GCEPersistentDisk AWSElasticBlockStore ScaleIO APIVersion APIGroup PDName WWIDs
   GMSACredentialSpec GMSACredentialSpecName`
    .split(/\s+/)
    .map((name) => [name.toLowerCase(), name]),
);

const goName = (name: string): string =>
  goNames.get(name.toLowerCase()) ?? name.charAt(0).toUpperCase() + name.slice(1);
