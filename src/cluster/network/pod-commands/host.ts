import { resolverOf, resolveWith } from '../dns/resolver.ts';
import { addressesOf } from './connection.ts';
import { fail, ok, type PodCommand } from './pod-command.ts';

/** `host NAME`, of bind-tools. */
export const host: PodCommand = {
  names: ['host'],
  partOf: ['bind-tools'],
  run(shell, args) {
    const [name] = args.filter((word) => !word.startsWith('-'));
    if (name === undefined) return fail(1, 'Usage: host [-aCdilrTvVw] hostname [server]\n');
    const addresses = addressesOf(shell, name);
    if (addresses.length === 0) return fail(1, '', `Host ${name} not found: 3(NXDOMAIN)\n`);
    const { canonical = name } = resolveWith(shell.cluster, resolverOf(shell.pod), name);
    return ok(addresses.map((address) => `${canonical} has address ${address}\n`).join(''));
  },
};
