import type { Cluster } from '../../cluster.ts';
import type { ResourceTypes } from '../../objects.ts';
import { isIPv4 } from '../ipv4.ts';
import { clusterDnsAddress, nameServerAnswers } from './name-server.ts';
import { ask } from './query.ts';
import { clusterDomain, type Reply } from './record.ts';
import { upstream } from './upstream.ts';

type Pod = ResourceTypes['pods'];

/** What stands in a resolv.conf. */
export interface ResolverConfig {
  readonly nameservers: readonly string[];
  readonly search: readonly string[];
  readonly ndots: number;
  readonly options: readonly string[];
}

export interface Try {
  /** The whole name that was asked for. */
  readonly name: string;
  readonly rcode: Reply['rcode'];
  readonly addresses: readonly string[];
}

export interface Resolution {
  /** Every name that was tried, in order; the last one is the one that answered. */
  readonly tried: readonly Try[];
  /** The IPv4 addresses the name stands for; empty when nothing answered. */
  readonly addresses: readonly string[];
  /** Whether the name server gave no answer at all. */
  readonly silent?: boolean;
  /** The name that answered, after aliases. */
  readonly canonical?: string;
}

const defaultNdots = 5;

/** A Pod's resolv.conf under `dnsPolicy: ClusterFirst` (k/k pkg/kubelet/network/dns/dns.go). */
const clusterFirst = (namespace: string): ResolverConfig => ({
  nameservers: [clusterDnsAddress],
  search: [`${namespace}.svc.${clusterDomain}`, `svc.${clusterDomain}`, clusterDomain],
  ndots: defaultNdots,
  options: [`ndots:${defaultNdots}`],
});

/** The node's own resolver, outside the cluster's names. */
export const nodeResolver: ResolverConfig = {
  nameservers: ['192.0.2.53'],
  search: [],
  ndots: 1,
  options: [],
};

/** By `dnsPolicy` and `dnsConfig`; with `hostNetwork`, ClusterFirst means the node's resolver. */
export function resolverOf(pod: Pod): ResolverConfig {
  const policy = pod.spec?.dnsPolicy ?? 'ClusterFirst';
  const followsNode =
    policy === 'Default' || (policy === 'ClusterFirst' && pod.spec?.hostNetwork === true);
  const namespace = pod.metadata.namespace ?? 'default';
  const empty: ResolverConfig = { nameservers: [], search: [], ndots: 1, options: [] };
  const base = policy === 'None' ? empty : followsNode ? nodeResolver : clusterFirst(namespace);
  const { nameservers = [], searches = [], options = [] } = pod.spec?.dnsConfig ?? {};
  const named = new Map(base.options.map((option) => [option.split(':')[0] ?? '', option]));
  for (const { name = '', value } of options) named.set(name, value ? `${name}:${value}` : name);
  const ndots = Number(named.get('ndots')?.split(':')[1] ?? base.ndots);
  return {
    nameservers: [...new Set([...base.nameservers, ...nameservers])],
    search: [...new Set([...base.search, ...searches])],
    ndots,
    options: [...named.values()],
  };
}

/** Resolves as a Pod with the usual resolv.conf in a namespace would. */
export const resolveFrom = (cluster: Cluster, namespace: string, name: string): Resolution =>
  resolveWith(cluster, clusterFirst(namespace), name);

/**
 * Tries a name as the C library does: with fewer dots than ndots every search domain comes first,
 * else the name itself; a dot at its end leaves the search domains out.
 */
export function resolveWith(cluster: Cluster, config: ResolverConfig, name: string): Resolution {
  if (isIPv4(name)) return { tried: [], addresses: [name], canonical: name };
  if (isSilent(cluster, config)) return { tried: [], addresses: [], silent: true };
  const tried: Try[] = [];
  for (const candidate of candidates(config, name)) {
    const reply = askWith(cluster, config, candidate);
    const addresses = reply.answer.filter((each) => each.type === 'A').map((each) => each.data);
    tried.push({ name: candidate, rcode: reply.rcode, addresses });
    if (addresses.length > 0) return { tried, addresses, canonical: canonicalOf(candidate, reply) };
  }
  return { tried, addresses: [] };
}

/** Whether a resolver asks the cluster's name server while nobody answers there. */
export const isSilent = (cluster: Cluster, config: ResolverConfig): boolean =>
  config.nameservers.includes(clusterDnsAddress) && !nameServerAnswers(cluster);

function candidates(config: ResolverConfig, name: string): readonly string[] {
  if (!isAskable(name)) return [];
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const searched = config.search.map((domain) => `${name}.${domain}`);
  const dots = name.split('.').length - 1;
  return dots < config.ndots ? [...searched, name] : [name, ...searched];
}

/** Labels of 1 to 63 characters, 253 in all (RFC 1035): nothing else is ever sent. */
const isAskable = (name: string): boolean =>
  name.length <= 253 && /^([^.\s]{1,63})(\.[^.\s]{1,63})*\.?$/.test(name);

function askWith(cluster: Cluster, config: ResolverConfig, name: string): Reply {
  const viaCluster = config.nameservers.includes(clusterDnsAddress);
  return viaCluster ? ask(cluster, name, 'A') : upstream(cluster, name, 'A');
}

const canonicalOf = (name: string, reply: Reply): string =>
  reply.answer.find((each) => each.type === 'A')?.name ?? name;
