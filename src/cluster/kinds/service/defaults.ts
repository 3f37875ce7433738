import {
  externallyAccessible,
  type ServiceObject,
  type ServicePort,
  type ServiceSpec,
  specOf,
} from './traits.ts';

/** What a Service gets that its author left out (pkg/apis/core/v1 SetDefaults_Service). */
export function setServiceDefaults(service: ServiceObject): void {
  const spec = specOf(service);
  defaultAffinity(spec);
  spec.type ||= 'ClusterIP';
  for (const port of spec.ports ?? []) defaultPort(port);
  if (externallyAccessible(spec)) spec.externalTrafficPolicy ||= 'Cluster';
  if (internalTypes.has(spec.type)) spec.internalTrafficPolicy ??= 'Cluster';
  if (spec.type === 'LoadBalancer') {
    spec.allocateLoadBalancerNodePorts ??= true;
    defaultIngressMode(service);
  }
}

/** An ExternalName Service routes nothing, whatever policy it was given (storage.go on reading). */
export function dropUnusedPolicy(service: ServiceObject): void {
  const spec = specOf(service);
  if (spec.type === 'ExternalName') delete spec.internalTrafficPolicy;
}

const internalTypes: ReadonlySet<string> = new Set(['ClusterIP', 'NodePort', 'LoadBalancer']);
const threeHours = 10_800;

function defaultAffinity(spec: ServiceSpec): void {
  spec.sessionAffinity ||= 'None';
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
  if (spec.sessionAffinity !== 'ClientIP') return;
  if (typeof spec.sessionAffinityConfig?.clientIP?.timeoutSeconds === 'number') return;
  spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: threeHours } };
}

function defaultPort(port: ServicePort): void {
  port.protocol ||= 'TCP';
  if (!port.targetPort) port.targetPort = port.port ?? 0;
}

function defaultIngressMode(service: ServiceObject): void {
  for (const ingress of service.status?.loadBalancer?.ingress ?? []) {
    if (ingress.ip) ingress.ipMode ??= 'VIP';
  }
}
