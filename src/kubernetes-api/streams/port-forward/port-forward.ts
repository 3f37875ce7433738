import { type WebSocket, WebSocketServer } from 'ws';
import { limits } from '../../../limits.ts';
import type { PodUpgrade } from '../../pod-streams.ts';
import { refusal } from '../../refusal.ts';
import type { Sandbox } from '../../sandbox.ts';
import { acceptStream } from '../accept-stream.ts';
import { containerNotFound } from '../exit-status.ts';
import { refuseUpgrade } from '../refuse-upgrade.ts';
import {
  type ContainerPlace,
  lifeOf,
  locateContainer,
  type Pod,
  whenLifeEnds,
} from '../running-container.ts';
import { listensOn, serveConnection } from './pod-server.ts';
import { createSpdyConnection, type SpdyStream } from './spdy-connection.ts';

/**
 * What kubectl 1.31 and later ask for: SPDY/3.1 in the messages of a WebSocket. Its name is no token
 * of RFC 6455, so the WebSocket library neither reads nor writes it.
 */
const tunnel = 'SPDY/3.1+portforward.k8s.io';
const header = 'sec-websocket-protocol';

const tunnels = new WebSocketServer({
  noServer: true,
  clientTracking: false,
  maxPayload: limits.streamMessageBytes,
});
tunnels.on('headers', (headers) => headers.push(`Sec-WebSocket-Protocol: ${tunnel}`));

/** `…/pods/x/portforward`: connections into a Pod, answered by what listens there. */
export const podPortForward =
  (running: Set<() => void>): PodUpgrade =>
  (sandbox, target, request, socket, head) => {
    const refused = sandbox.quota.admit({ method: 'GET', bytes: 0 });
    if (refused) return refuseUpgrade(socket, refused);
    const one = sandbox.cluster().store.get('pods', target.namespace, target.name);
    const query = new URLSearchParams({ container: one?.spec?.containers[0]?.name ?? '' });
    const located = locateContainer(sandbox, { ...target, query }, 'exec');
    if ('refusal' in located) return refuseUpgrade(socket, located.refusal);
    const { pod, place } = located;
    const named = (request.headers[header] ?? '').split(',');
    const offered = named.map((name) => name.trim());
    if (!offered.includes(tunnel)) {
      const message = `connect with the WebSocket subprotocol ${tunnel} (kubectl 1.31 or later)`;
      return refuseUpgrade(socket, refusal(400, 'BadRequest', message));
    }
    if (lifeOf(sandbox, place) === undefined) {
      return refuseUpgrade(socket, containerNotFound(place.container));
    }
    delete request.headers[header];
    const upgrade = { request, socket, head };
    acceptStream(sandbox, upgrade, running, (ws) => forward(sandbox, ws, pod, place), tunnels);
  };

function forward(sandbox: Sandbox, socket: WebSocket, pod: Pod, place: ContainerPlace): void {
  const errors = new Map<string, SpdyStream>();
  const connection = createSpdyConnection(
    {
      send(bytes) {
        if (socket.readyState !== socket.OPEN) return;
        socket.send(bytes);
        if (socket.bufferedAmount > limits.watchUnreadBytes + limits.output) socket.terminate();
      },
      fail: () => socket.close(1002),
    },
    (stream) => open(sandbox, pod, place, errors, stream),
  );
  const stopLooking = whenLifeEnds(sandbox, place, () => socket.close(1001, 'the Pod is gone'));
  socket.on('message', (data, isBinary) => {
    if (isBinary && Buffer.isBuffer(data)) connection.receive(data);
    else socket.close(1003);
  });
  socket.on('error', () => socket.terminate());
  socket.once('close', () => {
    stopLooking();
    connection.close();
  });
}

/** A connection is a pair of streams with one request id: for its bytes, and for what went wrong. */
function open(
  sandbox: Sandbox,
  pod: Pod,
  place: ContainerPlace,
  errors: Map<string, SpdyStream>,
  stream: SpdyStream,
): void {
  const id = stream.headers.get('requestid') ?? '';
  const port = Number(stream.headers.get('port'));
  if (stream.headers.get('streamtype') === 'error') {
    errors.set(id, stream);
    return;
  }
  const told = errors.get(id);
  errors.delete(id);
  const finish = () => told?.end();
  if (listensOn(sandbox, place, port)) {
    serveConnection(sandbox, place, port, stream, finish);
    return;
  }
  told?.write(Buffer.from(notListening(pod, port)));
  stream.end();
  finish();
}

/** The kubelet's words, without the name of a network namespace that there is not. */
const notListening = ({ metadata }: Pod, port: number): string =>
  `error forwarding port ${port} to pod ${metadata.uid}, uid : failed to execute portforward: failed to connect to localhost:${port} inside the Pod, IPv4: dial tcp4 127.0.0.1:${port}: connect: connection refused`;
