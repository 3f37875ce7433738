import type { Cluster } from '../../cluster.ts';
import { dnsIndex } from './dns-index.ts';
import { type Entry, entriesOf } from './entries.ts';
import { type DnsRecord, fullyQualified, record, withoutDot } from './record.ts';

/** SRV records, and the addresses of their targets. */
export interface ServiceRecords {
  readonly answer: readonly DnsRecord[];
  readonly additional: readonly DnsRecord[];
}

/**
 * Every port behind a name, all with priority 0 and an equal share of 100 as weight; the target is
 * the name of the Service, of each endpoint when it is headless. ExternalName has none.
 */
export function serviceRecords(cluster: Cluster, name: string): ServiceRecords | 'no-items' {
  const found = entriesOf(dnsIndex(cluster), withoutDot(name));
  if (found === 'no-items') return found;
  const entries = found.filter((entry) => entry.hostType !== 'CNAME');
  const weight = weightOf(entries.length);
  const served = entries.filter((entry) => entry.port !== -1);
  const answer = served.map((entry) =>
    record(name, 'SRV', `0 ${weight} ${entry.port} ${fullyQualified(entry.name)}`),
  );
  const additional = served.map((entry) => record(entry.name, entry.hostType, entry.host));
  return { answer: distinct(answer), additional: distinct(additional) };
}

const weightOf = (shares: number): number =>
  Math.max(1, Math.floor((100 / (100 * Math.max(shares, 1))) * 100));

const distinct = (records: readonly DnsRecord[]): readonly DnsRecord[] => [
  ...new Map(records.map((each) => [`${each.name} ${each.data}`, each])).values(),
];

/** The record that an ExternalName Service is, when asked for by type. */
export function aliasRecords(cluster: Cluster, name: string): readonly DnsRecord[] | 'no-items' {
  const found = entriesOf(dnsIndex(cluster), withoutDot(name));
  if (found === 'no-items') return found;
  const first: Entry | undefined = found[0];
  return first?.hostType === 'CNAME' ? [record(name, 'CNAME', fullyQualified(first.host))] : [];
}
