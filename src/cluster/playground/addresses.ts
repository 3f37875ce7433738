import type { ListeningSocket } from '../cluster.ts';
import type { ProbeSource, ProbeTarget } from '../network/probe.ts';

/** A question that cannot be put to a cluster; the message says what to write instead. */
export class QuestionError extends Error {}

/** `pod namespace/name`, `node name` or `outside`. */
export function sourceOf(text: string): ProbeSource {
  const [kind, where = ''] = text.split(' ');
  const [namespace = '', name] = where.split('/');
  if (kind === 'outside') return { kind };
  if (kind === 'node' && where) return { kind, name: where };
  if (kind === 'pod' && namespace && name) return { kind, namespace, name };
  throw new QuestionError(
    `"${text}" is no place to connect from: write "pod namespace/name", "node name" or "outside".`,
  );
}

/** `tcp`, `10.96.0.1:443`: an address or a name, and a port. */
export function targetOf(proto: string, addr: string): ProbeTarget {
  const colon = addr.lastIndexOf(':');
  const host = addr.slice(0, colon);
  if (colon < 1) throw new QuestionError(`"${addr}" is no address: write "host:port".`);
  return { protocol: protocolOf(proto), host, port: portOf(addr.slice(colon + 1), addr) };
}

/** `tcp:8080`, or `tcp:127.0.0.1:8080` for a process that listens on one address only. */
export function socketOf(text: string): ListeningSocket {
  const [proto = '', ...rest] = text.split(':');
  const port = portOf(rest.at(-1) ?? '', text);
  const address = rest.slice(0, -1).join(':');
  return { protocol: protocolOf(proto), port, ...(address && { address }) };
}

function protocolOf(text: string): ProbeTarget['protocol'] {
  const protocol = text.toUpperCase();
  if (protocol === 'TCP' || protocol === 'UDP' || protocol === 'SCTP') return protocol;
  throw new QuestionError(`"${text}" is no protocol: write "tcp", "udp" or "sctp".`);
}

const highestPort = 65_535;

function portOf(text: string, whole: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= highestPort) return port;
  throw new QuestionError(`"${whole}" needs a port between 1 and ${highestPort}.`);
}
