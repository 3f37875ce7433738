import type { Cluster } from '../../../cluster/cluster.ts';
import { type ProbeResult, type ProbeSource, probe } from '../../../cluster/network/probe.ts';
import { addressesOf } from '../../checks/resolves.ts';
import { portsOf } from '../../checks/service-port.ts';
import type { Pod, Service } from '../../scene.ts';
import { clientsIn, servicesIn, stableLabels, waysIn } from './world-view.ts';

/**
 * What can be seen of a cluster's traffic, one observation after the other: which Services there
 * are, what DNS says to every client, and who reaches which Pod and port from everywhere. Two
 * clusters behave the same exactly when all their observations are equal.
 */
export function* behaviourOf(world: Cluster, cluster: Cluster): Generator<string> {
  const services = servicesIn(cluster);
  const clients = clientsIn(cluster);
  const pods = podsByAddress(cluster);
  yield text(services.map((service) => identityOf(world, service)));
  for (const service of services) {
    for (const client of clients) yield text(namesFor(cluster, service, client, pods));
  }
  for (const service of services) {
    for (const client of clients) yield text(insideFor(cluster, service, client));
  }
  for (const service of services) yield text(outsideFor(cluster, service, clients));
}

const text = (value: unknown): string => JSON.stringify(value);

/** Name and port names, and whether it is still the Service of the world, at its address. */
function identityOf(world: Cluster, { metadata, spec }: Service): unknown {
  const before = world.store.get('services', metadata.namespace ?? '', metadata.name);
  const kept = before?.metadata.uid === metadata.uid && before?.spec?.clusterIP === spec?.clusterIP;
  const ports = (spec?.ports ?? []).map(({ port }) => port);
  return [metadata.namespace, metadata.name, kept, ports];
}

type PodsByAddress = ReadonlyMap<string, Pod>;

const podsByAddress = (cluster: Cluster): PodsByAddress =>
  new Map(cluster.store.list('pods').map((pod) => [pod.status?.podIP ?? '', pod]));

/** The short, the namespaced and the full name, and those of single Pods behind it. */
function namesOf(cluster: Cluster, { metadata, spec }: Service): readonly string[] {
  const { name, namespace = '' } = metadata;
  const full = `${name}.${namespace}.svc.cluster.local`;
  if (spec?.clusterIP !== 'None') return [name, `${name}.${namespace}`, full];
  const hosts = cluster.store
    .list('pods', namespace)
    .filter((pod) => pod.spec?.subdomain === name && pod.spec.hostname)
    .map((pod) => `${pod.spec?.hostname}.${full}`);
  return [name, `${name}.${namespace}`, full, ...hosts];
}

function namesFor(
  cluster: Cluster,
  service: Service,
  client: ProbeSource,
  pods: PodsByAddress,
): unknown {
  if (client.kind === 'outside') return [];
  return namesOf(cluster, service).map((name) => {
    const { addresses } = addressesOf(cluster, client, name);
    const meant = addresses.map((address) => {
      const pod = pods.get(address);
      if (address === service.spec?.clusterIP) return 'own address';
      return pod ? `${pod.metadata.namespace} ${stableLabels(pod.metadata.labels)}` : address;
    });
    return [name, meant.sort()];
  });
}

const protocols = ['TCP', 'UDP', 'SCTP'] as const;

/** Under its address and its name, at every port it declares. */
function insideFor(cluster: Cluster, service: Service, client: ProbeSource): unknown {
  const { name, namespace } = service.metadata;
  const { clusterIP } = service.spec ?? {};
  const virtual = clusterIP && clusterIP !== 'None';
  const host = virtual ? clusterIP : `${name}.${namespace}.svc.cluster.local`;
  const ports = [...new Set(portsOf(service).map(({ port }) => port))];
  return [client, ports.map((port) => attempts(cluster, client, host, port))];
}

/** Node ports from every client, and all the ways in from outside at all its ports. */
function outsideFor(cluster: Cluster, service: Service, clients: readonly ProbeSource[]): unknown {
  const { type, externalTrafficPolicy, externalIPs } = service.spec ?? {};
  if ((type === 'ClusterIP' || type === undefined) && !externalIPs?.length) return 'closed';
  const open = portsOf(service).flatMap(({ port, nodePort }) => [port, nodePort ?? []].flat());
  const outside = waysIn(cluster, service).map((host) =>
    open.map((port) => [host, port, attempts(cluster, { kind: 'outside' }, host, port)]),
  );
  const insider = clients[0] ?? { kind: 'outside' };
  const nodePorts = portsOf(service).flatMap(({ nodePort }) => nodePort ?? []);
  const within = waysIn(cluster, service).map((host) =>
    nodePorts.map((port) => [host, port, attempts(cluster, insider, host, port)]),
  );
  return [outside, within, clientAddressKept(outside) && (externalTrafficPolicy ?? 'Cluster')];
}

/** Whose address the Pods see matters only where somebody gets in. */
const clientAddressKept = (outside: unknown): boolean => /"[a-z].* \d+"/.test(text(outside));

function attempts(cluster: Cluster, source: ProbeSource, host: string, port: number): unknown {
  return protocols.map((protocol) =>
    endOf(cluster, probe(cluster, source, { protocol, host, port })),
  );
}

/** How a connection ends: by what the Pods are, since their names do not last. */
function endOf(cluster: Cluster, { reached, failed, sticky }: ProbeResult): unknown {
  const ends = reached.map(({ pod, port }) => {
    const [namespace = '', name = ''] = pod.split('/');
    const labels = cluster.store.get('pods', namespace, name)?.metadata.labels;
    return `${namespace} ${stableLabels(labels)} ${port}`;
  });
  return [ends.sort(), [...failed].sort(), ends.length > 1 && sticky];
}
