import { isObject, type JsonObject } from '../../json.ts';
import type { Command, CommandContext } from '../command.ts';
import { listOf } from '../describe/lines.ts';
import { resourceArguments } from '../resource/arguments.ts';
import { accepted, getQuery } from '../resource/fetch.ts';
import { flag } from '../resource/flags.ts';
import { podFor } from '../resource/pod-for.ts';
import { failed, usageError } from '../resource/usage.ts';
import { nameOf, objectAt } from '../resource/write.ts';

/** kubectl/pkg/cmd/portforward, as far as it can be told: which Pod and port it would lead to. */
export const portForward: Command = {
  path: ['port-forward'],
  summary: 'Forward one or more local ports to a pod',
  flags: [
    { ...flag.list('address', 'addresses to listen on'), default: 'localhost' },
    flag.duration('pod-running-timeout', 'how long to wait for the Pod', '1m0s'),
  ],
  run(context, parsed) {
    const [target, ...ports] = parsed.positionals;
    if (target === undefined || ports.length === 0) {
      throw usageError(
        'kubectl port-forward',
        'TYPE/NAME and list of ports are required for port-forward',
      );
    }
    const pod = podFor(context, target);
    const { phase } = objectAt(pod, 'status');
    const forwards = ports.map((text) => forwardOf(context, target, pod, text));
    if (phase !== 'Running') {
      throw failed(
        `unable to forward port because pod is not running. Current status=${String(phase)}`,
      );
    }
    for (const { local, remote } of forwards) {
      context.out(`Forwarding from 127.0.0.1:${local} -> ${remote}\n`);
      context.out(`Forwarding from [::1]:${local} -> ${remote}\n`);
    }
    context.err(
      `The way leads to pod ${nameOf(pod)}; there is no local port here to connect to.\n`,
    );
    return 0;
  },
};

interface Forward {
  readonly local: string;
  readonly remote: number;
}

function forwardOf(
  context: CommandContext,
  target: string,
  pod: JsonObject,
  text: string,
): Forward {
  const [first = '', second] = text.split(':');
  const wanted = second ?? first;
  const remote = /^(svc|services?)\//.test(target)
    ? servicePort(context, target, pod, wanted)
    : podPort(pod, wanted);
  if (second !== undefined && first !== '' && !/^\d{1,5}$/.test(first)) {
    throw failed(
      `error parsing local port '${first}': strconv.ParseUint: parsing ${JSON.stringify(first)}: invalid syntax`,
    );
  }
  return {
    local: first === '' || (second === undefined && !/^\d+$/.test(first)) ? String(remote) : first,
    remote,
  };
}

/** A Service's port leads to its target port in the Pod (util.LookupContainerPortNumberByServicePort). */
function servicePort(
  context: CommandContext,
  target: string,
  pod: JsonObject,
  wanted: string,
): number {
  const [query] = resourceArguments([target], { selects: false, typeAloneMeansAll: false }).queries;
  const service = query ? accepted(getQuery(context, query, context.namespace)) : {};
  const ports = listOf(objectAt(service, 'spec').ports);
  const port = ports.find((each) => String(each.port) === wanted || each.name === wanted);
  if (!port) throw failed(`Service ${nameOf(service)} does not have a service port ${wanted}`);
  const { targetPort } = port;
  if (objectAt(service, 'spec').clusterIP === 'None') return Number(port.port);
  return typeof targetPort === 'string'
    ? podPort(pod, targetPort)
    : Number(targetPort ?? port.port);
}

function podPort(pod: JsonObject, wanted: string): number {
  if (/^\d+$/.test(wanted)) return Number(wanted);
  const named = listOf(objectAt(pod, 'spec').containers)
    .flatMap(({ ports }) => (Array.isArray(ports) ? ports.filter(isObject) : []))
    .find(({ name }) => name === wanted);
  if (!named) throw failed(`Pod '${nameOf(pod)}' does not have a named port '${wanted}'`);
  return Number(named.containerPort);
}
