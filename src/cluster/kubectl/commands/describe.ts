import type { JsonObject } from '../../json.ts';
import type { Command, CommandContext, Parsed } from '../command.ts';
import { describeEndpointSlice, describeEndpoints } from '../describe/endpoints.ts';
import { describeNode } from '../describe/node.ts';
import {
  describeConfigMap,
  describeGeneric,
  describeNamespace,
  describeSecret,
} from '../describe/others.ts';
import { describePod } from '../describe/pod.ts';
import { describeService } from '../describe/service.ts';
import { describeDeployment, describeReplicaSet } from '../describe/workloads.ts';
import { isTrue } from '../parse/flag-values.ts';
import { alignTabs, describeTabs } from '../print/tab-writer.ts';
import { failWith, statusOf } from '../resource/fetch.ts';
import { allNamespacesFlag, fileFlags, flag, selectorFlags } from '../resource/flags.ts';
import { failed } from '../resource/usage.ts';
import { type Visited, visit } from '../resource/visit.ts';
import { nameOf } from '../resource/write.ts';

type Describe = (context: CommandContext, object: JsonObject) => string;

const describers: Readonly<Record<string, Describe>> = {
  services: describeService,
  pods: describePod,
  deployments: describeDeployment,
  replicasets: describeReplicaSet,
  endpoints: describeEndpoints,
  endpointslices: describeEndpointSlice,
  namespaces: describeNamespace,
  nodes: describeNode,
  configmaps: describeConfigMap,
  secrets: describeSecret,
};

/** kubectl/pkg/cmd/describe: two blank lines stand between objects. */
export const describe: Command = {
  path: ['describe'],
  summary: 'Show details of a specific resource or group of resources',
  flags: [
    ...fileFlags,
    ...selectorFlags,
    allNamespacesFlag,
    {
      name: 'show-events',
      kind: 'bool',
      bare: 'true',
      default: 'true',
      summary: 'events at the end',
    },
    flag.int('chunk-size', 'how many to ask for at once'),
  ],
  run(context, parsed) {
    if (parsed.positionals.length === 0 && parsed.flags('filename').length === 0) {
      throw failed(
        'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.\n',
      );
    }
    const { found, refused } = visit(context, parsed, parsed.positionals, true);
    if (refused.some((each) => statusOf(each).reason === 'NotFound')) {
      const alike = startingAlike(context, parsed);
      if (alike.length > 0) {
        for (const each of alike) context.out(`${textOf(context, parsed, each)}\n`);
        return 0;
      }
    }
    context.out(found.map((each) => textOf(context, parsed, each)).join('\n\n'));
    failWith(refused);
    if (found.length === 0) context.err(nothingFound(context, parsed));
    return 0;
  },
};

function textOf(context: CommandContext, parsed: Parsed, { kind, object }: Visited): string {
  const make = describers[kind.resource] ?? describeGeneric;
  return alignTabs(withoutEvents(make(context, object), parsed), describeTabs);
}

/** `TYPE NAME` where NAME is not there means all objects whose names begin so. */
function startingAlike(context: CommandContext, parsed: Parsed): readonly Visited[] {
  const [type = '', prefix = '', ...more] = parsed.positionals;
  if (prefix === '' || more.length > 0 || type.includes('/') || type.includes(',')) return [];
  return visit(context, parsed, [type], true).found.filter(({ object }) =>
    nameOf(object).startsWith(prefix),
  );
}

const nothingFound = (context: CommandContext, parsed: Parsed): string =>
  isTrue(parsed.flag('all-namespaces'))
    ? 'No resources found\n'
    : `No resources found in ${context.namespace} namespace.\n`;

function withoutEvents(text: string, parsed: Parsed): string {
  if (isTrue(parsed.flag('show-events'))) return text;
  const start = text.lastIndexOf('\nEvents:');
  return start < 0 ? text : text.slice(0, start + 1);
}
