import type { Cluster } from '../../cluster.ts';
import { isIPv4 } from '../ipv4.ts';
import { dnsIndex } from './dns-index.ts';
import { clusterDomain, type DnsRecord, record, withoutDot } from './record.ts';

/** `34.12.96.10.in-addr.arpa` → `10.96.12.34`; undefined when it is no whole address. */
function addressInReverse(name: string): string | undefined {
  const match = /^((?:\d{1,3}\.){3}\d{1,3})\.in-addr\.arpa$/.exec(withoutDot(name).toLowerCase());
  const address = match?.[1]?.split('.').reverse().join('.');
  return address !== undefined && isIPv4(address) ? address : undefined;
}

/**
 * The names an address has: that of the Service whose cluster IP it is, else those of every
 * endpoint with it (coredns plugin/kubernetes/reverse.go).
 */
export function pointerRecords(cluster: Cluster, name: string): readonly DnsRecord[] {
  const address = addressInReverse(name);
  if (address === undefined) return [];
  const index = dnsIndex(cluster);
  const service = index.serviceAt(address);
  const names = service
    ? [`${service.metadata.name}.${service.metadata.namespace ?? ''}.svc`]
    : index.endpointNames(address);
  return names.map((each) => record(name, 'PTR', `${each}.${clusterDomain}.`));
}
