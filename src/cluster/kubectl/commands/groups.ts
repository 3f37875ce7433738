import type { CommandGroup } from '../parse/find-command.ts';

/** The words that only gather commands. */
export const groups: readonly CommandGroup[] = Object.freeze([
  {
    path: ['create', 'service'],
    aliases: ['svc'],
    summary: 'Create a service using a specified subcommand.',
  },
  {
    path: ['create', 'secret'],
    summary: 'Create a secret with specified type.',
  },
  { path: ['set'], summary: 'Configure application resources.' },
  { path: ['rollout'], summary: 'Manage the rollout of one or many resources.' },
  { path: ['auth'], summary: 'Inspect authorization.' },
  { path: ['config'], summary: 'Modify kubeconfig files using subcommands.' },
]);
