import type { Cluster } from '../../cluster.ts';
import { dnsIndex } from './dns-index.ts';
import type { Entry } from './entries.ts';
import { clusterDomain, withoutDot } from './record.ts';

/** The address kubelets write into every Pod's resolv.conf (kubeadm: the tenth of the range). */
export const clusterDnsAddress = '10.96.0.10';

const standIn = `ns.dns.${clusterDomain}`;

/** Who serves the zone: the Service in front of CoreDNS, or a stand-in name while there is none. */
export function nameServers(cluster: Cluster): readonly Entry[] {
  const service = dnsIndex(cluster).serviceAt(clusterDnsAddress);
  const name = service
    ? `${service.metadata.name}.${service.metadata.namespace ?? ''}.svc.${clusterDomain}`
    : standIn;
  return [{ host: clusterDnsAddress, hostType: 'A', port: 0, name }];
}

/**
 * Whether anybody answers behind the Service of the cluster's name server. Where the platform
 * shows no such Service, the server stands outside the cluster and answers.
 */
export function nameServerAnswers(cluster: Cluster): boolean {
  const index = dnsIndex(cluster);
  const service = index.serviceAt(clusterDnsAddress);
  if (!service || !cluster.settings.kubelet) return true;
  return index.addresses(service.metadata.namespace ?? '', service.metadata.name).length > 0;
}

export const nameServerEntries = (cluster: Cluster, name: string): readonly Entry[] | undefined =>
  withoutDot(name).toLowerCase() === standIn ? nameServers(cluster) : undefined;
