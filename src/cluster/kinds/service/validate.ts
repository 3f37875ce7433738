import {
  type FieldError,
  fieldPath,
  forbidden,
  invalid,
  notSupported,
  required,
} from '../../api-server/field-error.ts';
import { cidrErrors, ipErrors, specialIpErrors } from '../shared/ip-validation.ts';
import { validateLabels, validateText } from '../shared/labels.ts';
import { validateMetadata } from '../shared/metadata.ts';
import { dns1035Label, dns1123Subdomain, portNumber, qualifiedName } from '../shared/names.ts';
import {
  externallyAccessible,
  isHeadless,
  needsHealthCheck,
  type ServiceObject,
  type ServiceSpec,
  specOf,
} from './traits.ts';
import { validateClusterIps } from './validate-cluster-ips.ts';
import { validateEachPort, validatePortsTogether } from './validate-ports.ts';

/** All that is wrong with a Service, in upstream's order (core validation.validateService). */
export function validateService(
  service: ServiceObject,
  old?: ServiceObject,
): readonly FieldError[] {
  const spec = specOf(service);
  const before = old && specOf(old);
  return [
    ...validateMetadata(service, { name: old ? () => [] : dns1035Label }),
    ...topologyAnnotations(service),
    ...rules.flatMap((rule) => rule(spec, service, before)),
  ];
}

/** `before` is there on an update: addresses that stood are not judged by today's rules. */
type Rule = (
  spec: ServiceSpec,
  service: ServiceObject,
  before: ServiceSpec | undefined,
) => readonly FieldError[];

const at = (...names: readonly string[]) => fieldPath('spec').child(names.join('.'));
const when = (wrong: boolean, error: () => FieldError): readonly FieldError[] =>
  wrong ? [error()] : [];
const isLoadBalancer = ({ type }: ServiceSpec): boolean => type === 'LoadBalancer';
const onlyLoadBalancer = "may only be used when `type` is 'LoadBalancer'";
const kubeletPort = 10_250;

