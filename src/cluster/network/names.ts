import type { Cluster } from '../cluster.ts';
import type { ResourceTypes } from '../objects.ts';
import { nodeResolver, type Resolution, resolverOf, resolveWith } from './dns/resolver.ts';
import { isIPv4 } from './ipv4.ts';
import type { Hop } from './probe.ts';
import type { Sender } from './sender.ts';

/** The addresses a sender takes a host for, and the hop that says how it got them. */
export interface ResolvedName {
  readonly addresses: readonly string[];
  readonly hop?: Hop;
}

/** As the sender's own machine resolves: its hosts file first, then its name server. */
export function namesOf(cluster: Cluster, sender: Sender, host: string): ResolvedName {
  if (isIPv4(host)) return { addresses: [host] };
  const pod = sender.kind === 'outside' ? undefined : sender.pod;
  const own = host.toLowerCase() === 'localhost' ? '127.0.0.1' : pod && hostsFile(pod).get(host);
  if (own !== undefined) {
    const parameters = { name: host, address: own };
    return {
      addresses: [own],
      hop: { stage: 'name', ok: true, code: 'hop-name-hosts-file', parameters },
    };
  }
  const config = pod ? resolverOf(pod) : nodeResolver;
  const resolution = resolveWith(cluster, config, host);
  return { addresses: resolution.addresses, hop: hopOf(host, resolution) };
}

/** What a kubelet writes into a Pod's /etc/hosts: its own name, and `hostAliases`. */
export function hostsFile(pod: ResourceTypes['pods']): ReadonlyMap<string, string> {
  const hosts = new Map<string, string>();
  if (pod.status?.podIP) hosts.set(hostnameOf(pod), pod.status.podIP);
  for (const { ip, hostnames } of pod.spec?.hostAliases ?? []) {
    for (const name of hostnames ?? []) hosts.set(name, ip ?? '');
  }
  return hosts;
}

export const hostnameOf = (pod: ResourceTypes['pods']): string =>
  pod.spec?.hostNetwork
    ? (pod.spec.nodeName ?? pod.metadata.name)
    : pod.spec?.hostname || pod.metadata.name.slice(0, 63);

function hopOf(host: string, { tried, addresses, canonical, silent }: Resolution): Hop {
  if (silent) {
    const code = 'hop-name-server-silent';
    return { stage: 'name', ok: false, code, parameters: { name: host } };
  }
  const names = tried.map((each) => each.name).join(', ');
  if (addresses.length > 0) {
    const parameters = {
      name: host,
      fullName: canonical ?? host,
      addresses: addresses.join(', '),
      tried: names,
    };
    return { stage: 'name', ok: true, code: 'hop-name-resolved', parameters };
  }
  const empty = tried.some((each) => each.rcode === 'NOERROR');
  const code = empty ? 'hop-name-no-address' : 'hop-name-unknown';
  return { stage: 'name', ok: false, code, parameters: { name: host, tried: names } };
}
