import {
  externallyAccessible,
  needsClusterIp,
  needsHealthCheck,
  needsNodePort,
  type ServiceObject,
  type ServiceSpec,
  sameList,
  setStatus,
  specOf,
} from './traits.ts';

/**
 * Wipes what a Service no longer needs after its type changed, wherever its author did not touch
 * the value in the same step; else validation refuses it (strategy.go dropTypeDependentFields).
 */
export function wipeTypeDependent(service: ServiceObject, old: ServiceObject): void {
  const spec = specOf(service);
  const before = specOf(old);
  for (const { applied, same, wipe } of dependents) {
    if (applied(before) && !applied(spec) && same(spec, before)) wipe(spec);
  }
  if (spec.type !== 'LoadBalancer') setStatus(service, { ...service.status, loadBalancer: {} });
}

interface Dependent {
  /** Whether the value has a meaning in such a Service. */
  applied(spec: ServiceSpec): boolean;
  /** Whether the author left the value as it was. */
  same(spec: ServiceSpec, before: ServiceSpec): boolean;
  wipe(spec: ServiceSpec): void;
}

const isLoadBalancer = ({ type }: ServiceSpec): boolean => type === 'LoadBalancer';

const dependents: readonly Dependent[] = [
  {
    applied: needsClusterIp,
    same: (spec, before) =>
      (spec.clusterIP ?? '') === (before.clusterIP ?? '') &&
      sameList(spec.clusterIPs, before.clusterIPs),
    wipe: (spec) => {
      delete spec.clusterIP;
      delete spec.clusterIPs;
    },
  },
  {
    applied: needsClusterIp,
    same: (spec, before) => sameList(spec.ipFamilies, before.ipFamilies),
    wipe: (spec) => delete spec.ipFamilies,
  },
  {
    applied: needsClusterIp,
    same: (spec, before) => spec.ipFamilyPolicy === before.ipFamilyPolicy,
    wipe: (spec) => delete spec.ipFamilyPolicy,
  },
  {
    applied: needsNodePort,
    same: noNewNodePort,
    wipe: (spec) => {
      for (const port of spec.ports ?? []) delete port.nodePort;
    },
  },
  {
    applied: needsHealthCheck,
    same: (spec, before) => (spec.healthCheckNodePort ?? 0) === (before.healthCheckNodePort ?? 0),
    wipe: (spec) => delete spec.healthCheckNodePort,
  },
  {
    applied: isLoadBalancer,
    same: (spec, before) =>
      spec.allocateLoadBalancerNodePorts === before.allocateLoadBalancerNodePorts,
    wipe: (spec) => delete spec.allocateLoadBalancerNodePorts,
  },
  {
    applied: isLoadBalancer,
    same: (spec, before) => spec.loadBalancerClass === before.loadBalancerClass,
    wipe: (spec) => delete spec.loadBalancerClass,
  },
  {
    applied: externallyAccessible,
    same: (spec, before) => spec.externalTrafficPolicy === before.externalTrafficPolicy,
    wipe: (spec) => delete spec.externalTrafficPolicy,
  },
];

function noNewNodePort(spec: ServiceSpec, before: ServiceSpec): boolean {
  const known = new Set((before.ports ?? []).map(({ nodePort }) => nodePort ?? 0));
  return (spec.ports ?? []).every(({ nodePort = 0 }) => nodePort === 0 || known.has(nodePort));
}
