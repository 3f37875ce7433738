import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { limits } from '../limits.ts';
import { answer } from './answer.ts';
import { type PodStreams, podTarget } from './pod-streams.ts';
import { unknownFormat } from './read-body.ts';
import { methodNotAllowed, refusal } from './refusal.ts';
import type { Opened, SandboxDirectory } from './sandbox.ts';
import { streamWatch } from './stream-watch.ts';
import { createPodStreams } from './streams/create-pod-streams.ts';
import { internalError } from './streams/exit-status.ts';
import { answerWithoutUpgrade, refuseUpgrade } from './streams/refuse-upgrade.ts';
import { jsonAnswer, type WholeAnswer, type WireRequest } from './wire.ts';

export interface MountOptions {
  readonly directory: SandboxDirectory;
  /** Where sandboxes stand: `/sandboxes`; each is at `<prefix>/<capability>`. */
  readonly prefix: string;
}

const methods: HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** Serves the Kubernetes API of every sandbox: one scope of Fastify with rules of its own. */
export async function mountKubernetesApi(
  app: Pick<FastifyInstance, 'register' | 'server'>,
  { directory, prefix }: MountOptions,
): Promise<void> {
  const running = new Set<() => void>();
  const streams = createPodStreams(running);
  await app.register(
    (scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) =>
        parsed(null, body),
      );
      scope.setErrorHandler((error, _request, reply) => sendWhole(reply, failure(error)));
      scope.setNotFoundHandler((_request, reply) =>
        sendWhole(reply, jsonAnswer(methodNotAllowed())),
      );
      scope.addHook('preClose', (closed) => {
        for (const end of [...running]) end();
        closed();
      });
      const handler = respond(directory, prefix, streams, running);
      const bodyLimit = limits.kubernetesBodyBytes;
      for (const url of ['/', '/*']) {
        scope.route({ method: methods, url, bodyLimit, handler, exposeHeadRoute: false });
      }
      done();
    },
    { prefix: `${prefix}/:capability` },
  );
  app.server.on('upgrade', upgrade(app.server, directory, prefix, streams));
}

function respond(
  directory: SandboxDirectory,
  prefix: string,
  streams: PodStreams,
  running: Set<() => void>,
) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const place = placeOf(request.raw.url ?? '', prefix);
    const opened = await directory.open(place.capability, request.headers.authorization);
    if ('refusal' in opened) return sendWhole(reply, jsonAnswer(opened.refusal));
    const { sandbox } = opened;
    const target = podTarget(place.path, place.query);
    const stream = target && ownMember(streams.answers, target.subresource);
    if (stream && (await stream(sandbox, target, request, reply))) return reply;
    const started = performance.now();
    const given = answer(sandbox, wireRequest(request, place));
    sandbox.quota.worked?.(performance.now() - started);
    if (!('watch' in given)) {
      if (request.method !== 'GET') await sandbox.saved?.();
      return sendWhole(reply, given);
    }
    const refused = sandbox.quota.openStream();
    if (refused) return sendWhole(reply, jsonAnswer(refused));
    reply.hijack();
    streamWatch(sandbox, given.watch, reply.raw, running);
    return reply;
  };
}

const ownMember = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

interface Place {
  readonly capability: string;
  /** Below the sandbox, encoded as it was sent. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** The router decodes paths; what stands in them is read here as it was sent. */
function placeOf(url: string, prefix: string): Place {
  const [path = '', ...query] = url.split('?');
  const rest = path.slice(prefix.length + 1);
  const slash = rest.indexOf('/');
  return {
    capability: slash < 0 ? rest : rest.slice(0, slash),
    path: slash < 0 ? '/' : rest.slice(slash),
    query: new URLSearchParams(query.join('?')),
  };
}

function wireRequest({ method, headers, body }: FastifyRequest, place: Place): WireRequest {
  const single = Object.entries(headers).map(([name, value]): [string, string | undefined] => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ]);
  return {
    method,
    path: place.path,
    query: place.query,
    headers: Object.fromEntries(single),
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  };
}

/** As bytes: Fastify would add a charset to the media type of a text. */
function sendWhole(reply: FastifyReply, whole: WholeAnswer): FastifyReply {
  const { code, contentType, body, headers = {} } = whole;
  const isHead = reply.request.method === 'HEAD';
  const bytes = typeof body === 'string' ? Buffer.from(isHead ? '' : body) : body;
  return reply.code(code).headers(headers).header('content-type', contentType).send(bytes);
}

/** Errors of the HTTP server itself, in the API server's form. */
function failure(error: unknown): WholeAnswer {
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  if (status === 413) {
    const most = limits.kubernetesBodyBytes;
    const message = `Request entity too large: limit is ${most}`;
    return jsonAnswer(refusal(413, 'RequestEntityTooLarge', message, {}));
  }
  if (status === 415) return jsonAnswer(unknownFormat());
  if (status < 500) return jsonAnswer(refusal(400, 'BadRequest', 'the request cannot be read'));
  const message = 'Internal error occurred: the simulator failed; nothing of yours was lost';
  return jsonAnswer(refusal(500, 'InternalError', message));
}

/** Takes over the connections of exec, attach and port-forward; others are answered as they are. */
function upgrade(
  server: Server,
  directory: SandboxDirectory,
  prefix: string,
  { upgrades }: PodStreams,
) {
  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy());
    const url = request.url ?? '';
    const place = placeOf(url, prefix);
    const target = url.startsWith(`${prefix}/`) ? podTarget(place.path, place.query) : undefined;
    const handler = target && ownMember(upgrades, target.subresource);
    if (!handler || !isWebSocket(request)) {
      answerWithoutUpgrade(server, request, socket);
      return;
    }
    const take = (opened: Opened) => {
      if ('refusal' in opened) return refuseUpgrade(socket, opened.refusal);
      handler(opened.sandbox, target, request, socket, head);
    };
    directory
      .open(place.capability, request.headers.authorization)
      .then(take)
      .catch(() => refuseUpgrade(socket, internalError('the simulator failed')));
  };
}

const isWebSocket = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket';
