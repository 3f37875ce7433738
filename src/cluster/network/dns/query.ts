import type { Cluster } from '../../cluster.ts';
import { addressRecords } from './addresses.ts';
import type { DnsAnswer } from './answer.ts';
import { nameServers } from './name-server.ts';
import {
  clusterDomain,
  type DnsRecord,
  fullyQualified,
  isWithin,
  type Reply,
  record,
  recordText,
  withoutDot,
} from './record.ts';
import { pointerRecords } from './reverse.ts';
import { aliasRecords, serviceRecords } from './service-records.ts';
import { upstream } from './upstream.ts';

/**
 * What CoreDNS answers to one question, in the playground's form. Letters of either case are the
 * same in names and types; an answer repeats the name as it was asked.
 */
export function query(cluster: Cluster, name: string, type: string): DnsAnswer {
  const reply = ask(cluster, name, type.toUpperCase());
  const additional = reply.additional ?? [];
  const authority = reply.authority ?? [];
  return {
    name,
    type,
    rcode: reply.rcode,
    answer: reply.answer.map(recordText).sort(),
    ...(additional.length > 0 && { additional: additional.map(recordText).sort() }),
    ...(authority.length > 0 && { authority: authority.map((each) => each.type) }),
  };
}

/** The reply itself, records in the order the server found them. */
export function ask(cluster: Cluster, name: string, type: string): Reply {
  const asked = withoutDot(name);
  if (isTransfer(type)) return { rcode: 'REFUSED', answer: [] };
  if (isWithin(asked, clusterDomain)) return askCluster(cluster, asked, type);
  if (isWithin(asked, 'in-addr.arpa') && type === 'PTR') {
    const answer = pointerRecords(cluster, asked);
    if (answer.length > 0) return { rcode: 'NOERROR', answer };
  }
  return upstream(cluster, asked, type);
}

const isTransfer = (type: string): boolean => type === 'AXFR' || type === 'IXFR';

/** Answers, `no-items` for a name that does not exist, nothing for one without such records. */
type Found =
  | 'no-items'
  | { readonly answer: readonly DnsRecord[]; readonly additional?: readonly DnsRecord[] };

function askCluster(cluster: Cluster, name: string, type: string): Reply {
  const found = (answers.get(type) ?? existence)(cluster, name);
  const authority = [startOfAuthority(cluster)];
  if (found === 'no-items') return { rcode: 'NXDOMAIN', answer: [], authority };
  if (found.answer.length === 0) return { rcode: 'NOERROR', answer: [], authority };
  return { rcode: 'NOERROR', ...found };
}

type Answering = (cluster: Cluster, name: string) => Found;

const wrap = (records: readonly DnsRecord[] | 'no-items'): Found =>
  records === 'no-items' ? records : { answer: records };

const isApex = (name: string): boolean => name.toLowerCase() === clusterDomain;

/** A type that is not served still tells whether the name exists. */
const existence: Answering = (cluster, name) =>
  addressRecords(cluster, name, 'A') === 'no-items' ? 'no-items' : { answer: [] };

const answers: ReadonlyMap<string, Answering> = new Map<string, Answering>([
  ['A', (cluster, name) => wrap(addressRecords(cluster, name, 'A'))],
  ['AAAA', (cluster, name) => wrap(addressRecords(cluster, name, 'AAAA'))],
  ['CNAME', (cluster, name) => wrap(aliasRecords(cluster, name))],
  ['SRV', (cluster, name) => serviceRecords(cluster, name)],
  ['TXT', (_cluster, name) => ({ answer: versionRecords(name) })],
  ['SOA', (cluster, name) => ({ answer: isApex(name) ? [startOfAuthority(cluster)] : [] })],
  ['NS', (cluster, name) => (isApex(name) ? serversOf(cluster) : existence(cluster, name))],
]);

const versionTtl = 28_800;

/** The version of the DNS specification that CoreDNS follows, the only TXT record there is. */
const versionRecords = (name: string): readonly DnsRecord[] =>
  name.toLowerCase() === `dns-version.${clusterDomain}`
    ? [record(name, 'TXT', '"1.1.0"', versionTtl)]
    : [];

function serversOf(cluster: Cluster): Found {
  const servers = nameServers(cluster);
  return {
    answer: servers.map((server) => record(clusterDomain, 'NS', fullyQualified(server.name))),
    additional: servers.map((server) => record(server.name, server.hostType, server.host)),
  };
}

/** Its serial is the time of the newest change that CoreDNS saw, in seconds. */
function startOfAuthority(cluster: Cluster): DnsRecord {
  const serial = Math.floor(cluster.settings.now / 1000);
  const data = `ns.dns.${clusterDomain}. hostmaster.${clusterDomain}. ${serial} 7200 1800 86400 30`;
  return record(clusterDomain, 'SOA', data);
}
