import { isObject, type JsonObject } from '../../json.ts';
import type { Command, CommandContext, Parsed } from '../command.ts';
import { parseLabels } from '../parse/pairs.ts';
import { goValue } from '../print/go-text.ts';
import { accepted } from '../resource/fetch.ts';
import { dryRunFlag, fileFlags, flag, outputFlags, writerFlags } from '../resource/flags.ts';
import { failed, nothingNamed } from '../resource/usage.ts';
import { forEachVisited, visit } from '../resource/visit.ts';
import { announce, nameOf, namespaceOf, objectAt, post, writerOf } from '../resource/write.ts';
import { overridden, overrideFlags } from './overrides.ts';

const manager = 'kubectl-expose';

/** kubectl/pkg/cmd/expose: a Service in front of what is already there. */
export const expose: Command = {
  path: ['expose'],
  summary:
    'Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service',
  flags: [
    ...outputFlags,
    dryRunFlag,
    ...writerFlags(manager),
    ...fileFlags,
    flag.text('port', 'port of the service; several separated by commas'),
    flag.text('target-port', "number or name of the containers' port"),
    flag.text('protocol', 'TCP, UDP or SCTP'),
    flag.text('type', 'ClusterIP, NodePort, LoadBalancer or ExternalName'),
    flag.text('name', 'name of the service'),
    flag.text('selector', 'labels to select Pods by: a=b,c=d'),
    flag.text('labels', 'labels of the service: a=b,c=d', 'l'),
    flag.text('external-ip', 'one more address that the service answers on'),
    flag.text('load-balancer-ip', 'address to ask of the load balancer'),
    flag.text('session-affinity', 'None or ClientIP'),
    flag.text('cluster-ip', 'address of the service, or None'),
    ...overrideFlags,
  ],
  run(context, parsed) {
    const writer = writerOf(context, parsed, manager);
    if (parsed.positionals.length === 0 && parsed.flags('filename').length === 0)
      throw nothingNamed();
    const named = {
      ...parsed,
      flag: (name: string) => (name === 'selector' ? undefined : parsed.flag(name)),
    };
    forEachVisited(visit(context, named, parsed.positionals), ({ object }) => {
      const service = overridden(parsed, serviceFor(context, object, parsed), 'core/v1.Service');
      announce(context, writer, accepted(post(context, writer, service)), 'exposed');
    });
    return 0;
  },
};

function serviceFor(context: CommandContext, object: JsonObject, parsed: Parsed): JsonObject {
  const source = sourceOf(object);
  const name = parsed.flag('name') || nameOf(object).slice(0, 63);
  const selector = parsed.flag('selector')
    ? parseLabels(parsed.flag('selector') ?? '')
    : source.selector();
  const labels = parsed.flag('labels')
    ? parseLabels(parsed.flag('labels') ?? '')
    : labelsOf(object);
  const ports = portsOf(source, parsed);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      ...(Object.keys(labels).length > 0 && { labels }),
      name,
      ...(context.namespaceGiven && { namespace: namespaceOf(object) || context.namespace }),
    },
    spec: { ...addressFields(parsed), ...(ports.length > 0 && { ports }), selector },
    status: { loadBalancer: {} },
  };
}

function addressFields(parsed: Parsed): JsonObject {
  const affinity = parsed.flag('session-affinity');
  if (affinity && affinity !== 'None' && affinity !== 'ClientIP') {
    throw failed(`unknown session affinity: ${affinity}`);
  }
  const type = parsed.flag('type');
  const entries: readonly (readonly [string, JsonObject[string]])[] = [
    ['clusterIP', parsed.flag('cluster-ip')],
    ['externalIPs', parsed.flag('external-ip') ? [parsed.flag('external-ip') ?? ''] : undefined],
    ['loadBalancerIP', type === 'LoadBalancer' ? parsed.flag('load-balancer-ip') : undefined],
    ['sessionAffinity', affinity],
    ['type', type],
  ];
  return Object.fromEntries(entries.filter(([, value]) => value));
}

/** What a kind that can be exposed offers: its selector and its containers' ports. */
interface Source {
  selector(): JsonObject;
  readonly ports: readonly SourcePort[];
}

