import { resolverOf, resolveWith } from '../dns/resolver.ts';
import { hostsFile } from '../names.ts';
import { addressesOf } from './connection.ts';
import { fail, ok, type PodCommand } from './pod-command.ts';

/** `getent hosts NAME` and `getent ahosts NAME`; exits 2 when the name has no address. */
export const getent: PodCommand = {
  names: ['getent'],
  partOf: ['glibc', 'apk'],
  run(shell, [database = '', name]) {
    if (!['hosts', 'ahosts', 'ahostsv4'].includes(database)) {
      return fail(1, `getent: unknown database: ${database}\n`);
    }
    if (name === undefined) {
      const lines = [...hostsFile(shell.pod)].map(
        ([host, address]) => `${address.padEnd(15)} ${host}`,
      );
      return ok(`${['127.0.0.1       localhost', ...lines].join('\n')}\n`);
    }
    const addresses = addressesOf(shell, name);
    if (addresses.length === 0) return fail(2, '');
    const { canonical = name } = resolveWith(shell.cluster, resolverOf(shell.pod), name);
    return ok(addresses.map((address) => `${address.padEnd(15)} ${canonical}\n`).join(''));
  },
};
