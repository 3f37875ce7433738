import type { JsonObject } from '../../json.ts';
import { type Command, type CommandContext, KubectlError, type Parsed } from '../command.ts';
import { isTrue } from '../parse/flag-values.ts';
import { kindNamed } from '../resource/arguments.ts';
import { accepted, getQuery, objectsOf, Refused } from '../resource/fetch.ts';
import { flag, selectorFlags } from '../resource/flags.ts';
import { podsFor } from '../resource/pod-for.ts';
import { failed, usageError } from '../resource/usage.ts';
import { nameOf } from '../resource/write.ts';
import { containersAsked, type LogSource, logText, takeBounded } from './log-source.ts';

/** kubectl/pkg/cmd/logs: what containers printed is told by network/container-log. */
export const logs: Command = {
  path: ['logs'],
  aliases: ['log'],
  summary: 'Print the logs for a container in a pod',
  flags: [
    ...selectorFlags.filter(({ name }) => name === 'selector'),
    flag.text('container', 'the container; the first one if left out', 'c'),
    flag.bool('all-containers', 'of all containers'),
    flag.bool('all-pods', 'of all Pods of the object; sets --prefix'),
    flag.bool('follow', 'go on printing; a cluster at rest prints nothing more', 'f'),
    flag.bool('previous', 'of the container before the last restart', 'p'),
    flag.bool('timestamps', 'with times'),
    flag.bool('prefix', 'with the source in front'),
    flag.bool('ignore-errors', 'go on after errors'),
    flag.int('tail', 'the last lines only; 10 of each Pod with a selector', '-1'),
    flag.int('limit-bytes', 'so many bytes at most', '0'),
    flag.int('max-log-requests', 'so many containers at once with --follow', '5'),
    flag.duration('since', 'not older than this'),
    flag.text('since-time', 'not before this time'),
    flag.duration('pod-running-timeout', 'how long to wait for the Pod', '20s'),
    flag.bool('insecure-skip-tls-verify-backend', 'do not verify the node'),
  ],
  run(context, parsed) {
    const pods = podsAsked(context, parsed);
    validate(parsed);
    const sources = takeBounded(
      pods.flatMap((pod) => containersAsked(context, pod, containerAsked(parsed), wayOf(parsed))),
    );
    refuseTooMany(parsed, sources.length);
    for (const source of sources) print(context, parsed, source);
    return 0;
  },
};

const usage =
  "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command";

function podsAsked(context: CommandContext, parsed: Parsed): readonly JsonObject[] {
  const { positionals } = parsed;
  const selector = parsed.flag('selector');
  if (positionals.length > 2 || (positionals.length === 0 && !selector)) {
    throw usageError('kubectl logs', usage);
  }
  if (positionals.length === 1 && selector) {
    throw usageError('kubectl logs', 'only a selector (-l) or a POD name is allowed');
  }
  if (selector) return selected(context, selector);
  try {
    return chosen(context, positionals[0] ?? '', isTrue(parsed.flag('all-pods')));
  } catch (error) {
    throw inNamespace(context, error);
  }
}

function selected(context: CommandContext, labels: string): readonly JsonObject[] {
  const kind = kindNamed('pods');
  const response = getQuery(context, { kind }, context.namespace, { labels });
  accepted(response);
  const pods = objectsOf(response, kind);
  if (pods.length === 0) context.err(`No resources found in ${context.namespace} namespace.\n`);
  return pods;
}

/** The Pod that is meant, and which of several, or all of them. */
function chosen(context: CommandContext, target: string, all: boolean): readonly JsonObject[] {
  const pods = podsFor(context, target);
  const [first] = pods;
  if (all || pods.length < 2 || !first) return pods;
  context.err(`Found ${pods.length} pods, using pod/${nameOf(first)}\n`);
  return [first];
}

/** kubectl logs says in which namespace nothing was found. */
function inNamespace(context: CommandContext, error: unknown): unknown {
  if (!(error instanceof Refused) || error.status.reason !== 'NotFound') return error;
  return failed(
    `error from server (NotFound): ${error.status.message} in namespace ${JSON.stringify(context.namespace)}`,
  );
}

const containerAsked = (parsed: Parsed): string =>
  parsed.positionals[1] ?? parsed.flag('container') ?? '';

const wayOf = (parsed: Parsed) => ({
  allContainers: isTrue(parsed.flag('all-containers')),
  quiet: isTrue(parsed.flag('all-pods')),
});

function validate(parsed: Parsed): void {
  const since = parsed.flag('since') ?? '';
  const rules: readonly (readonly [boolean, string])[] = [
    [
      Boolean(parsed.flag('since-time')) && /[1-9]/.test(since),
      'at most one of `sinceTime` or `sinceSeconds` may be specified',
    ],
    [
      isTrue(parsed.flag('all-containers')) && containerAsked(parsed) !== '',
      `--all-containers=true should not be specified with container name ${containerAsked(parsed)}`,
    ],
    [
      parsed.changed('container') && parsed.positionals.length === 2,
      'only one of -c or an inline [CONTAINER] arg is allowed',
    ],
    [Number(parsed.flag('limit-bytes')) < 0, '--limit-bytes must be greater than 0'],
    [since.startsWith('-') && /[1-9]/.test(since), '--since must be greater than 0'],
    [Number(parsed.flag('tail')) < -1, '--tail must be greater than or equal to -1'],
  ];
  const broken = rules.find(([isBroken]) => isBroken);
  if (broken) throw failed(broken[1]);
}

function refuseTooMany(parsed: Parsed, count: number): void {
  const most = Number(parsed.flag('max-log-requests'));
  if (!isTrue(parsed.flag('follow')) || count < 2 || count <= most) return;
  throw failed(
    `you are attempting to follow ${count} log streams, but maximum allowed concurrency is ${most}, use --max-log-requests to increase the limit`,
  );
}

function print(context: CommandContext, parsed: Parsed, source: LogSource): void {
  try {
    context.out(logText(context, parsed, source));
  } catch (error) {
    if (!(error instanceof KubectlError) || !isTrue(parsed.flag('ignore-errors'))) throw error;
    context.out(`error: ${error.message.replace(/^Error from server \(\w+\): /, '')}\n`);
  }
}
