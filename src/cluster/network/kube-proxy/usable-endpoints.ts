import type { NodeView } from '../address-book.ts';
import type { Endpoint } from './endpoint.ts';
import { isExternallyAccessible, type ServicePort } from './service-port.ts';
import { withinTopology } from './topology.ts';

/** Which endpoints of a Service port one node may use (k/k pkg/proxy/topology.go). */
export interface UsableEndpoints {
  /** Under a Cluster policy. */
  readonly cluster: readonly Endpoint[];
  /** Under a Local policy: those on this node. */
  readonly local: readonly Endpoint[];
  /** Whether any node has any: the difference between a dropped and a rejected packet. */
  readonly any: boolean;
}

const isReady = (endpoint: Endpoint): boolean => endpoint.ready;
const isDraining = (endpoint: Endpoint): boolean => endpoint.serving && endpoint.terminating;

/** Ready endpoints; when there is none, those that still serve while they terminate. */
function readyOrDraining(
  endpoints: readonly Endpoint[],
  narrow: (ready: readonly Endpoint[]) => readonly Endpoint[] = (ready) => ready,
): readonly Endpoint[] {
  const ready = narrow(endpoints.filter(isReady));
  return ready.length > 0 ? ready : endpoints.filter(isDraining);
}

export function usableEndpoints(
  port: ServicePort,
  endpoints: readonly Endpoint[],
  node: NodeView,
): UsableEndpoints {
  const external = isExternallyAccessible(port);
  const usesCluster = !port.internalLocal || external;
  const usesLocal = port.internalLocal || (port.externalLocal && external);
  const cluster = usesCluster
    ? readyOrDraining(endpoints, (ready) => withinTopology(ready, node))
    : [];
  if (!usesLocal) return { cluster, local: [], any: cluster.length > 0 };
  const here = endpoints.filter((endpoint) => endpoint.nodeName === node.name);
  const any = endpoints.some((endpoint) => isReady(endpoint) || isDraining(endpoint));
  return { cluster, local: readyOrDraining(here), any };
}
