import { fieldPath, invalid } from '../../api-server/field-error.ts';
import type { Cluster } from '../../cluster.ts';
import type { AllocationFailure } from '../kind.ts';
import { chooseFree, lowerBandOf, nodePortRange, takenIn } from './pools.ts';
import {
  needsHealthCheck,
  needsNodePort,
  type ServiceObject,
  type ServicePort,
  type ServiceSpec,
  specOf,
} from './traits.ts';

/** Reserves the node ports of a new Service (alloc.go txnAllocNodePorts). */
export function allocateNodePorts(
  service: ServiceObject,
  cluster: Cluster,
): AllocationFailure | undefined {
  const spec = specOf(service);
  const pool = openPool(service, cluster);
  return (
    (needsNodePort(spec) ? newNodePorts(spec, pool) : undefined) ??
    (needsHealthCheck(spec) ? healthCheckPort(spec, pool) : undefined)
  );
}

/** The same for a changed one: what it had stays its own until the change is stored. */
export function reallocateNodePorts(
  service: ServiceObject,
  old: ServiceObject,
  cluster: Cluster,
): AllocationFailure | undefined {
  const spec = specOf(service);
  const pool = openPool(service, cluster);
  const failure = needsNodePort(spec) ? changedNodePorts(spec, specOf(old), pool) : undefined;
  if (failure) return failure;
  const isNew = needsHealthCheck(spec) && !needsHealthCheck(specOf(old));
  return isNew ? healthCheckPort(spec, pool) : undefined;
}

/** One request's view of the pool: what it takes is taken for the rest of the request. */
interface Pool {
  /** Undefined when the port is now reserved, else why not. */
  reserve(port: number): string | undefined;
  next(): number | undefined;
}

const { from, to } = nodePortRange;
const lowerBand = lowerBandOf(to - from + 1, 32, 128);

function openPool({ metadata }: ServiceObject, cluster: Cluster): Pool {
  const { nodePorts } = takenIn(cluster);
  const own = new Set<number>();
  const isTaken = (port: number): boolean => nodePorts.has(port) || own.has(port);
  return {
    reserve(port) {
      if (port < from || port > to) {
        return `provided port is not in the valid range. The range of valid ports is ${from}-${to}`;
      }
      if (isTaken(port)) return 'provided port is already allocated';
      own.add(port);
      return undefined;
    },
    next() {
      const seed = `${metadata.namespace}/${metadata.name}/${cluster.store.version()}/${own.size}`;
      const port = chooseFree(nodePortRange, lowerBand, seed, isTaken);
      if (port !== undefined) own.add(port);
      return port;
    },
  };
}

const full: AllocationFailure = { internal: 'failed to allocate a nodePort: range is full' };

const refused = (index: number, port: number, why: string): AllocationFailure => ({
  errors: [invalid(fieldPath('spec').child('ports').index(index).child('nodePort'), port, why)],
});

const allocatesNew = (spec: ServiceSpec): boolean =>
  spec.type === 'NodePort' || spec.allocateLoadBalancerNodePorts === true;

/** Ports of one number (TCP and UDP) share one node port. */
function newNodePorts(spec: ServiceSpec, pool: Pool): AllocationFailure | undefined {
  const byPort = new Map<number, number>();
  for (const [index, port] of (spec.ports ?? []).entries()) {
    if (!port.nodePort && !allocatesNew(spec)) continue;
    const failure = newNodePort(index, port, spec, byPort, pool);
    if (failure) return failure;
  }
  return undefined;
}

function newNodePort(
  index: number,
  port: ServicePort,
  spec: ServiceSpec,
  byPort: Map<number, number>,
  pool: Pool,
): AllocationFailure | undefined {
  const shared = byPort.get(port.port);
  if (shared !== undefined && (!port.nodePort || port.nodePort === shared)) {
    port.nodePort = shared;
    return undefined;
  }
  const asked = shared === undefined ? askedFor(port.port, spec) : port.nodePort;
  if (asked) {
    const why = pool.reserve(asked);
    if (why !== undefined) return refused(index, asked, why);
  }
  const chosen = asked || pool.next();
  if (chosen === undefined) return full;
  port.nodePort = chosen;
  if (shared === undefined) byPort.set(port.port, chosen);
  return undefined;
}

const askedFor = (number: number, spec: ServiceSpec): number | undefined =>
  spec.ports?.find(({ port, nodePort }) => port === number && nodePort)?.nodePort;

function changedNodePorts(
  spec: ServiceSpec,
  before: ServiceSpec,
  pool: Pool,
): AllocationFailure | undefined {
  const had = new Set((before.ports ?? []).map(({ nodePort }) => nodePort));
  const reserved = new Set<number>();
  const seen = new Set<string>();
  for (const [index, port] of (spec.ports ?? []).entries()) {
    if (!port.nodePort && !allocatesNew(spec)) continue;
    if (port.nodePort && !had.has(port.nodePort) && !reserved.has(port.nodePort)) {
      const why = pool.reserve(port.nodePort);
      if (why !== undefined) return refused(index, port.nodePort, why);
      reserved.add(port.nodePort);
    }
    const settled = port.nodePort || pool.next();
    if (settled === undefined) return full;
    port.nodePort = settled;
    const pair = `{${port.protocol} ${settled}}`;
    if (seen.has(pair)) return { plain: `duplicate nodePort: ${pair}` };
    seen.add(pair);
  }
  return undefined;
}

function healthCheckPort(spec: ServiceSpec, pool: Pool): AllocationFailure | undefined {
  const asked = spec.healthCheckNodePort;
  if (asked) {
    const why = pool.reserve(asked);
    if (why === undefined) return undefined;
    return { internal: `failed to allocate requested HealthCheck NodePort ${asked}: ${why}` };
  }
  const chosen = pool.next();
  if (chosen === undefined) {
    return { internal: 'failed to allocate a HealthCheck NodePort 0: range is full' };
  }
  spec.healthCheckNodePort = chosen;
  return undefined;
}