const rules: readonly Rule[] = [
  (spec) =>
    when(!spec.ports?.length && !isHeadless(spec) && spec.type !== 'ExternalName', () =>
      required(at('ports')),
    ),
  (spec) => (isLoadBalancer(spec) ? kubeletPortExposed(spec) : []),
  (spec) =>
    when(isHeadless(spec) && (spec.type === 'LoadBalancer' || spec.type === 'NodePort'), () =>
      invalid(
        at('clusterIPs').index(0),
        'None',
        `may not be set to 'None' for ${spec.type} services`,
      ),
    ),
  (spec) => (spec.type === 'ExternalName' ? externalNameRules.flatMap((rule) => rule(spec)) : []),
  (spec) => validateEachPort(spec),
  ({ selector }) => validateLabels(selector, at('selector')),
  ({ sessionAffinity }) => oneOf('sessionAffinity', sessionAffinity, ['ClientIP', 'None']),
  (spec) => (spec.sessionAffinity === 'ClientIP' ? affinityTimeout(spec) : []),
  (spec, _service, before) => validateClusterIps(spec, before),
  ({ externalIPs = [] }, _service, before) =>
    externalIPs.flatMap((ip, index) => {
      if (before?.externalIPs?.includes(ip)) return [];
      const path = at('externalIPs').index(index);
      const malformed = ipErrors(path, ip);
      return malformed.length > 0 ? malformed : specialIpErrors(path, ip);
    }),
  ({ type }) => oneOf('type', type, ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']),
  validatePortsTogether,
  (spec, service, before) => sourceRanges(spec, service, before),
  (spec) =>
    when(spec.allocateLoadBalancerNodePorts !== undefined && !isLoadBalancer(spec), () =>
      forbidden(at('allocateLoadBalancerNodePorts'), onlyLoadBalancer),
    ),
  (spec) =>
    when(spec.allocateLoadBalancerNodePorts === undefined && isLoadBalancer(spec), () =>
      required(at('allocateLoadBalancerNodePorts')),
    ),
  loadBalancerClass,
  externalTrafficPolicy,
  healthCheckNodePort,
  internalTrafficPolicy,
  ({ trafficDistribution }) =>
    trafficDistribution === undefined
      ? []
      : oneOf('trafficDistribution', trafficDistribution, [
          'PreferClose',
          'PreferSameZone',
          'PreferSameNode',
        ]),
];

const notForExternalName = 'may not be set for ExternalName services';

const externalNameRules: readonly ((spec: ServiceSpec) => readonly FieldError[])[] = [
  ({ clusterIPs }) =>
    when(Boolean(clusterIPs?.length), () => forbidden(at('clusterIPs'), notForExternalName)),
  ({ ipFamilies }) =>
    when(Boolean(ipFamilies?.length), () => forbidden(at('ipFamilies'), notForExternalName)),
  ({ ipFamilyPolicy }) =>
    when(ipFamilyPolicy !== undefined, () => forbidden(at('ipFamilyPolicy'), notForExternalName)),
  ({ externalName = '' }) => {
    const name = externalName.replace(/\.$/, '');
    if (name === '') return [required(at('externalName'))];
    return validateText(name, dns1123Subdomain, at('externalName'));
  },
];

function oneOf(field: string, value: string | undefined, values: readonly string[]): FieldError[] {
  if (!value)
    return [value === undefined ? required(at(field)) : notSupported(at(field), value, values)];
  return values.includes(value) ? [] : [notSupported(at(field), value, values)];
}

/** A workaround for cloud environments that open too much of their firewall. */
const kubeletPortExposed = ({ ports = [] }: ServiceSpec): readonly FieldError[] =>
  ports.flatMap(({ port }, index) =>
    when(port === kubeletPort, () =>
      invalid(
        at('ports').index(index),
        port,
        `may not expose port ${kubeletPort} externally since it is used by kubelet`,
      ),
    ),
  );

function affinityTimeout({ sessionAffinityConfig }: ServiceSpec): readonly FieldError[] {
  const path = at('sessionAffinityConfig', 'clientIP', 'timeoutSeconds');
  const seconds = sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (seconds === undefined) return [required(path)];
  const wrong = seconds <= 0 || seconds > 86_400;
  return when(wrong, () => invalid(path, seconds, 'must be greater than 0 and less than 86400'));
}

const rangesAnnotation = 'service.beta.kubernetes.io/load-balancer-source-ranges';

/** The field, or the annotation that came before it; spaces around a range have always been allowed. */
function sourceRanges(
  spec: ServiceSpec,
  { metadata }: ServiceObject,
  before: ServiceSpec | undefined,
): readonly FieldError[] {
  const path = at('LoadBalancerSourceRanges');
  const ranges = spec.loadBalancerSourceRanges ?? [];
  const misplaced = (where = path) =>
    when(!isLoadBalancer(spec), () => forbidden(where, onlyLoadBalancer));
  if (ranges.length > 0) {
    const errors = ranges.flatMap((range, index) =>
      before?.loadBalancerSourceRanges?.includes(range)
        ? []
        : cidrErrors(path.index(index), range.trim()),
    );
    return [...misplaced(), ...errors];
  }
  const annotations = metadata.annotations ?? {};
  if (!Object.hasOwn(annotations, rangesAnnotation)) return [];
  const annotation = fieldPath('metadata').child('annotations').key(rangesAnnotation);
  const text = (annotations[rangesAnnotation] ?? '').trim();
  const listed = text === '' ? [] : text.split(',');
  return [
    ...misplaced(annotation),
    ...listed.flatMap((range) => cidrErrors(annotation, range.trim())),
  ];
}

export function loadBalancerClass(spec: ServiceSpec): readonly FieldError[] {
  const name = spec.loadBalancerClass;
  if (name === undefined) return [];
  const path = at('loadBalancerClass');
  return isLoadBalancer(spec)
    ? validateText(name, qualifiedName, path)
    : [forbidden(path, onlyLoadBalancer)];
}

function externalTrafficPolicy(spec: ServiceSpec): readonly FieldError[] {
  const path = at('externalTrafficPolicy');
  const policy = spec.externalTrafficPolicy ?? '';
  if (externallyAccessible(spec)) {
    if (policy === '') return [required(path)];
    return oneOf('externalTrafficPolicy', policy, ['Cluster', 'Local']);
  }
  const detail = 'may only be set for externally-accessible services';
  return when(policy !== '', () => invalid(path, policy, detail));
}

function healthCheckNodePort(spec: ServiceSpec): readonly FieldError[] {
  const path = at('healthCheckNodePort');
  const port = spec.healthCheckNodePort ?? 0;
  if (needsHealthCheck(spec)) {
    if (port === 0) return [required(path)];
    return portNumber(port).map((detail) => invalid(path, port, detail));
  }
  const detail =
    "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
  return when(port !== 0, () => invalid(path, port, detail));
}

/** ExternalName is the one type without it; on an unknown type nothing was filled in. */
function internalTrafficPolicy(spec: ServiceSpec): readonly FieldError[] {
  const policy = spec.internalTrafficPolicy;
  if (policy !== undefined) return oneOf('internalTrafficPolicy', policy, ['Cluster', 'Local']);
  const expected = isLoadBalancer(spec) || spec.type === 'NodePort' || spec.type === 'ClusterIP';
  return when(expected, () => required(at('internalTrafficPolicy')));
}

const hints = 'service.kubernetes.io/topology-aware-hints';
const mode = 'service.kubernetes.io/topology-mode';

function topologyAnnotations({ metadata }: ServiceObject): readonly FieldError[] {
  const { [hints]: old, [mode]: current } = metadata.annotations ?? {};
  const differ = old !== undefined && current !== undefined && old !== current;
  const path = fieldPath('metadata').child('annotations').key(mode);
  const detail = `must match annotations[${hints}] when both are specified`;
  return when(differ, () => invalid(path, current, detail));
}
