import type { ListeningSocket } from '../../cluster.ts';
import { socketsOf } from '../sockets.ts';
import { ok, type PodCommand, type PodShell } from './pod-command.ts';

/** The sockets that flags such as `-tln` ask for; TCP and UDP where neither is named. */
function asked({ cluster, pod }: PodShell, args: readonly string[]): readonly ListeningSocket[] {
  const flags = args.filter((word) => /^-\w/.test(word)).join('');
  const wanted = new Set([
    ...(flags.includes('t') || args.includes('--tcp') ? ['TCP'] : []),
    ...(flags.includes('u') || args.includes('--udp') ? ['UDP'] : []),
  ]);
  return socketsOf(cluster, pod)
    .listening.filter(({ protocol }) => protocol !== 'SCTP')
    .filter(({ protocol }) => wanted.size === 0 || wanted.has(protocol))
    .toSorted((a, b) =>
      a.protocol === b.protocol ? a.port - b.port : a.protocol < b.protocol ? -1 : 1,
    );
}

const isTcp = ({ protocol }: ListeningSocket): boolean => protocol === 'TCP';
const local = ({ address = '0.0.0.0', port }: ListeningSocket): string => `${address}:${port}`;

/** `netstat -tln`, of busybox and of net-tools. Nothing stays connected at rest. */
export const netstat: PodCommand = {
  names: ['netstat'],
  partOf: ['busybox', 'net-tools'],
  run(shell, args) {
    const rows = asked(shell, args).map((socket) => {
      const state = isTcp(socket) ? 'LISTEN      ' : '            ';
      return `${socket.protocol.toLowerCase().padEnd(3)}        0      0 ${local(socket).padEnd(23)} ${'0.0.0.0:*'.padEnd(23)} ${state}\n`;
    });
    return ok(
      `Active Internet connections (only servers)\nProto Recv-Q Send-Q Local Address           Foreign Address         State       \n${rows.join('')}`,
    );
  },
};

/** `ss -tln`, of iproute2. */
export const ss: PodCommand = {
  names: ['ss'],
  partOf: ['iproute2'],
  run(shell, args) {
    const sockets = asked(shell, args);
    const both = !args.some((word) => /^-\w*[tu]/.test(word));
    const width = Math.max(13, ...sockets.map((socket) => local(socket).length - 5));
    const rows = sockets.map((socket) => {
      const [host = '', port = ''] = local(socket).split(':');
      const kind = both ? `${socket.protocol.toLowerCase().padEnd(6)}` : '';
      const state = isTcp(socket) ? 'LISTEN' : 'UNCONN';
      return `${kind}${state} 0      ${isTcp(socket) ? '511   ' : '0     '} ${host.padStart(width)}:${port.padEnd(4)} ${'0.0.0.0'.padStart(12)}:*          \n`;
    });
    const head = `${both ? 'Netid ' : ''}State  Recv-Q Send-Q ${'Local Address'.padStart(width)}:Port ${'Peer Address'.padStart(12)}:PortProcess\n`;
    return ok(`${head}${rows.join('')}`);
  },
};
