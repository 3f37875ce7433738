import type { Cluster } from '../../cluster.ts';
import { dnsIndex } from './dns-index.ts';
import { type Entries, entriesOf } from './entries.ts';
import { nameServerEntries } from './name-server.ts';
import {
  clusterDomain,
  type DnsRecord,
  fullyQualified,
  isWithin,
  record,
  withoutDot,
} from './record.ts';
import { upstream } from './upstream.ts';

const longestChain = 7;

/**
 * The A or AAAA records of a name, following CNAMEs as CoreDNS does (plugin/backend_lookup.go):
 * a CNAME within the zone is shown only when it leads to an address, one that leaves the zone always.
 */
export function addressRecords(
  cluster: Cluster,
  name: string,
  type: 'A' | 'AAAA',
  previous: readonly DnsRecord[] = [],
): readonly DnsRecord[] | 'no-items' {
  const entries = lookUp(cluster, name);
  if (entries === 'no-items') return entries;
  const seen = new Set<string>();
  return entries.flatMap((entry) => {
    if (entry.hostType === 'CNAME') return follow(cluster, name, entry.host, type, previous);
    if (entry.hostType !== type || seen.has(entry.host)) return [];
    seen.add(entry.host);
    return [record(name, type, entry.host)];
  });
}

const lookUp = (cluster: Cluster, name: string): Entries =>
  nameServerEntries(cluster, name) ?? entriesOf(dnsIndex(cluster), withoutDot(name));

function follow(
  cluster: Cluster,
  name: string,
  host: string,
  type: 'A' | 'AAAA',
  previous: readonly DnsRecord[],
): readonly DnsRecord[] {
  const alias = record(name, 'CNAME', fullyQualified(host));
  const circular = isWithin(host, withoutDot(name).toLowerCase());
  if (circular || previous.length > longestChain || previous.some((old) => isSame(old, alias))) {
    return [];
  }
  if (!isWithin(host, clusterDomain)) {
    return [alias, ...upstream(cluster, host, type).answer];
  }
  const next = addressRecords(cluster, host, type, [...previous, alias]);
  return next === 'no-items' || next.length === 0 ? [] : [alias, ...next];
}

const isSame = (a: DnsRecord, b: DnsRecord): boolean =>
  a.name.toLowerCase() === b.name.toLowerCase() && a.data.toLowerCase() === b.data.toLowerCase();
