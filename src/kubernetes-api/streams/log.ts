import type { ServerResponse } from 'node:http';
import type { ApiResponse } from '../../cluster/api-server/request.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { containerLog } from '../../cluster/network/container-log.ts';
import { limits } from '../../limits.ts';
import type { PodAnswer } from '../pod-streams.ts';
import { methodNotAllowed, refusal } from '../refusal.ts';
import type { Sandbox } from '../sandbox.ts';
import { jsonAnswer } from '../wire.ts';
import { type LogOptions, readLogOptions } from './log-options.ts';
import {
  type Container,
  type ContainerPlace,
  locateContainer,
  type Pod,
  statusOf,
  whenLifeEnds,
} from './running-container.ts';

/** `GET …/pods/x/log`: what a container has printed, and with `follow` until it ends. */
export const podLog =
  (running: Set<() => void>): PodAnswer =>
  (sandbox, target, request, reply) => {
    const refused = sandbox.quota.admit({ method: request.method, bytes: 0 });
    const asked = refused ? { refusal: refused } : logAsked(sandbox, target, request.method);
    if ('refusal' in asked) {
      const { code, contentType, body } = jsonAnswer(asked.refusal);
      void reply.code(code).header('content-type', contentType).send(Buffer.from(body));
      return true;
    }
    const { text, place, follow } = asked;
    const noStream = follow ? sandbox.quota.openStream() : undefined;
    if (noStream) {
      const { code, contentType, body } = jsonAnswer(noStream);
      void reply.code(code).header('content-type', contentType).send(Buffer.from(body));
    } else if (follow) {
      reply.hijack();
      followLog(sandbox, place, text, reply.raw, running);
    } else void reply.code(200).header('content-type', 'text/plain').send(Buffer.from(text));
    return true;
  };

type Asked =
  | { readonly text: string; readonly place: ContainerPlace; readonly follow: boolean }
  | { readonly refusal: ApiResponse };

function logAsked(sandbox: Sandbox, target: Parameters<PodAnswer>[1], method: string): Asked {
  if (method !== 'GET') return { refusal: methodNotAllowed() };
  const located = locateContainer(sandbox, target, 'log');
  if ('refusal' in located) return located;
  const { pod, container, place } = located;
  const options = readLogOptions(target.name, target.query);
  if ('refusal' in options) return options;
  const none = whyNone(pod, container.name, options.previous);
  if (none !== undefined) return { refusal: refusal(400, 'BadRequest', none) };
  const text = logText(sandbox.cluster(), pod, container, options);
  return { text, place, follow: options.follow };
}

const waits: ReadonlyMap<string, string> = new Map([
  ['ImagePullBackOff', 'trying and failing to pull image'],
  ['ErrImagePull', "image can't be pulled"],
]);

/** Why the kubelet has no log of a container (k/k pkg/kubelet validateContainerLogStatus). */
function whyNone(pod: Pod, container: string, previous: boolean): string | undefined {
  const where = `container ${JSON.stringify(container)} in pod ${JSON.stringify(pod.metadata.name)}`;
  const status = statusOf(pod, container);
  if (!status) return `${where} is not available`;
  const before = status.lastState?.terminated !== undefined;
  if (previous) return before ? undefined : `previous terminated ${where} not found`;
  if (before || status.state?.running || status.state?.terminated) return undefined;
  const { reason } = status.state?.waiting ?? {};
  if (reason === undefined) return `${where} is waiting to start - no logs yet`;
  return `${where} is waiting to start: ${waits.get(reason) ?? reason}`;
}

/** Everything was printed when the container started. */
function logText(cluster: Cluster, pod: Pod, container: Container, options: LogOptions): string {
  const { state, lastState } = statusOf(pod, container.name) ?? {};
  const life = options.previous ? lastState : state;
  const started =
    life?.running?.startedAt ?? life?.terminated?.startedAt ?? lastState?.terminated?.startedAt;
  const at = Date.parse(String(started));
  const then = { ...cluster, settings: { ...cluster.settings, now: at } };
  const since = options.sinceMs(cluster.settings.now);
  const lines = at < since ? [] : containerLog(then, pod, container);
  const { tail } = options;
  const last = tail === undefined ? lines : lines.slice(Math.max(0, lines.length - tail));
  const stamp = options.timestamps ? `${String(started).replace(/Z$/, '')}.000000000Z ` : '';
  const text = last.map((line) => `${stamp}${line}\n`).join('');
  if (options.limitBytes === undefined) return text;
  return Buffer.from(text).subarray(0, options.limitBytes).toString();
}

/** A container at rest prints nothing more: what remains to be told is its end. */
function followLog(
  sandbox: Sandbox,
  place: ContainerPlace,
  text: string,
  response: ServerResponse,
  running: Set<() => void>,
): void {
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.flushHeaders();
  response.write(text);
  const end = () => response.end();
  const timeout = setTimeout(end, limits.watchMs);
  timeout.unref();
  const stops = [whenLifeEnds(sandbox, place, end), sandbox.onClose(end)];
  running.add(end);
  response.on('error', () => response.destroy());
  response.once('close', () => {
    clearTimeout(timeout);
    for (const stop of stops) stop();
    running.delete(end);
    sandbox.quota.closeStream();
  });
  const pod = sandbox.cluster().store.get('pods', place.namespace, place.pod);
  if (!pod || !statusOf(pod, place.container)?.state?.running) end();
}
