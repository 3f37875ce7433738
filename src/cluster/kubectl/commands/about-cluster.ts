import { platforms } from '../../network/platform.ts';
import type { Command, CommandContext } from '../command.ts';
import { isTrue } from '../parse/flag-values.ts';
import { indentedJson } from '../print/go-text.ts';
import { toYaml } from '../print/yaml.ts';
import { flag } from '../resource/flags.ts';
import { failed } from '../resource/usage.ts';

const clientVersion = 'v1.35.0';
const serverVersion = 'v1.35.4';
const kustomizeVersion = 'v5.7.1';

/** Where the API server listens on this platform. */
export const serverAddress = ({ cluster }: CommandContext): string =>
  `https://${platforms[cluster.settings.platform].nodes[0]?.internalIP ?? '127.0.0.1'}:6443`;

/** kubectl/pkg/cmd/version. */
export const version: Command = {
  path: ['version'],
  summary: 'Print the client and server version information',
  flags: [flag.bool('client', 'the client only'), flag.text('output', 'yaml or json', 'o')],
  run(context, parsed) {
    const { positionals } = parsed;
    if (positionals.length > 0) throw failed(`extra arguments: [${positionals.join(' ')}]`);
    const clientOnly = isTrue(parsed.flag('client'));
    const output = parsed.flag('output') ?? '';
    const info = {
      clientVersion: { gitVersion: clientVersion, major: '1', minor: '35' },
      kustomizeVersion,
      ...(!clientOnly && { serverVersion: { gitVersion: serverVersion, major: '1', minor: '35' } }),
    };
    if (output === 'yaml') context.out(toYaml(info));
    else if (output === 'json') context.out(indentedJson(info));
    else if (output !== '') throw failed("--output must be 'yaml' or 'json'");
    else {
      context.out(`Client Version: ${clientVersion}\nKustomize Version: ${kustomizeVersion}\n`);
      if (!clientOnly) context.out(`Server Version: ${serverVersion}\n`);
    }
    return 0;
  },
};

/** kubectl/pkg/cmd/clusterinfo. */
export const clusterInfo: Command = {
  path: ['cluster-info'],
  summary: 'Display cluster information',
  flags: [],
  run(context, parsed) {
    if (parsed.positionals[0] === 'dump') throw failed('cluster-info dump is not offered here');
    const address = serverAddress(context);
    context.out(`Kubernetes control plane is running at ${address}\n`);
    if (platforms[context.cluster.settings.platform].showsClusterDns) {
      context.out(
        `CoreDNS is running at ${address}/api/v1/namespaces/kube-system/services/kube-dns:dns/proxy\n`,
      );
    }
    context.out(
      "\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n",
    );
    return 0;
  },
};
