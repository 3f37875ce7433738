import type { Column } from '../kind.ts';
import { ageColumn, nameColumn } from '../shared/age.ts';
import { sortedByKey } from '../shared/labels.ts';
import { portsOf, type ServiceObject, specOf } from './traits.ts';

const none = '<none>';

/** What `kubectl get services` shows (printers/internalversion printService). */
export const serviceColumns: readonly Column<ServiceObject>[] = [
  nameColumn,
  { name: 'Type', priority: 0, cell: (service) => specOf(service).type ?? '' },
  { name: 'Cluster-IP', priority: 0, cell: (service) => specOf(service).clusterIPs?.[0] ?? none },
  { name: 'External-IP', priority: 0, cell: externalAddress },
  { name: 'Port(s)', priority: 0, cell: portList },
  ageColumn,
  { name: 'Selector', priority: 1, cell: selectorText },
];

function externalAddress(service: ServiceObject): string {
  const { type, externalIPs = [], externalName = '' } = specOf(service);
  if (type === 'ExternalName') return externalName;
  if (type === 'LoadBalancer') return loadBalancerAddress(service, externalIPs);
  if (type !== 'ClusterIP' && type !== 'NodePort') return '<unknown>';
  return externalIPs.length > 0 ? externalIPs.join(',') : none;
}

function loadBalancerAddress(service: ServiceObject, externalIPs: readonly string[]): string {
  const ingress = service.status?.loadBalancer?.ingress ?? [];
  const given = new Set(ingress.map(({ ip, hostname }) => ip || hostname || ''));
  given.delete('');
  const all = [...[...given].sort(), ...externalIPs];
  return all.length > 0 ? all.join(',') : '<pending>';
}

function portList(service: ServiceObject): string {
  const ports = portsOf(service).map(({ port, nodePort, protocol }) =>
    nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`,
  );
  return ports.length > 0 ? ports.join(',') : none;
}

function selectorText(service: ServiceObject): string {
  const pairs = Object.entries(sortedByKey(specOf(service).selector ?? {}));
  return pairs.length > 0 ? pairs.map(([key, value]) => `${key}=${value}`).join(',') : none;
}
