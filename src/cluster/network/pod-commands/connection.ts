import { resolverOf, resolveWith } from '../dns/resolver.ts';
import { isIPv4 } from '../ipv4.ts';
import { hostsFile } from '../names.ts';
import { type ProbeTarget, probe, type Reached } from '../probe.ts';
import type { PodShell } from './pod-command.ts';

/** How one connection of a program went. */
export type Connection =
  | { readonly kind: 'open'; readonly address: string; readonly peer: Reached }
  | { readonly kind: 'refused' | 'timeout'; readonly address: string }
  | { readonly kind: 'unresolved' };

/**
 * One draw out of everything that can happen. The same line in the same cluster draws the same;
 * another line, or a changed cluster, may draw another endpoint.
 */
export function connect(
  shell: PodShell,
  host: string,
  port: number,
  protocol: ProbeTarget['protocol'] = 'TCP',
): Connection {
  const [address] = addressesOf(shell, host);
  if (address === undefined) return { kind: 'unresolved' };
  const target = { protocol, host, port };
  const { reached, failed } = probe(shell.cluster, shell.source, target);
  const failures = failed.filter((failure) => failure !== 'unresolved');
  const drawn = draw(shell, `${host}:${port}`, reached.length + failures.length);
  const peer = reached[drawn];
  if (peer) return { kind: 'open', address, peer };
  return { kind: failures[drawn - reached.length] ?? 'timeout', address };
}

/** The addresses of a name as this container's libc finds them. */
export function addressesOf(shell: PodShell, host: string): readonly string[] {
  if (isIPv4(host)) return [host];
  if (host.toLowerCase() === 'localhost') return ['127.0.0.1'];
  const listed = hostsFile(shell.pod).get(host);
  if (listed !== undefined) return [listed];
  return resolveWith(shell.cluster, resolverOf(shell.pod), host).addresses;
}

function draw(shell: PodShell, text: string, count: number): number {
  let hash = shell.cluster.store.version();
  for (const character of text) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return count === 0 ? 0 : hash % count;
}
