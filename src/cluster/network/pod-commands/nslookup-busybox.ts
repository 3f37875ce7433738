import { clusterDnsAddress } from '../dns/name-server.ts';
import { ask } from '../dns/query.ts';
import type { Reply } from '../dns/record.ts';
import { resolverOf } from '../dns/resolver.ts';
import { upstream } from '../dns/upstream.ts';
import { isIPv4 } from '../ipv4.ts';
import { type CommandResult, fail, type PodShell } from './pod-command.ts';

/**
 * nslookup as busybox has it since 1.29 (networking/nslookup.c): it asks for A and AAAA; a name
 * without dots is tried with every search domain, and each failure is printed and counted, so that
 * it exits 1 although one of them answered. A name with a dot is asked for as it stands.
 */
export function busyboxNslookup(shell: PodShell, args: readonly string[]): CommandResult {
  const words = args.filter((word) => !word.startsWith('-'));
  const type = typeOf(args);
  const [name, server] = words;
  if (name === undefined) return fail(1, 'Usage: nslookup [-type=QUERY_TYPE] HOST [DNS_SERVER]\n');
  const config = resolverOf(shell.pod);
  const address = server ?? config.nameservers[0] ?? '127.0.0.1';
  const header = `Server:\t\t${address}\nAddress:\t${address}:53\n\n`;
  const usable = address === clusterDnsAddress || !isIPv4(address);
  const query = (asked: string, asType: string): Reply =>
    usable ? ask(shell.cluster, asked, asType) : upstream(shell.cluster, asked, asType);
  if (isIPv4(name)) return reversed(header, name, query);
  const names = /\./.test(name) ? [name] : config.search.map((domain) => `${name}.${domain}`);
  const types = type === undefined ? ['A', 'AAAA'] : [type];
  const replies = types.flatMap((asType) =>
    names.map((asked) => ({ asked, reply: query(asked, asType) })),
  );
  const text = replies.map(blockOf).join('');
  const failed = replies.some(({ reply }) => reply.rcode !== 'NOERROR');
  return { exit: failed ? 1 : 0, stdout: header + text, stderr: '' };
}

const typeOf = (args: readonly string[]): string | undefined =>
  args
    .map((word) => /^-(?:q|t|type|query|querytype)=(\w+)$/.exec(word)?.[1])
    .find((found) => found !== undefined)
    ?.toUpperCase();

function blockOf({ asked, reply }: { asked: string; reply: Reply }): string {
  if (reply.rcode !== 'NOERROR') return `** server can't find ${asked}: ${reply.rcode}\n\n`;
  if (reply.answer.length === 0) return '\n';
  const lines = reply.answer.map(({ name, type, data }) =>
    lineOf(name, type, data.replace(/\.$/, '')),
  );
  return `${lines.join('')}\n`;
}

const lineOf = (name: string, type: string, data: string): string =>
  type === 'A' || type === 'AAAA'
    ? `Name:\t${name}\nAddress: ${data}\n`
    : type === 'CNAME'
      ? `${name}\tcanonical name = ${data}\n`
      : `${name}\t${type === 'SRV' ? 'service' : type === 'PTR' ? 'name' : 'text'} = ${data}\n`;

function reversed(
  header: string,
  address: string,
  query: (name: string, type: string) => Reply,
): CommandResult {
  const name = `${address.split('.').reverse().join('.')}.in-addr.arpa`;
  const reply = query(name, 'PTR');
  const failed = reply.rcode !== 'NOERROR';
  return { exit: failed ? 1 : 0, stdout: header + blockOf({ asked: name, reply }), stderr: '' };
}
