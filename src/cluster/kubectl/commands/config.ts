import type { PlatformName } from '../../network/platform.ts';
import type { Command, CommandContext } from '../command.ts';
import { contextNamespace, setContextNamespace } from '../context-namespace.ts';
import { isTrue } from '../parse/flag-values.ts';
import { outputPrinter } from '../print/output.ts';
import { alignTabs, tableTabs } from '../print/tab-writer.ts';
import { flag, outputFlags } from '../resource/flags.ts';
import { failed } from '../resource/usage.ts';
import { serverAddress } from './about-cluster.ts';

interface Names {
  readonly context: string;
  readonly cluster: string;
  readonly user: string;
}

const alike = (name: string): Names => ({ context: name, cluster: name, user: name });

/** What each platform's installer writes into the kubeconfig. */
const names: Readonly<Record<PlatformName, Names>> = {
  kubeadm: {
    context: 'kubernetes-admin@kubernetes',
    cluster: 'kubernetes',
    user: 'kubernetes-admin',
  },
  'docker-desktop': alike('docker-desktop'),
  kind: alike('kind-kind'),
  minikube: alike('minikube'),
  cloud: alike('cloud'),
};

const namesOf = (context: CommandContext): Names => names[context.cluster.settings.platform];

export const configCurrentContext: Command = {
  path: ['config', 'current-context'],
  summary: 'Display the current-context',
  flags: [],
  run(context) {
    context.out(`${namesOf(context).context}\n`);
    return 0;
  },
};

export const configView: Command = {
  path: ['config', 'view'],
  summary: 'Display merged kubeconfig settings or a specified kubeconfig file',
  flags: [
    ...outputFlags.map((each) => (each.name === 'output' ? { ...each, default: 'yaml' } : each)),
    flag.bool('minify', 'the current context only'),
    flag.bool('raw', 'with secrets'),
    flag.bool('flatten', 'with files written in'),
  ],
  run(context, parsed) {
    const { context: name, cluster, user } = namesOf(context);
    const namespace = contextNamespace(context.cluster);
    const config = {
      apiVersion: 'v1',
      clusters: [
        {
          cluster: { 'certificate-authority-data': 'DATA+OMITTED', server: serverAddress(context) },
          name: cluster,
        },
      ],
      contexts: [{ context: { cluster, ...(namespace && { namespace }), user }, name }],
      'current-context': name,
      kind: 'Config',
      users: [
        {
          name: user,
          user: { 'client-certificate-data': 'DATA+OMITTED', 'client-key-data': 'DATA+OMITTED' },
        },
      ],
    };
    outputPrinter(context, parsed)?.(config);
    return 0;
  },
};

export const configGetContexts: Command = {
  path: ['config', 'get-contexts'],
  summary: 'Describe one or many contexts',
  flags: [flag.bool('no-headers', 'no line of headers'), flag.text('output', 'name', 'o')],
  run(context, parsed) {
    const { context: name, cluster, user } = namesOf(context);
    const unknown = parsed.positionals.find((word) => word !== name);
    if (unknown !== undefined) throw failed(`context ${unknown} not found`);
    if (parsed.flag('output') === 'name') {
      context.out(`${name}\n`);
      return 0;
    }
    const head = isTrue(parsed.flag('no-headers'))
      ? ''
      : 'CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE\n';
    const namespace = contextNamespace(context.cluster) ?? '';
    context.out(alignTabs(`${head}*\t${name}\t${cluster}\t${user}\t${namespace}\n`, tableTabs));
    return 0;
  },
};

/** `config get-clusters` and `get-users`: a table of one column, of one row here. */
const configGet = (words: string, summary: string, read: (names: Names) => string): Command => ({
  path: ['config', words],
  summary,
  flags: [],
  run(context) {
    context.out(`NAME\n${read(namesOf(context))}\n`);
    return 0;
  },
});

export const configGetClusters = configGet(
  'get-clusters',
  'Display clusters defined in the kubeconfig',
  ({ cluster }) => cluster,
);

export const configGetUsers = configGet(
  'get-users',
  'Display users defined in the kubeconfig',
  ({ user }) => user,
);

export const configSetContext: Command = {
  path: ['config', 'set-context'],
  summary: 'Set a context entry in kubeconfig',
  flags: [flag.bool('current', 'the current context')],
  run(context, parsed) {
    const { context: name } = namesOf(context);
    const [wanted = isTrue(parsed.flag('current')) ? name : undefined] = parsed.positionals;
    if (wanted === undefined)
      throw failed('you must specify a non-empty context name or --current');
    if (wanted !== name) throw failed(`there is no other context here than ${name}`);
    if (parsed.flag('cluster') || parsed.flag('user')) {
      throw failed('only the namespace of the context can be set here');
    }
    if (context.namespaceGiven) setContextNamespace(context.cluster, context.namespace);
    context.out(`Context "${name}" modified.\n`);
    return 0;
  },
};

export const configUseContext: Command = {
  path: ['config', 'use-context'],
  aliases: ['use'],
  summary: 'Set the current-context in a kubeconfig file',
  flags: [],
  run(context, parsed) {
    const { context: name } = namesOf(context);
    const [wanted = ''] = parsed.positionals;
    if (wanted !== name) throw failed(`no context exists with the name: ${JSON.stringify(wanted)}`);
    context.out(`Switched to context "${name}".\n`);
    return 0;
  },
};
