import { bindNslookup } from './nslookup-bind.ts';
import { busyboxNslookup } from './nslookup-busybox.ts';
import type { PodCommand } from './pod-command.ts';

/** Two programs of one name that print and search differently: bind's hides busybox's. */
export const nslookup: PodCommand = {
  names: ['nslookup'],
  partOf: ['bind-tools', 'busybox'],
  run: (shell, args) =>
    shell.tools.has('bind-tools') ? bindNslookup(shell, args) : busyboxNslookup(shell, args),
};
