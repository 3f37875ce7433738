/** The domain of the cluster's own names, as kubeadm sets it up. */
export const clusterDomain = 'cluster.local';

/** Seconds: `ttl 30` in kubeadm's Corefile, for records and for negative answers. */
const clusterTtl = 30;

/** Seconds, of names the upstream server knows. */
export const upstreamTtl = 60;

/** Names without the dot at their end. */
export interface DnsRecord {
  readonly name: string;
  readonly ttl: number;
  readonly type: string;
  readonly data: string;
}

export interface Reply {
  readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED';
  readonly answer: readonly DnsRecord[];
  readonly additional?: readonly DnsRecord[];
  readonly authority?: readonly DnsRecord[];
}

export const record = (
  name: string,
  type: string,
  data: string,
  ttl: number = clusterTtl,
): DnsRecord => ({ name: withoutDot(name), ttl, type, data });

export const withoutDot = (name: string): string => (name.endsWith('.') ? name.slice(0, -1) : name);

/** As a zone file spells a name in the data of a record. */
export const fullyQualified = (name: string): string => (name.endsWith('.') ? name : `${name}.`);

/** Whether a name is the domain itself or lies below it; letters of either case are the same. */
export function isWithin(name: string, domain: string): boolean {
  const lower = withoutDot(name).toLowerCase();
  return lower === domain || lower.endsWith(`.${domain}`);
}

export const recordText = ({ name, ttl, type, data }: DnsRecord): string =>
  `${name} ${ttl} ${type} ${data}`;
