import type { Cluster } from '../../cluster.ts';
import type { ResourceTypes } from '../../objects.ts';
import { isIPv4 } from '../ipv4.ts';
import { derived } from '../memo.ts';
import { isWatched } from './service-port.ts';

type EndpointSlice = ResourceTypes['endpointslices'];
type SliceEndpoint = NonNullable<EndpointSlice['endpoints']>[number];

/** Where kube-proxy may send a connection (k/k pkg/proxy/endpoint.go). */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
  readonly nodeName: string;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly zoneHints: readonly string[];
  readonly nodeHints: readonly string[];
}

/** `namespace/service:portName/protocol`. */
export const endpointsKey = (
  namespace: string,
  service: string,
  portName: string,
  protocol: string,
): string => `${namespace}/${service}:${portName}/${protocol}`;

/**
 * All endpoints by Service port. Slices belong to a Service by their label, ports by name and
 * protocol; an address that stands in two slices counts once (endpointslicecache.go).
 */
export const endpointsByPort: (cluster: Cluster) => ReadonlyMap<string, readonly Endpoint[]> =
  derived(['endpointslices'], (cluster) => {
    const byPort = new Map<string, Map<string, Endpoint>>();
    for (const slice of cluster.store.list('endpointslices')) addSlice(byPort, slice);
    return new Map([...byPort].map(([key, endpoints]) => [key, [...endpoints.values()]]));
  });

function addSlice(byPort: Map<string, Map<string, Endpoint>>, slice: EndpointSlice): void {
  const service = slice.metadata.labels?.['kubernetes.io/service-name'];
  if (!service || slice.addressType !== 'IPv4' || !isWatched(slice.metadata.labels)) return;
  for (const port of slice.ports ?? []) {
    if (port.port === undefined || port.port === null) continue;
    const protocol = port.protocol ?? 'TCP';
    const key = endpointsKey(slice.metadata.namespace ?? '', service, port.name ?? '', protocol);
    const endpoints = byPort.get(key) ?? new Map<string, Endpoint>();
    byPort.set(key, endpoints);
    for (const endpoint of slice.endpoints ?? []) {
      const [address] = endpoint.addresses ?? [];
      if (address === undefined || !isIPv4(address)) continue;
      endpoints.set(`${address}:${port.port}`, asEndpoint(endpoint, address, port.port));
    }
  }
}

const asEndpoint = (endpoint: SliceEndpoint, address: string, port: number): Endpoint => ({
  address,
  port,
  nodeName: endpoint.nodeName ?? '',
  ready: endpoint.conditions?.ready ?? true,
  serving: endpoint.conditions?.serving ?? true,
  terminating: endpoint.conditions?.terminating ?? false,
  zoneHints: (endpoint.hints?.forZones ?? []).map((zone) => zone.name),
  nodeHints: nodeHints(endpoint),
});

/** Newer than the types at hand (discovery/v1 since 1.34). */
interface NodeHints {
  readonly forZones?: readonly { readonly name: string }[];
  readonly forNodes?: readonly { readonly name: string }[];
}

function nodeHints(endpoint: SliceEndpoint): readonly string[] {
  const hints = endpoint.hints as NodeHints | undefined;
  return (hints?.forNodes ?? []).map((node) => node.name);
}
