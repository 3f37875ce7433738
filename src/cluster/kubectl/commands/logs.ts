import type { JsonObject } from '../../json.ts';
import { type Command, KubectlError } from '../command.ts';
import { listOf } from '../describe/lines.ts';
import { isTrue } from '../parse/flag-values.ts';
import { flag, selectorFlags } from '../resource/flags.ts';
import { podFor } from '../resource/pod-for.ts';
import { failed, usageError } from '../resource/usage.ts';
import { nameOf, objectAt } from '../resource/write.ts';
import { checkContainer, sayDefault } from './exec.ts';

/** kubectl/pkg/cmd/logs: why a container has none is answered, what it printed is not simulated. */
export const logs: Command = {
  path: ['logs'],
  aliases: ['log'],
  summary: 'Print the logs for a container in a pod',
  flags: [
    ...selectorFlags.filter(({ name }) => name === 'selector'),
    flag.text('container', 'the container; the first one if left out', 'c'),
    flag.bool('all-containers', 'of all containers'),
    flag.bool('all-pods', 'of all Pods of the object'),
    flag.bool('follow', 'go on printing', 'f'),
    flag.bool('previous', 'of the container before the last restart', 'p'),
    flag.bool('timestamps', 'with times'),
    flag.bool('prefix', 'with the source in front'),
    flag.bool('ignore-errors', 'go on after errors'),
    flag.int('tail', 'the last lines only', '-1'),
    flag.int('limit-bytes', 'so many bytes at most', '0'),
    flag.int('max-log-requests', 'so many Pods at once', '5'),
    flag.duration('since', 'not older than this'),
    flag.text('since-time', 'not before this time'),
    flag.duration('pod-running-timeout', 'how long to wait for the Pod', '20s'),
  ],
  run(context, parsed) {
    const [target, container = parsed.flag('container'), ...more] = parsed.positionals;
    if (target === undefined && parsed.flag('selector')) {
      throw failed(notSimulated);
    }
    if (target === undefined || more.length > 0) {
      throw usageError(
        'kubectl logs',
        "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command",
      );
    }
    const pod = podFor(context, target);
    checkContainer(pod, container);
    if (!container && !isTrue(parsed.flag('all-containers'))) sayDefault(context, pod);
    throw noLogs(pod, container ?? '');
  },
};

const notSimulated = 'what a container logs is not simulated here; exec and describe answer';

function noLogs(pod: JsonObject, wanted: string): KubectlError {
  const first = String(listOf(objectAt(pod, 'spec').containers)[0]?.name ?? '');
  const name = wanted || first;
  const status = listOf(objectAt(pod, 'status').containerStatuses).find(
    (each) => each.name === name,
  );
  const { reason } = objectAt(status ?? {}, 'state', 'waiting');
  const why = reason === undefined ? undefined : waiting[String(reason)];
  if (why !== undefined) {
    return new KubectlError(
      `Error from server (BadRequest): container ${JSON.stringify(name)} in pod ${JSON.stringify(nameOf(pod))} is waiting to start: ${why}`,
    );
  }
  return failed(notSimulated);
}

const waiting: Readonly<Record<string, string>> = {
  ImagePullBackOff: 'trying and failing to pull image',
  ErrImagePull: "image can't be pulled",
  ContainerCreating: 'ContainerCreating',
  PodInitializing: 'PodInitializing',
};
