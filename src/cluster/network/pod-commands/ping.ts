import { addressBook } from '../address-book.ts';
import { isLoopback } from '../ipv4.ts';
import { addressesOf } from './connection.ts';
import { readOptions } from './options.ts';
import { type CommandResult, fail, type PodCommand, type PodShell } from './pod-command.ts';

const rules = [
  { names: ['-c'], value: true },
  { names: ['-W'], value: true },
  { names: ['-w'], value: true },
  { names: ['-i'], value: true },
  { names: ['-q'] },
  { names: ['-4'] },
];

/** Without `-c` a real one runs until it is stopped: here, after this many. */
const usualCount = 4;
const mostCount = 100;

/**
 * ping as busybox prints it. Pods and nodes answer; a Service's address does not, because
 * kube-proxy's rules are about ports, and an echo request has none.
 */
export const ping: PodCommand = {
  names: ['ping'],
  partOf: ['busybox', 'ping'],
  run(shell, args) {
    const options = readOptions(args, rules);
    const [host] = options.operands;
    if (host === undefined) return fail(1, 'ping: usage error: Destination address required\n');
    const [address] = addressesOf(shell, host);
    if (address === undefined) return fail(1, `ping: bad address '${host}'\n`);
    const asked = Number(options.value('-c') ?? usualCount);
    const count = Math.min(Math.max(Number.isInteger(asked) ? asked : usualCount, 1), mostCount);
    return report(host, address, count, answersEcho(shell, address));
  },
};

function answersEcho(shell: PodShell, address: string): boolean {
  const book = addressBook(shell.cluster);
  return (
    isLoopback(address) || book.podAt(address) !== undefined || book.nodeAt(address) !== undefined
  );
}

function report(host: string, address: string, count: number, alive: boolean): CommandResult {
  const sent = Array.from(
    { length: alive ? count : 0 },
    (_, index) => `64 bytes from ${address}: seq=${index} ttl=62 time=0.100 ms\n`,
  );
  const received = sent.length;
  const loss = alive ? 0 : 100;
  const stdout = [
    `PING ${host} (${address}): 56 data bytes\n`,
    ...sent,
    `\n--- ${host} ping statistics ---\n`,
    `${count} packets transmitted, ${received} packets received, ${loss}% packet loss\n`,
    ...(alive ? ['round-trip min/avg/max = 0.100/0.100/0.100 ms\n'] : []),
  ].join('');
  return { exit: alive ? 0 : 1, stdout, stderr: '' };
}
