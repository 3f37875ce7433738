import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Duplex } from 'node:stream';
import { respond } from '../../../cluster/network/pod-commands/http-response.ts';
import { socketsOf } from '../../../cluster/network/sockets.ts';
import { limits } from '../../../limits.ts';
import type { Sandbox } from '../../sandbox.ts';
import type { ContainerPlace } from '../running-container.ts';
import type { SpdyStream } from './spdy-connection.ts';

/** Whether a process of the Pod listens on that TCP port, be it on its own loopback alone. */
export function listensOn(
  sandbox: Sandbox,
  { namespace, pod: name }: ContainerPlace,
  port: number,
) {
  const cluster = sandbox.cluster();
  const pod = cluster.store.get('pods', namespace, name);
  const { listening } = pod ? socketsOf(cluster, pod) : { listening: [] };
  return listening.some((socket) => socket.port === port && socket.protocol === 'TCP');
}

/** Answers HTTP on a connection into a Pod as the process behind the port does. */
export function serveConnection(
  sandbox: Sandbox,
  place: ContainerPlace,
  port: number,
  stream: SpdyStream,
  closed: () => void,
): void {
  const connection = new Duplex({
    read: () => {},
    write(bytes: Buffer, _encoding, done) {
      stream.write(bytes);
      done();
    },
    final(done) {
      stream.end();
      done();
    },
    allowHalfOpen: false,
  });
  stream.onData = (bytes) => void connection.push(bytes);
  stream.onEnd = () => void connection.push(null);
  connection.on('error', () => connection.destroy());
  connection.once('close', () => {
    stream.end();
    closed();
  });
  podServer(sandbox, place, port).emit('connection', connection);
}

function podServer(sandbox: Sandbox, place: ContainerPlace, port: number): Server {
  return createServer((request, response) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size > limits.streamInputBytes) request.destroy();
      else parts.push(part);
    });
    request.on('error', () => request.destroy());
    request.on('end', () => answer(sandbox, place, port, request, response, Buffer.concat(parts)));
  });
}

function answer(
  sandbox: Sandbox,
  { namespace, pod: name }: ContainerPlace,
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): void {
  const cluster = sandbox.cluster();
  const pod = cluster.store.get('pods', namespace, name);
  const peer = { pod: `${namespace}/${name}`, address: pod?.status?.podIP ?? '', port };
  const { method = 'GET', url: path = '/', rawHeaders } = request;
  const host = request.headers.host ?? '';
  const headers = pairs(rawHeaders).filter(([header]) => header.toLowerCase() !== 'host');
  const sent = { secure: false, method, path, host, headers, body: body.toString() };
  const outcome = pod ? respond(cluster, peer, sent) : 'silent';
  if (typeof outcome === 'string') {
    response.destroy();
    return;
  }
  const { status, reason, headers: given, body: text } = outcome;
  response.sendDate = false;
  response.writeHead(status, reason, given.flat());
  response.end(method === 'HEAD' ? '' : text);
}

const pairs = (raw: readonly string[]): readonly (readonly [string, string])[] =>
  raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []));
