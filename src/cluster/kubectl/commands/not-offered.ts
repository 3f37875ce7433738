import { type Command, KubectlError } from '../command.ts';

/** Commands kubectl has and the lab has not: summary by the words that call them. */
const known: Readonly<Record<string, string>> = {
  'create clusterrole': 'Create a cluster role',
  'create clusterrolebinding': 'Create a cluster role binding for a particular cluster role',
  'create cronjob': 'Create a cron job with the specified name',
  'create ingress': 'Create an ingress with the specified name',
  'create job': 'Create a job with the specified name',
  'create poddisruptionbudget': 'Create a pod disruption budget with the specified name',
  'create priorityclass': 'Create a priority class with the specified name',
  'create quota': 'Create a quota with the specified name',
  'create role': 'Create a role with single rule',
  'create rolebinding': 'Create a role binding for a particular role or cluster role',
  'create secret docker-registry': 'Create a secret for use with a Docker registry',
  'create secret tls': 'Create a TLS secret',
  'create token': 'Request a service account token',
  'set subject':
    'Update the user, group, or service account in a role binding or cluster role binding',
  edit: 'Edit a resource on the server',
  autoscale: 'Auto-scale a deployment, replica set, stateful set, or replication controller',
  certificate: 'Modify certificate resources',
  top: 'Display resource (CPU/memory) usage',
  cordon: 'Mark node as unschedulable',
  uncordon: 'Mark node as schedulable',
  drain: 'Drain node in preparation for maintenance',
  taint: 'Update the taints on one or more nodes',
  attach: 'Attach to a running container',
  proxy: 'Run a proxy to the Kubernetes API server',
  cp: 'Copy files and directories to and from containers',
  debug: 'Create debugging sessions for troubleshooting workloads and nodes',
  'auth reconcile':
    'Reconciles rules for RBAC role, role binding, cluster role, and cluster role binding objects',
  kustomize: 'Build a kustomization target from a directory or URL',
  completion:
    'Output shell completion code for the specified shell (bash, zsh, fish, or powershell)',
  plugin: 'Provides utilities for interacting with plugins',
  'config delete-cluster': 'Delete the specified cluster from the kubeconfig',
  'config delete-context': 'Delete the specified context from the kubeconfig',
  'config delete-user': 'Delete the specified user from the kubeconfig',
  'config rename-context': 'Rename a context from the kubeconfig file',
  'config set': 'Set an individual value in a kubeconfig file',
  'config set-cluster': 'Set a cluster entry in kubeconfig',
  'config set-credentials': 'Set a user entry in kubeconfig',
  'config unset': 'Unset an individual value in a kubeconfig file',
};

/** What to type in place of it. */
const instead: Readonly<Record<string, string>> = {
  edit: ': change the file and apply it, or use patch',
  debug: ': exec and run answer',
};

/** Each says plainly that it is not offered, whatever stands behind it on the line. */
export const notOffered: readonly Command[] = Object.entries(known).map(([words, summary]) => ({
  path: words.split(' '),
  summary,
  flags: [],
  offered: false,
  run() {
    throw new KubectlError(`error: kubectl ${words} is not offered here${instead[words] ?? ''}`);
  },
}));
