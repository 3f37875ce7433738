import { type IncomingMessage, type Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ApiResponse } from '../../cluster/api-server/request.ts';
import { jsonAnswer } from '../wire.ts';

/** Answers a request that asked for an upgrade with a Status instead, and ends the connection. */
export function refuseUpgrade(socket: Duplex, refusal: ApiResponse): void {
  const { code, contentType, body } = jsonAnswer(refusal);
  const head = [
    `HTTP/1.1 ${code} Refused`,
    'Connection: close',
    `Content-Type: ${contentType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

const answerWithinMs = 10_000;

/**
 * Lets the server answer as if no upgrade had been asked for, which is what a server that does not
 * know the protocol does (RFC 9110, 7.8). The connection ends with the answer.
 */
export function answerWithoutUpgrade(
  server: Server,
  request: IncomingMessage,
  socket: Duplex,
): void {
  if (!(socket instanceof Socket)) {
    socket.destroy();
    return;
  }
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  response.once('finish', () => socket.end());
  socket.setTimeout(answerWithinMs, () => socket.destroy());
  server.emit('request', request, response);
}
