import type { JsonObject } from '../../json.ts';
import { runInPod } from '../../network/pod-commands/run.ts';
import { type Command, type CommandContext, KubectlError } from '../command.ts';
import { listOf } from '../describe/lines.ts';
import { isTrue } from '../parse/flag-values.ts';
import { kindNamed } from '../resource/arguments.ts';
import { accepted, getQuery } from '../resource/fetch.ts';
import { fileFlags, flag } from '../resource/flags.ts';
import { podFor } from '../resource/pod-for.ts';
import { failed, usageError } from '../resource/usage.ts';
import { nameOf, objectAt } from '../resource/write.ts';

/** kubectl/pkg/cmd/exec: what runs is simulated by network/pod-commands. */
export const exec: Command = {
  path: ['exec'],
  summary: 'Execute a command in a container',
  flags: [
    ...fileFlags,
    flag.text('container', 'the container; the first one if left out', 'c'),
    flag.bool('stdin', 'pass the standard input', 'i'),
    flag.bool('tty', 'attach a terminal', 't'),
    flag.bool('quiet', 'print the container only', 'q'),
    flag.duration('pod-running-timeout', 'how long to wait for the Pod', '1m0s'),
  ],
  run(context, parsed) {
    const [target, ...words] = parsed.positionals;
    if (target === undefined) {
      throw usageError('kubectl exec', 'pod, type/name or --filename must be specified');
    }
    if (parsed.afterDash === undefined && words.length > 0) {
      throw failed(
        "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples",
      );
    }
    const command = parsed.afterDash ?? [];
    if (command.length === 0) {
      throw usageError('kubectl exec', 'you must specify at least one command for the container');
    }
    const pod = podFor(context, target);
    const container = parsed.flag('container');
    checkContainer(pod, container);
    const { phase } = objectAt(pod, 'status');
    if (phase === 'Succeeded' || phase === 'Failed') {
      throw failed(
        `cannot exec into a container in a completed pod; current phase is ${String(phase)}`,
      );
    }
    const chosen = container || defaultContainer(context, pod, isTrue(parsed.flag('quiet')));
    return execInPod(context, { name: nameOf(pod), container: chosen }, command);
  },
};

/** Runs a command in a Pod's container and prints what it printed; returns its exit code. */
function execInPod(
  context: CommandContext,
  { name, container }: { readonly name: string; readonly container: string | undefined },
  words: readonly string[],
): number {
  const exit = exitInPod(context, { name, container }, words);
  if (exit !== 0) throw new KubectlError(`command terminated with exit code ${exit}`, exit);
  return 0;
}

/** The same, without a word of kubectl's own about the exit code. */
export function exitInPod(
  context: CommandContext,
  { name, container }: { readonly name: string; readonly container: string | undefined },
  words: readonly string[],
): number {
  const path = { kind: kindNamed('pods'), name };
  const pod = accepted(getQuery(context, path, context.namespace));
  const first = String(listOf(objectAt(pod, 'spec').containers)[0]?.name ?? '');
  const chosen = container || first;
  requireRunning(context, pod, chosen);
  const place = { namespace: context.namespace, pod: name, container: chosen };
  const result = runInPod(context.cluster, place, words, context.stdin ?? '');
  context.out(result.stdout);
  context.err(result.stderr);
  return result.exit;
}

const containersOf = (pod: JsonObject): readonly string[] =>
  listOf(objectAt(pod, 'spec').containers).map(({ name }) => String(name));

function checkContainer(pod: JsonObject, container: string | undefined): void {
  if (!container || containersOf(pod).includes(container)) return;
  throw new KubectlError(
    `Error from server (BadRequest): container ${container} is not valid for pod ${nameOf(pod)}`,
  );
}

/** All containers of a Pod as kubectl lists them: `web, setup (init)`. */
export function allContainerNames(pod: JsonObject): string {
  const init = listOf(objectAt(pod, 'spec').initContainers).map(({ name }) => `${name} (init)`);
  return [...containersOf(pod), ...init].join(', ');
}

const annotation = 'kubectl.kubernetes.io/default-container';

/**
 * The container that is meant where none is named: the one an annotation names, else the first.
 * kubectl says which it took where there are several (kubectl/pkg/cmd/util/podcmd).
 */
export function defaultContainer(context: CommandContext, pod: JsonObject, quiet = false): string {
  const wanted = objectAt(pod, 'metadata', 'annotations')[annotation];
  const names = containersOf(pod);
  if (typeof wanted === 'string' && names.includes(wanted)) return wanted;
  if (typeof wanted === 'string' && wanted !== '') {
    context.err(
      `Default container name ${JSON.stringify(wanted)} not found in pod ${nameOf(pod)}\n`,
    );
  }
  const first = names[0] ?? '';
  const all = allContainerNames(pod);
  if (!quiet && all !== first) context.err(`Defaulted container "${first}" out of: ${all}\n`);
  return first;
}

function requireRunning(_context: CommandContext, pod: JsonObject, container: string): void {
  const status = listOf(objectAt(pod, 'status').containerStatuses).find(
    ({ name }) => name === container,
  );
  if (!status || objectAt(status, 'state').running !== undefined) return;
  throw new KubectlError(
    `error: Internal error occurred: unable to upgrade connection: container not found ("${container}")`,
  );
}
