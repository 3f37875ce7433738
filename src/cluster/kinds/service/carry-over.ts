import {
  needsClusterIp,
  needsHealthCheck,
  needsNodePort,
  type ServiceObject,
  type ServiceSpec,
  sameList,
  specOf,
} from './traits.ts';

/**
 * Gives a changed Service the values that were allocated to it before and that its author did not
 * repeat, so that the same YAML can be sent again (registry/core/service patchAllocatedValues).
 */
export function carryOverAllocated(service: ServiceObject, old: ServiceObject): void {
  const spec = specOf(service);
  const before = specOf(old);
  if (needsClusterIp(before) && needsClusterIp(spec)) carryClusterIps(spec, before);
  if (keepsNodePort(before) && keepsNodePort(spec)) carryNodePorts(spec, before);
  if (needsHealthCheck(before) && needsHealthCheck(spec) && before.healthCheckNodePort) {
    spec.healthCheckNodePort ||= before.healthCheckNodePort;
  }
}

/** A load balancer that asked for no node ports gets none back. */
const keepsNodePort = (spec: ServiceSpec): boolean =>
  needsNodePort(spec) && spec.allocateLoadBalancerNodePorts !== false;

/** Keeps the singular and the plural field in step (normalizeClusterIPs). */
export function alignClusterIps(service: ServiceObject, old: ServiceObject | undefined): void {
  const spec = specOf(service);
  const ip = spec.clusterIP ?? '';
  if (!old) {
    if (ip !== '' && !spec.clusterIPs?.length) spec.clusterIPs = [ip];
    return;
  }
  const before = specOf(old);
  const oldIp = before.clusterIP ?? '';
  if (before.clusterIPs?.length && !spec.clusterIPs?.length && oldIp === ip) {
    spec.clusterIPs = [...before.clusterIPs];
  }
  if (oldIp === ip || !sameList(before.clusterIPs, spec.clusterIPs)) return;
  if (oldIp !== '' && ip === '') delete spec.clusterIPs;
  else spec.clusterIPs = [ip];
}

function carryClusterIps(spec: ServiceSpec, before: ServiceSpec): void {
  if (!spec.clusterIP && before.clusterIP) spec.clusterIP = before.clusterIP;
  if (!spec.clusterIPs?.length && before.clusterIPs?.length) {
    spec.clusterIPs = [...before.clusterIPs];
  }
}

/** Ports are told apart by name; a node port that another port took on is not given twice. */
function carryNodePorts(spec: ServiceSpec, before: ServiceSpec): void {
  const asked = new Set((spec.ports ?? []).map(({ nodePort }) => nodePort));
  const known = new Map((before.ports ?? []).map(({ name = '', nodePort }) => [name, nodePort]));
  for (const port of spec.ports ?? []) {
    const carried = known.get(port.name ?? '');
    if (!port.nodePort && carried && !asked.has(carried)) port.nodePort = carried;
  }
}
