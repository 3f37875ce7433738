import { isSilent, resolverOf } from '../dns/resolver.ts';
import { bindNslookup } from './nslookup-bind.ts';
import { busyboxNslookup } from './nslookup-busybox.ts';
import { fail, type PodCommand } from './pod-command.ts';

/** Two programs of one name that print and search differently: bind's hides busybox's. */
export const nslookup: PodCommand = {
  names: ['nslookup'],
  partOf: ['bind-tools', 'busybox'],
  run(shell, args) {
    if (isSilent(shell.cluster, resolverOf(shell.pod))) {
      return fail(1, '', ';; connection timed out; no servers could be reached\n\n');
    }
    return shell.tools.has('bind-tools') ? bindNslookup(shell, args) : busyboxNslookup(shell, args);
  },
};
