import { settle } from '../../controllers/settle.ts';
import { isObject, type JsonObject } from '../../json.ts';
import { type CommandContext, KubectlError } from '../command.ts';
import { kindNamed } from '../resource/arguments.ts';
import { accepted, getQuery, resourcePath } from '../resource/fetch.ts';
import { failed } from '../resource/usage.ts';
import { announce, nameOf, objectAt, post, type Writer } from '../resource/write.ts';
import { exitInPod } from './exec.ts';

/**
 * `run -i …`: starts the Pod, gives its one command a run in it, prints what that printed, and
 * deletes the Pod with `--rm`, however that ended. Without words of its own an image’s own command
 * is not known.
 */
export function runAttached(
  context: CommandContext,
  writer: Writer,
  pod: JsonObject,
  remove: boolean,
): number {
  const name = nameOf(pod);
  const words = wordsOf(pod);
  if (words.length === 0) {
    throw failed('there is no terminal here: say after -- what to run in the Pod');
  }
  const created = accepted(post(context, writer, pod));
  if (!remove) announce(context, writer, created, 'created');
  settle(context.cluster);
  try {
    return runIn(context, created, words);
  } finally {
    if (remove) discard(context, name);
  }
}

function runIn(context: CommandContext, pod: JsonObject, words: readonly string[]): number {
  const name = nameOf(pod);
  const now = podNow(context, name);
  const { phase } = objectAt(now, 'status');
  if (phase !== 'Running' && phase !== 'Succeeded') return notRunning(context, name);
  const exit = exitInPod(context, { name, container: undefined }, words);
  const { restartPolicy } = objectAt(now, 'spec');
  return endOf(`${context.namespace}/${name}`, String(restartPolicy), exit);
}

/** A Pod that is started again whatever happens has no exit code that kubectl could wait for. */
function endOf(pod: string, restartPolicy: string, exit: number): number {
  if (exit === 0 || restartPolicy === 'Always') return 0;
  if (restartPolicy === 'OnFailure') throw failed('timed out waiting for the condition');
  throw new KubectlError(`pod ${pod} terminated (Error)`, exit);
}

function wordsOf(pod: JsonObject): readonly string[] {
  const { containers } = objectAt(pod, 'spec');
  const [container] = Array.isArray(containers) ? containers.filter(isObject) : [];
  const words = [container?.command, container?.args].find(Array.isArray) ?? [];
  return words.map(String);
}

const podNow = (context: CommandContext, name: string): JsonObject =>
  accepted(getQuery(context, { kind: kindNamed('pods'), name }, context.namespace));

function notRunning(context: CommandContext, name: string): number {
  context.err(`error: timed out waiting for the condition: pod "${name}" does not run\n`);
  return 1;
}

function discard(context: CommandContext, name: string): void {
  const path = resourcePath(kindNamed('pods'), context.namespace, name);
  accepted(context.send({ method: 'DELETE', path, body: { propagationPolicy: 'Background' } }));
  context.out(`pod "${name}" deleted from ${context.namespace} namespace\n`);
}
