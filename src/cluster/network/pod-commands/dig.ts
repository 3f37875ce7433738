import { clusterDnsAddress } from '../dns/name-server.ts';
import { ask } from '../dns/query.ts';
import { type DnsRecord, fullyQualified, type Reply } from '../dns/record.ts';
import { isSilent, resolverOf } from '../dns/resolver.ts';
import { candidatesOf } from './nslookup-bind.ts';
import { fail, ok, type PodCommand } from './pod-command.ts';

const types = new Set(['A', 'AAAA', 'CNAME', 'NS', 'PTR', 'SOA', 'SRV', 'TXT', 'MX', 'ANY']);

/** dig of bind-tools; the search domains are left out unless `+search` is given. */
export const dig: PodCommand = {
  names: ['dig'],
  partOf: ['bind-tools'],
  run(shell, args) {
    const flags = new Set(args.filter((word) => word.startsWith('+')));
    const plain = args.filter((word) => !/^[+@-]/.test(word));
    const reverse = args.includes('-x');
    const [given = '.', ...others] = plain.filter((word) => !types.has(word.toUpperCase()));
    const named = plain.find((word) => types.has(word.toUpperCase()))?.toUpperCase();
    const type = named ?? (reverse ? 'PTR' : 'A');
    const name = reverse ? `${given.split('.').reverse().join('.')}.in-addr.arpa` : given;
    const config = resolverOf(shell.pod);
    if (isSilent(shell.cluster, config)) {
      return fail(
        9,
        '',
        ';; communications error to 10.96.0.10#53: timed out\n;; no servers could be reached\n',
      );
    }
    const names =
      flags.has('+search') && others.length === 0
        ? candidatesOf(name, config.search, config.ndots)
        : [name.replace(/\.$/, '')];
    const replies = names.map((asked) => ({ asked, reply: ask(shell.cluster, asked, type) }));
    const best = replies.find(({ reply }) => reply.answer.length > 0) ?? replies[0];
    if (!best) return ok();
    if (flags.has('+short')) return ok(best.reply.answer.map(({ data }) => `${data}\n`).join(''));
    return ok(wholeAnswer(best.asked, type, best.reply));
  },
};

function wholeAnswer(name: string, type: string, reply: Reply): string {
  const authority = reply.authority ?? [];
  const additional = reply.additional ?? [];
  const counts = `QUERY: 1, ANSWER: ${reply.answer.length}, AUTHORITY: ${authority.length}, ADDITIONAL: ${additional.length}`;
  return [
    '',
    `; <<>> DiG 9.18 <<>> ${name} ${type}`,
    ';; Got answer:',
    `;; ->>HEADER<<- opcode: QUERY, status: ${reply.rcode}, id: 1`,
    `;; flags: qr aa rd; ${counts}`,
    '',
    ';; QUESTION SECTION:',
    `;${fullyQualified(name)}\t\tIN\t${type}`,
    '',
    ...section('ANSWER', reply.answer),
    ...section('AUTHORITY', authority),
    ...section('ADDITIONAL', additional),
    `;; SERVER: ${clusterDnsAddress}#53(${clusterDnsAddress}) (UDP)`,
    '',
    '',
  ].join('\n');
}

const section = (title: string, records: readonly DnsRecord[]): readonly string[] =>
  records.length === 0
    ? []
    : [
        `;; ${title} SECTION:`,
        ...records.map(
          ({ name, ttl, type, data }) => `${fullyQualified(name)}\t${ttl}\tIN\t${type}\t${data}`,
        ),
        '',
      ];