interface SourcePort {
  readonly port: number;
  readonly protocol: string;
}

function sourceOf(object: JsonObject): Source {
  const kind = String(object.kind ?? '');
  const make = sources[kind];
  if (!make) throw failed(`cannot expose a ${kind}`);
  return make(object);
}

const listAt = (object: JsonObject, key: string): readonly JsonObject[] =>
  Array.isArray(object[key]) ? object[key].filter(isObject) : [];

const labelsOf = (object: JsonObject): JsonObject => objectAt(object, 'metadata', 'labels');

const containerPorts = (spec: JsonObject): readonly SourcePort[] =>
  listAt(spec, 'containers')
    .flatMap((container) => listAt(container, 'ports'))
    .map(({ containerPort, protocol }) => ({
      port: Number(containerPort),
      protocol: String(protocol ?? 'TCP'),
    }));

const introspection = (text: string) =>
  failed(`couldn't retrieve selectors via --selector flag or introspection: ${text}`);

function required(selector: JsonObject, missing: string): JsonObject {
  if (Object.keys(selector).length === 0) throw introspection(missing);
  return selector;
}

const workload = (object: JsonObject): Source => ({
  selector: () => {
    const { matchExpressions } = objectAt(object, 'spec', 'selector');
    if (Array.isArray(matchExpressions) && matchExpressions.length > 0) {
      throw introspection(
        `couldn't convert expressions - "${goValue(matchExpressions)}" to map-based selector format`,
      );
    }
    return objectAt(object, 'spec', 'selector', 'matchLabels');
  },
  ports: containerPorts(objectAt(object, 'spec', 'template', 'spec')),
});

const sources: Readonly<Record<string, (object: JsonObject) => Source>> = {
  Deployment: workload,
  ReplicaSet: workload,
  ReplicationController: (object) => ({
    selector: () => objectAt(object, 'spec', 'selector'),
    ports: containerPorts(objectAt(object, 'spec', 'template', 'spec')),
  }),
  Pod: (object) => ({
    selector: () => required(labelsOf(object), 'the pod has no labels and cannot be exposed'),
    ports: containerPorts(objectAt(object, 'spec')),
  }),
  Service: (object) => ({
    selector: () =>
      required(objectAt(object, 'spec', 'selector'), 'the service has no pod selector set'),
    ports: listAt(objectAt(object, 'spec'), 'ports').map(({ port, protocol }) => ({
      port: Number(port),
      protocol: String(protocol ?? 'TCP'),
    })),
  }),
};

function portsOf({ ports }: Source, parsed: Parsed): readonly JsonObject[] {
  const asked = parsed.flag('port') || [...new Set(ports.map(({ port }) => port))].join(',');
  if (asked === '') {
    if (parsed.flag('cluster-ip') === 'None') return [];
    throw failed("couldn't find port via --port flag or introspection");
  }
  const words = asked.split(',');
  return words.flatMap((word, index) => {
    const several = words.length > 1;
    return protocolsOf(word, ports, parsed).map((protocol, _, protocols) => {
      const suffix = protocols.length > 1 ? `-${protocol.toLowerCase()}` : '';
      const name = several || suffix !== '' ? `port-${index + 1}${suffix}` : undefined;
      const port = portNumber(word);
      return { ...(name && { name }), port, protocol, targetPort: targetPort(parsed, port) };
    });
  });
}

function protocolsOf(word: string, ports: readonly SourcePort[], parsed: Parsed): string[] {
  const given = parsed.flag('protocol');
  if (given) return [given];
  const known = ports.filter(({ port }) => String(port) === word).map(({ protocol }) => protocol);
  return known.length > 0 ? [...new Set(known)] : ['TCP'];
}

function portNumber(word: string): number {
  if (!/^[-+]?\d+$/.test(word)) {
    throw failed(`strconv.Atoi: parsing ${JSON.stringify(word)}: invalid syntax`);
  }
  return Number(word);
}

function targetPort(parsed: Parsed, port: number): number | string {
  const given = parsed.flag('target-port');
  if (!given) return port;
  return /^[-+]?\d+$/.test(given) ? Number(given) : given;
}
