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
 * within a line every connection draws anew, unless session affinity pins it.
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
  const { reached, failed, sticky } = probe(shell.cluster, shell.source, target);
  const failures = failed.filter((failure) => failure !== 'unresolved');
  const drawn = draw(shell, sticky ? 0 : shell.done.connections, reached.length + failures.length);
  shell.done.connections += 1;
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

/** A number below `count` that is the same for the same version and turn, and jumps about else. */
function draw(shell: PodShell, turn: number, count: number): number {
  const seed = shell.cluster.store.version() * 31 + turn;
  const mixed = Math.imul(seed ^ (seed >>> 15), 0x2c1b3c6d) >>> 0;
  return count === 0 ? 0 : ((mixed ^ (mixed >>> 13)) >>> 0) % count;
}
