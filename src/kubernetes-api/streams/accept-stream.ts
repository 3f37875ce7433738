import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ApiResponse } from '../../cluster/api-server/request.ts';
import { limits } from '../../limits.ts';
import { refusal } from '../refusal.ts';
import type { Sandbox } from '../sandbox.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';

/** The upgrade of one request, as Node hands it over. */
export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
}

/** Subprotocols of exec and attach, the better one first. */
const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

const channels = new WebSocketServer({
  noServer: true,
  clientTracking: false,
  maxPayload: limits.streamMessageBytes,
  handleProtocols: (offered) => protocols.find((each) => offered.has(each)) ?? false,
});

/** What stands against a WebSocket of exec or attach before it is opened. */
export function protocolRefusal({ request }: Upgrade): ApiResponse | undefined {
  const offered = (request.headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((name) => name.trim());
  if (offered.some((each) => protocols.includes(each))) return undefined;
  const known = protocols.join(' or ');
  return refusal(400, 'BadRequest', `connect with the WebSocket subprotocol ${known}`);
}

/**
 * Opens the WebSocket if the sandbox has a stream left. It is closed when the sandbox closes or the
 * server does, and after the longest time a stream may last; the stream is given back at its end.
 */
export function acceptStream(
  sandbox: Sandbox,
  { request, socket, head }: Upgrade,
  running: Set<() => void>,
  opened: (webSocket: WebSocket) => void,
  server: WebSocketServer = channels,
): void {
  const refused = sandbox.quota.openStream();
  if (refused) {
    refuseUpgrade(socket, refused);
    return;
  }
  let released = false;
  const release = () => {
    if (!released) sandbox.quota.closeStream();
    released = true;
  };
  socket.once('close', release);
  server.handleUpgrade(request, socket, head, (webSocket) => {
    const goingAway = () => webSocket.close(1001, 'the server closes');
    const timeout = setTimeout(() => webSocket.close(1001, 'too long'), limits.watchMs);
    timeout.unref();
    const stopClosing = sandbox.onClose(goingAway);
    running.add(goingAway);
    webSocket.once('close', () => {
      clearTimeout(timeout);
      stopClosing();
      running.delete(goingAway);
    });
    opened(webSocket);
  });
}
