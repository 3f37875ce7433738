import { clusterDnsAddress } from '../dns/name-server.ts';
import { ask } from '../dns/query.ts';
import { clusterDomain, isWithin, type Reply } from '../dns/record.ts';
import { resolverOf } from '../dns/resolver.ts';
import { isIPv4 } from '../ipv4.ts';
import { type CommandResult, fail, ok, type PodShell } from './pod-command.ts';

/** nslookup of bind-tools 9.18: the search domains are followed until one answers. */
export function bindNslookup(shell: PodShell, args: readonly string[]): CommandResult {
  const [name, server] = args.filter((word) => !word.startsWith('-'));
  const type = args
    .map((word) => /^-(?:q|type|query|querytype)=(\w+)$/.exec(word)?.[1])
    .find((found) => found !== undefined);
  if (name === undefined) return fail(1, 'nslookup: no host given\n');
  if (isIPv4(name)) return reversed(shell, name);
  const config = resolverOf(shell.pod);
  const address = server ?? config.nameservers[0] ?? clusterDnsAddress;
  const header = `Server:\t\t${address}\nAddress:\t${address}#53\n\n`;
  const asType = (type ?? 'A').toUpperCase();
  const found = firstReply(shell, candidatesOf(name, config.search, config.ndots), asType);
  if (found.reply.rcode !== 'NOERROR') {
    const failed = `** server can't find ${name.replace(/\.$/, '')}: ${found.reply.rcode}\n\n`;
    return { exit: 1, stdout: header + failed, stderr: '' };
  }
  if (found.reply.answer.length === 0) {
    return { exit: 0, stdout: `${header}*** Can't find ${name}: No answer\n\n`, stderr: '' };
  }
  const outside = isWithin(found.asked, clusterDomain) ? '' : 'Non-authoritative answer:\n';
  return ok(`${header}${outside}${found.reply.answer.map(lineOf).join('')}\n`);
}

/** The names in the order bind tries them: enough dots first as given, else last. */
export function candidatesOf(name: string, search: readonly string[], ndots: number): string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const searched = search.map((domain) => `${name}.${domain}`);
  return name.split('.').length - 1 < ndots ? [...searched, name] : [name, ...searched];
}

function firstReply(
  shell: PodShell,
  names: readonly string[],
  type: string,
): { asked: string; reply: Reply } {
  let last = { asked: '', reply: { rcode: 'NXDOMAIN', answer: [] } as Reply };
  for (const asked of names) {
    last = { asked, reply: ask(shell.cluster, asked, type) };
    if (last.reply.rcode === 'NOERROR' && last.reply.answer.length > 0) return last;
  }
  return last;
}

function lineOf({ name, type, data }: Reply['answer'][number]): string {
  if (type === 'A' || type === 'AAAA') return `Name:\t${name}\nAddress: ${data}\n`;
  const words: Readonly<Record<string, string>> = {
    CNAME: 'canonical name',
    SRV: 'service',
    PTR: 'name',
    TXT: 'text',
    NS: 'nameserver',
  };
  return `${name}\t${words[type] ?? type} = ${data}\n`;
}

function reversed(shell: PodShell, address: string): CommandResult {
  const name = `${address.split('.').reverse().join('.')}.in-addr.arpa`;
  const reply = ask(shell.cluster, name, 'PTR');
  if (reply.rcode === 'NOERROR') return ok(`${reply.answer.map(lineOf).join('')}\n`);
  return { exit: 1, stdout: `** server can't find ${name}: ${reply.rcode}\n\n`, stderr: '' };
}
