import type { Cluster } from '../../cluster.ts';
import type { ResourceTypes } from '../../objects.ts';
import { derived } from '../memo.ts';

type Service = ResourceTypes['services'];
type EndpointSlice = ResourceTypes['endpointslices'];

/** An address of a Service that CoreDNS serves; `port` -1 stands for a slice without ports. */
export interface ServedAddress {
  readonly address: string;
  /** The first label of its name: its hostname, else its address with dashes. */
  readonly label: string;
  readonly ports: readonly ServedPort[];
}

export interface ServedPort {
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
}

/** What CoreDNS keeps of the cluster (coredns plugin/kubernetes/controller.go). */
export interface DnsIndex {
  hasNamespace(name: string): boolean;
  service(namespace: string, name: string): Service | undefined;
  /** Ready addresses, slice by slice. */
  addresses(namespace: string, service: string): readonly ServedAddress[];
  serviceAt(clusterIP: string): Service | undefined;
  /** The names of all endpoints with this address, without the cluster's domain. */
  endpointNames(address: string): readonly string[];
}

export const dnsIndex: (cluster: Cluster) => DnsIndex = derived(
  ['namespaces', 'services', 'endpointslices'],
  readIndex,
);

function readIndex(cluster: Cluster): DnsIndex {
  const { store } = cluster;
  const namespaces = new Set(store.list('namespaces').map(({ metadata }) => metadata.name));
  const services = new Map<string, Service>();
  const byClusterIP = new Map<string, Service>();
  for (const service of store.list('services')) {
    services.set(`${service.metadata.namespace ?? ''}/${service.metadata.name}`, service);
    for (const ip of clusterIPs(service)) if (!byClusterIP.has(ip)) byClusterIP.set(ip, service);
  }
  const byService = new Map<string, ServedAddress[]>();
  const byAddress = new Map<string, string[]>();
  for (const slice of store.list('endpointslices')) {
    const owner = slice.metadata.labels?.['kubernetes.io/service-name'];
    if (!owner) continue;
    const namespace = slice.metadata.namespace ?? '';
    for (const served of addressesOf(slice)) {
      push(byService, `${namespace}/${owner}`, served);
      push(byAddress, served.address, `${served.label}.${owner}.${namespace}.svc`);
    }
  }
  return {
    hasNamespace: (name) => namespaces.has(name),
    service: (namespace, name) => services.get(`${namespace}/${name}`),
    addresses: (namespace, service) => byService.get(`${namespace}/${service}`) ?? [],
    serviceAt: (ip) => byClusterIP.get(ip),
    endpointNames: (address) => [...new Set(byAddress.get(address) ?? [])],
  };
}

/** A Service without cluster IP whose names lead to its endpoints. */
export const isHeadless = (service: Service): boolean =>
  service.spec?.type !== 'ExternalName' && service.spec?.clusterIP === 'None';

export function clusterIPs(service: Service): readonly string[] {
  const { clusterIP, clusterIPs: all } = service.spec ?? {};
  if (service.spec?.type === 'ExternalName' || isHeadless(service)) return [];
  return all && all.length > 0 ? all : clusterIP ? [clusterIP] : [];
}

function addressesOf(slice: EndpointSlice): readonly ServedAddress[] {
  const ports = (slice.ports ?? []).map((port) => ({
    name: port.name ?? '',
    protocol: port.protocol ?? 'TCP',
    port: port.port ?? -1,
  }));
  const served = ports.length > 0 ? ports : [{ name: '', protocol: '', port: -1 }];
  return (slice.endpoints ?? [])
    .filter((endpoint) => endpoint.conditions?.ready ?? true)
    .flatMap((endpoint) =>
      (endpoint.addresses ?? []).map((address) => ({
        address,
        label: endpoint.hostname || address.replaceAll(/[.:]/g, '-'),
        ports: served,
      })),
    );
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
