import type { JsonObject } from '../../json.ts';
import type { Command, CommandContext, Flag, Parsed } from '../command.ts';
import { parsePort } from '../parse/ports.ts';
import { isRefusal, statusOf } from '../resource/fetch.ts';
import { dryRunFlag, flag, outputFlags, writerFlags } from '../resource/flags.ts';
import { failed, oneName, requireFlags } from '../resource/usage.ts';
import { announce, newMetadata, post, writerOf } from '../resource/write.ts';

const manager = 'kubectl-create';
const common: readonly Flag[] = [
  ...outputFlags,
  dryRunFlag,
  ...writerFlags(manager),
  flag.list('tcp', 'PORT or PORT:TARGETPORT; may be given several times'),
];

interface ServiceCommand {
  readonly word: string;
  readonly type: string;
  readonly summary: string;
  readonly flags?: readonly Flag[];
  readonly required?: readonly string[];
}

/** `create service TYPE` (kubectl/pkg/cmd/create/create_service.go). */
function createService({
  word,
  type,
  summary,
  flags = [],
  required = [],
}: ServiceCommand): Command {
  const path = ['create', 'service', word];
  return {
    path,
    summary,
    flags: [...common, ...flags],
    run(context, parsed) {
      requireFlags(parsed, ...required);
      const name = oneName(parsed, ['kubectl', ...path].join(' '));
      check(type, parsed);
      const writer = writerOf(context, parsed, manager);
      const response = post(context, writer, serviceOf(context, type, name, parsed));
      if (isRefusal(response)) {
        throw failed(`failed to create ${type} service: ${statusOf(response).message}`);
      }
      announce(context, writer, response.body, 'created');
      return 0;
    },
  };
}

function check(type: string, parsed: Parsed): void {
  const ports = parsed.flags('tcp');
  const headless = parsed.flag('clusterip') === 'None';
  if (headless && ports.length > 0) throw failed('can not map ports with clusterip=None');
  if (!headless && ports.length === 0 && type !== 'ExternalName') {
    throw failed('at least one tcp port specifier must be provided');
  }
  const external = parsed.flag('external-name') ?? '';
  if (type === 'ExternalName' && !isSubdomain(external)) {
    throw failed(`invalid service external name ${external}`);
  }
}

const isSubdomain = (text: string): boolean =>
  text.length <= 253 &&
  text.split('.').every((label) => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(label));

function serviceOf(
  context: CommandContext,
  type: string,
  name: string,
  parsed: Parsed,
): JsonObject {
  const nodePort = Number(parsed.flag('node-port') ?? 0);
  const ports = parsed.flags('tcp').map((text) => ({
    name: text.replaceAll(':', '-'),
    ...parsePort(text),
    protocol: 'TCP',
    ...(nodePort !== 0 && { nodePort }),
  }));
  const clusterIP = parsed.flag('clusterip');
  const externalName = parsed.flag('external-name');
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: newMetadata(context, name, { app: name }),
    spec: {
      ...(clusterIP && { clusterIP }),
      ...(externalName && { externalName }),
      ...(ports.length > 0 && { ports }),
      selector: { app: name },
      type,
    },
    status: { loadBalancer: {} },
  };
}

export const createClusterIP = createService({
  word: 'clusterip',
  type: 'ClusterIP',
  summary: 'Create a ClusterIP service',
  flags: [flag.text('clusterip', 'an address of your own, or None for a headless service')],
});

export const createNodePort = createService({
  word: 'nodeport',
  type: 'NodePort',
  summary: 'Create a NodePort service',
  flags: [flag.int('node-port', 'port on every node', '0')],
});

export const createLoadBalancer = createService({
  word: 'loadbalancer',
  type: 'LoadBalancer',
  summary: 'Create a LoadBalancer service',
});

export const createExternalName = createService({
  word: 'externalname',
  type: 'ExternalName',
  summary: 'Create an ExternalName service',
  flags: [flag.text('external-name', 'the name that the service stands for')],
  required: ['external-name'],
});
