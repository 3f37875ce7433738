import { cidrWarnings, ipWarnings } from '../shared/ip-validation.ts';
import { isHeadless, type ServiceObject, type ServiceSpec, specOf } from './traits.ts';

/** What the server says beside its answer (pkg/api/service/warnings.go), in upstream's order. */
export function serviceWarnings(service: ServiceObject): readonly string[] {
  const spec = specOf(service);
  return [...deprecatedAnnotation(service), ...spellings(spec), ...ignored(spec)];
}

function deprecatedAnnotation({ metadata }: ServiceObject): readonly string[] {
  const hints = 'service.kubernetes.io/topology-aware-hints';
  if (!Object.hasOwn(metadata.annotations ?? {}, hints)) return [];
  return [
    `annotation ${hints} is deprecated, please use service.kubernetes.io/topology-mode instead`,
  ];
}

function spellings(spec: ServiceSpec): readonly string[] {
  const { clusterIPs = [], externalIPs = [], loadBalancerIP, loadBalancerSourceRanges = [] } = spec;
  const addressed = spec.type !== 'ExternalName' && !isHeadless(spec);
  return [
    ...(addressed ? clusterIPs.flatMap((ip, i) => ipWarnings(`spec.clusterIPs[${i}]`, ip)) : []),
    ...externalIPs.flatMap((ip, i) => ipWarnings(`spec.externalIPs[${i}]`, ip)),
    ...(loadBalancerIP ? ipWarnings('spec.loadBalancerIP', loadBalancerIP) : []),
    ...loadBalancerSourceRanges.flatMap((range, i) =>
      cidrWarnings(`spec.loadBalancerSourceRanges[${i}]`, range),
    ),
  ];
}

interface Ignored {
  readonly text: string;
  applies(spec: ServiceSpec): boolean;
}

/** Fields that a Service of this sort may have and that do nothing. */
const ignoredFields: readonly Ignored[] = [
  {
    text: 'spec.externalIPs is ignored when spec.type is "ExternalName"',
    applies: ({ type, externalIPs }) => type === 'ExternalName' && Boolean(externalIPs?.length),
  },
  {
    text: 'spec.externalName is ignored when spec.type is not "ExternalName"',
    applies: ({ type, externalName }) => type !== 'ExternalName' && Boolean(externalName),
  },
  {
    text: 'spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"',
    applies: ({ trafficDistribution }) => trafficDistribution === 'PreferClose',
  },
  {
    text: 'spec.loadBalancerIP is ignored for headless services',
    applies: (spec) => isHeadless(spec) && Boolean(spec.loadBalancerIP),
  },
  {
    text: 'spec.externalIPs is ignored for headless services',
    applies: (spec) => isHeadless(spec) && Boolean(spec.externalIPs?.length),
  },
  {
    text: 'spec.SessionAffinity is ignored for headless services',
    applies: (spec) => isHeadless(spec) && spec.sessionAffinity === 'ClientIP',
  },
];

const ignored = (spec: ServiceSpec): readonly string[] =>
  ignoredFields.filter(({ applies }) => applies(spec)).map(({ text }) => text);
