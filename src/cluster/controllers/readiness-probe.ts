import type { Container, Probe } from 'kubernetes-types/core/v1.js';
import type { ClusterSettings, ListeningSocket, SocketAnswer } from '../cluster.ts';
import { nginxServes } from '../network/pod-commands/http-response.ts';
import { listensOf } from '../network/sockets.ts';
import type { ObjectOf } from '../objects.ts';

type Pod = ObjectOf<'pods'>;

/** What the kubelet says of a probe that does not succeed, once it knows the Pod's address. */
export type ReadinessFailure = (podIP: string) => string;

/** Where a probe knocks. */
interface Knock {
  readonly container: Container;
  readonly probe: Probe;
  readonly port: number;
}

/**
 * Why a container's readiness probe can never succeed, as far as is known; undefined where it may.
 * A port that has no such name is an error of the probe itself; else it is tried at the sockets of
 * all containers of the Pod, since they share one address. Of a container whose sockets are not
 * known, of commands (`exec`) and of other hosts nothing is said (upstream: pkg/kubelet/prober,
 * pkg/probe).
 */
export function readinessFailure(
  settings: Pick<ClusterSettings, 'images'>,
  pod: Pod,
  container: Container,
): ReadinessFailure | undefined {
  const { readinessProbe: probe } = container;
  const wanted = probe?.httpGet?.port ?? probe?.tcpSocket?.port ?? grpcOf(probe)?.port;
  if (!probe || wanted === undefined) return undefined;
  const port = numberOf(container, wanted);
  if (port === undefined) {
    const text = `Readiness probe errored and resulted in unknown state: port "${wanted}" not found`;
    return () => text;
  }
  if (probe.httpGet?.host || probe.tcpSocket?.host) return undefined;
  const sockets = knownSockets(settings, pod);
  const failure = sockets && outcomeAt(sockets, { container, probe, port });
  return failure && ((podIP) => `Readiness probe failed: ${failure(podIP)}`);
}

/** What a process that is not ready says to a probe that asks it by HTTP. */
export const unavailable: ReadinessFailure = () =>
  'Readiness probe failed: HTTP probe failed with statuscode: 503';

const numberOf = ({ ports = [] }: Container, port: number | string): number | undefined =>
  typeof port === 'number' ? port : ports.find(({ name }) => name === port)?.containerPort;

/** The sockets that can be reached from outside the Pod, if those of all containers are known. */
function knownSockets(
  settings: Pick<ClusterSettings, 'images'>,
  { spec }: Pod,
): readonly ListeningSocket[] | undefined {
  const sidecars = (spec?.initContainers ?? []).filter(
    (each) => (each as { restartPolicy?: string }).restartPolicy === 'Always',
  );
  const found: ListeningSocket[] = [];
  for (const container of [...(spec?.containers ?? []), ...sidecars]) {
    const listens = listensOf(settings, container);
    if (!listens) return undefined;
    found.push(...listens);
  }
  return found.filter(
    ({ protocol, address }) => protocol === 'TCP' && !address?.startsWith('127.'),
  );
}

function outcomeAt(
  sockets: readonly ListeningSocket[],
  knock: Knock,
): ReadinessFailure | undefined {
  const { probe, port } = knock;
  const socket = sockets.find((each) => each.port === port);
  if (!socket) return refused(knock);
  if (probe.httpGet) return socket.answers && badAnswer(socket.answers, knock);
  return undefined;
}

function refused({ probe, port }: Knock): ReadinessFailure {
  const dial = (podIP: string) => `dial tcp ${podIP}:${port}: connect: connection refused`;
  if (probe.httpGet) return (podIP) => `Get "${urlOf(probe, podIP, port)}": ${dial(podIP)}`;
  if (!grpcOf(probe)) return dial;
  const within = durationText(probe.timeoutSeconds ?? 1);
  return (podIP) =>
    `timeout: failed to connect service "${podIP}:${port}" within ${within}: context deadline exceeded`;
}

function badAnswer(answer: SocketAnswer, { container, probe, port }: Knock) {
  const get = (problem: string) => (podIP: string) =>
    `Get "${urlOf(probe, podIP, port)}": ${problem}`;
  const status = statusOf(answer, probe.httpGet?.path ?? '/', container);
  if (probe.httpGet?.scheme === 'HTTPS') {
    return get(status === 0 ? 'EOF' : 'http: server gave HTTP response to HTTPS client');
  }
  if (status === 0) return get('EOF');
  if (status >= 200 && status < 400) return undefined;
  return () => `HTTP probe failed with statuscode: ${status}`;
}

/** Files or settings that are mounted into a web server may make it answer at any path. */
function statusOf(answer: SocketAnswer, path: string, { volumeMounts = [] }: Container): number {
  if (answer === 'nginx') return nginxServes(path) || volumeMounts.length > 0 ? 200 : 404;
  return typeof answer === 'object' && 'status' in answer ? answer.status : 200;
}

function urlOf({ httpGet }: Probe, host: string, port: number): string {
  const path = httpGet?.path ?? '/';
  const scheme = httpGet?.scheme === 'HTTPS' ? 'https' : 'http';
  return `${scheme}://${host}:${port}${path.startsWith('/') ? '' : '/'}${path}`;
}

const grpcOf = (probe: Probe | undefined): { readonly port: number } | undefined =>
  (probe as { grpc?: { port: number } } | undefined)?.grpc;

/** Whole seconds as Go prints a duration. */
function durationText(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const head = hours > 0 ? `${hours}h${minutes}m` : minutes > 0 ? `${minutes}m` : '';
  return `${head}${seconds % 60}s`;
}
