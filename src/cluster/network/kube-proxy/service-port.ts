import type { ResourceTypes } from '../../objects.ts';

type Service = ResourceTypes['services'];
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** One port of one Service, as kube-proxy keeps it (k/k pkg/proxy/serviceport.go). */
export interface ServicePort {
  readonly namespace: string;
  readonly service: string;
  readonly portName: string;
  readonly protocol: Protocol;
  readonly port: number;
  readonly nodePort: number;
  readonly clusterIP: string;
  readonly externalIPs: readonly string[];
  /** Ingress addresses that the load balancer leaves on the packet (`ipMode: VIP`). */
  readonly loadBalancerVIPs: readonly string[];
  readonly sourceRanges: readonly string[];
  readonly internalLocal: boolean;
  readonly externalLocal: boolean;
  readonly sticky: boolean;
}

const ignoredLabels = [
  'service.kubernetes.io/headless',
  'service.kubernetes.io/service-proxy-name',
];

/** kube-proxy does not watch what another proxy looks after, nor what is labelled headless. */
export const isWatched = (labels: Readonly<Record<string, string>> | undefined): boolean =>
  !ignoredLabels.some((label) => Object.hasOwn(labels ?? {}, label));

/** The ports kube-proxy writes rules for: none of a headless or an ExternalName Service. */
export function servicePorts(service: Service): readonly ServicePort[] {
  const spec = service.spec;
  const clusterIP = spec?.clusterIP ?? '';
  const virtual = clusterIP !== '' && clusterIP !== 'None' && spec?.type !== 'ExternalName';
  if (!spec || !virtual || !isWatched(service.metadata.labels)) return [];
  const shared = {
    namespace: service.metadata.namespace ?? '',
    service: service.metadata.name,
    clusterIP,
    externalIPs: spec.externalIPs ?? [],
    loadBalancerVIPs: loadBalancerVIPs(service),
    sourceRanges: sourceRanges(service),
    internalLocal: spec.internalTrafficPolicy === 'Local',
    externalLocal: spec.externalTrafficPolicy === 'Local',
    sticky: spec.sessionAffinity === 'ClientIP',
  };
  return (spec.ports ?? []).map((port) => ({
    ...shared,
    portName: port.name ?? '',
    protocol: (port.protocol ?? 'TCP') as Protocol,
    port: port.port,
    nodePort: port.nodePort ?? 0,
  }));
}

/** Whether anything but the cluster IP leads here. */
export const isExternallyAccessible = (port: ServicePort): boolean =>
  port.nodePort !== 0 || port.loadBalancerVIPs.length > 0 || port.externalIPs.length > 0;

const loadBalancerVIPs = (service: Service): readonly string[] =>
  (service.status?.loadBalancer?.ingress ?? [])
    .filter((ingress) => ingress.ip && (ingress.ipMode ?? 'VIP') === 'VIP')
    .map((ingress) => ingress.ip ?? '');

const sourceRangesAnnotation = 'service.beta.kubernetes.io/load-balancer-source-ranges';

/** The field, else its old annotation; `0.0.0.0/0` is no limit. */
function sourceRanges(service: Service): readonly string[] {
  const field = service.spec?.loadBalancerSourceRanges ?? [];
  const annotation = service.metadata.annotations?.[sourceRangesAnnotation]?.trim();
  const ranges = field.length > 0 ? field : annotation ? annotation.split(',') : [];
  return ranges.some((range) => range.trim() === '0.0.0.0/0') ? [] : ranges;
}
