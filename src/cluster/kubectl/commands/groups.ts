import type { CommandGroup } from '../parse/find-command.ts';

/** The words that only gather commands, with the help that kubectl gives of them. */
export const groups: readonly CommandGroup[] = Object.freeze<CommandGroup[]>([
  {
    path: ['create', 'service'],
    aliases: ['svc'],
    summary: 'Create a service using a specified subcommand.',
  },
  {
    path: ['create', 'secret'],
    summary: 'Create a secret with specified type.',
    more: [
      ' A docker-registry type secret is for accessing a container registry.',
      ' A generic type secret indicate an Opaque secret type.',
      ' A tls type secret holds TLS certificate and its associated key.',
    ],
    usage: '(docker-registry | generic | tls) [options]',
  },
  {
    path: ['set'],
    summary: 'Configure application resources.',
    more: [' These commands help you make changes to existing application resources.'],
    usage: 'SUBCOMMAND [options]',
  },
  {
    path: ['rollout'],
    summary: 'Manage the rollout of one or many resources.',
    toStdout: true,
    gap: '\n        \n',
    more: [
      ' Valid resource types include:',
      '  *  deployments\n  *  daemonsets\n  *  statefulsets',
      [
        'Examples:',
        '# Rollback to the previous deployment',
        'kubectl rollout undo deployment/abc',
        '',
        '# Check the rollout status of a daemonset',
        'kubectl rollout status daemonset/foo',
        '',
        '# Restart a deployment',
        'kubectl rollout restart deployment/abc',
        '',
        "# Restart deployments with the 'app=nginx' label",
        'kubectl rollout restart deployment --selector=app=nginx',
      ].join('\n  '),
    ],
    usage: 'SUBCOMMAND [options]',
  },
  { path: ['auth'], summary: 'Inspect authorization.' },
  {
    path: ['config'],
    summary:
      'Modify kubeconfig files using subcommands like "kubectl config set current-context my-context".',
    more: [
      ' The loading order follows these rules:',
      [
        '  1.  If the --kubeconfig flag is set, then only that file is loaded. The flag may only be set once and no merging takes place.',
        '  2.  If $KUBECONFIG environment variable is set, then it is used as a list of paths (normal path delimiting rules for your system). These paths are merged. When a value is modified, it is modified in the file that defines the stanza. When a value is created, it is created in the first file that exists. If no files in the chain exist, then it creates the last file in the list.',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's variable, printed as it is
        '  3.  Otherwise, ${HOME}/.kube/config is used and no merging takes place.',
      ].join('\n'),
    ],
    usage: 'SUBCOMMAND [options]',
  },
]);
