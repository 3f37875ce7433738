import type { JsonObject } from '../../json.ts';
import type { Command, CommandContext, Parsed } from '../command.ts';
import { isTrue } from '../parse/flag-values.ts';
import { parseLabels } from '../parse/pairs.ts';
import { accepted } from '../resource/fetch.ts';
import { dryRunFlag, flag, outputFlags, writerFlags } from '../resource/flags.ts';
import { failed, requireFlags, usageError } from '../resource/usage.ts';
import { announce, newMetadata, post, type Writer, writerOf } from '../resource/write.ts';
import { overridden, overrideFlags } from './overrides.ts';
import { runAttached } from './run-attached.ts';

const manager = 'kubectl-run';

/** kubectl/pkg/cmd/run: a Pod of one container, and a Service for it with `--expose`. */
export const run: Command = {
  path: ['run'],
  summary: 'Run a particular image on the cluster',
  flags: [
    ...outputFlags,
    dryRunFlag,
    ...writerFlags(manager),
    flag.text('image', 'image of the container'),
    flag.text('image-pull-policy', 'Always, IfNotPresent or Never'),
    flag.text('port', 'port that the container exposes'),
    flag.bool('expose', 'make a ClusterIP service for the Pod'),
    flag.text('labels', 'labels of the Pod: a=b,c=d', 'l'),
    flag.array('env', 'environment of the container: NAME=value'),
    flag.array('annotations', 'annotations of the Pod: key=value'),
    ...overrideFlags,
    flag.bool('command', 'what follows -- is the command, not its arguments'),
    { ...flag.text('restart', 'Always, OnFailure or Never'), default: 'Always' },
    flag.bool('stdin', 'attach the standard input', 'i'),
    flag.bool('tty', 'attach a terminal', 't'),
    flag.bool('attach', 'attach and print what the Pod prints'),
    flag.bool('rm', 'delete the Pod when the session ends'),
    flag.bool('quiet', 'print the container only', 'q'),
    flag.bool('leave-stdin-open', 'keep the standard input open'),
    flag.bool('privileged', 'run the container privileged'),
    flag.duration('pod-running-timeout', 'how long to wait for the Pod', '1m0s'),
  ],
  run(context, parsed) {
    requireFlags(parsed, 'image');
    const [name = '', ...more] = parsed.positionals;
    check(name, parsed);
    const writer = writerOf(context, parsed, manager);
    const plain = podOf(context, name, parsed, [...more, ...(parsed.afterDash ?? [])]);
    const pod = overridden(parsed, plain, 'core/v1.Pod');
    if (attaches(parsed) && writer.dryRun === 'none') {
      return runAttached(context, writer, pod, isTrue(parsed.flag('rm')));
    }
    const created = accepted(post(context, writer, pod));
    if (isTrue(parsed.flag('expose'))) expose(context, writer, name, parsed);
    announce(context, writer, created, 'created');
    return 0;
  },
};

const attaches = (parsed: Parsed): boolean =>
  isTrue(parsed.flag('attach')) || isTrue(parsed.flag('stdin'));

function check(name: string, parsed: Parsed): void {
  if (name === '') throw usageError('kubectl run', 'NAME is required for run');
  if (isTrue(parsed.flag('tty')) && !isTrue(parsed.flag('stdin'))) {
    throw failed('-i/--stdin is required for containers with -t/--tty=true');
  }
  if (isTrue(parsed.flag('expose')) && !parsed.flag('port')) {
    throw usageError('kubectl run', '--port must be set when exposing a service');
  }
  if (isTrue(parsed.flag('rm')) && !attaches(parsed)) {
    throw failed('--rm should only be used for attached containers');
  }
  const restart = parsed.flag('restart') ?? '';
  if (!['Always', 'OnFailure', 'Never'].includes(restart)) {
    throw failed(`invalid restart policy: ${restart}`);
  }
  if (!/^[^\s,]+$/.test(parsed.flag('image') ?? '')) {
    throw failed(`Invalid image name "${parsed.flag('image')}": invalid reference format`);
  }
}

function podOf(
  context: CommandContext,
  name: string,
  parsed: Parsed,
  words: readonly string[],
): JsonObject {
  const labels = parsed.flag('labels') ? parseLabels(parsed.flag('labels') ?? '') : { run: name };
  const container = {
    ...(words.length > 0 && { [isTrue(parsed.flag('command')) ? 'command' : 'args']: [...words] }),
    ...(parsed.flags('env').length > 0 && { env: parsed.flags('env').map(environment) }),
    image: parsed.flag('image') ?? '',
    ...(parsed.flag('image-pull-policy') && { imagePullPolicy: parsed.flag('image-pull-policy') }),
    name,
    ...(parsed.flag('port') && { ports: [{ containerPort: portNumber(parsed) }] }),
    resources: {},
    ...(attaches(parsed) && {
      stdin: true,
      ...(!isTrue(parsed.flag('leave-stdin-open')) && { stdinOnce: true }),
    }),
    ...(isTrue(parsed.flag('tty')) && { tty: true }),
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...newMetadata(context, name, labels), ...annotations(parsed) },
    spec: {
      containers: [container],
      dnsPolicy: 'ClusterFirst',
      restartPolicy: parsed.flag('restart') ?? 'Always',
    },
    status: {},
  };
}

function annotations(parsed: Parsed): JsonObject {
  const given = parsed.flags('annotations');
  return given.length === 0 ? {} : { annotations: parseLabels(given.join(',')) };
}

function environment(text: string): { name: string; value: string } {
  const equals = text.indexOf('=');
  const name = text.slice(0, Math.max(equals, 0));
  if (name === '') throw failed(`invalid env: ${text}`);
  return { name, value: text.slice(equals + 1) };
}

function portNumber(parsed: Parsed): number {
  const text = parsed.flag('port') ?? '';
  if (!/^[-+]?\d+$/.test(text)) {
    throw failed(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  }
  return Number(text);
}

/** The Service is printed before its Pod, and a line of dashes of its own follows it in YAML. */
function expose(context: CommandContext, writer: Writer, name: string, parsed: Parsed): void {
  const port = portNumber(parsed);
  const given = parsed.flag('labels');
  const labels = given ? parseLabels(given) : undefined;
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: newMetadata(context, name, labels),
    spec: {
      ports: [{ port, protocol: 'TCP', targetPort: port }],
      selector: labels ?? { run: name },
    },
    status: { loadBalancer: {} },
  };
  announce(context, writer, accepted(post(context, writer, service)), 'created');
  if (parsed.flag('output') === 'yaml') context.out('---\n');
}
