import type { Cluster, SocketAnswer } from '../../cluster.ts';
import { apiServerPort } from '../delivery.ts';
import type { Reached } from '../probe.ts';
import { socketsOf } from '../sockets.ts';

/** What a client sends. */
export interface HttpRequest {
  readonly secure: boolean;
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** `silent`: closes without an answer; `plain-text`: speaks no TLS though it was asked to. */
export type HttpOutcome = HttpResponse | 'silent' | 'plain-text';

/** What the process behind a socket answers to an HTTP request. */
export function respond(cluster: Cluster, peer: Reached, request: HttpRequest): HttpOutcome {
  if (isApiServer(peer)) return apiServer(cluster, request);
  const answer = answerOf(cluster, peer);
  if (isSilent(answer)) return request.secure ? 'plain-text' : 'silent';
  if (request.secure) return 'plain-text';
  return httpOf(cluster, peer, answer, request);
}

export const isApiServer = (peer: Reached): boolean =>
  peer.port === apiServerPort && peer.pod.startsWith('kube-system/kube-apiserver-');

/** A socket of which nothing more is known tells who it is, so that a learner sees who answered. */
function answerOf(cluster: Cluster, peer: Reached): SocketAnswer {
  const [namespace = '', name = ''] = peer.pod.split('/');
  const pod = cluster.store.get('pods', namespace, name);
  const sockets = pod ? socketsOf(cluster, pod).listening : [];
  const socket = sockets.find((each) => each.port === peer.port && each.protocol === 'TCP');
  return socket?.answers ?? { text: `${peer.pod}:${peer.port}\n` };
}

const isSilent = (answer: SocketAnswer): boolean =>
  typeof answer === 'object' && 'status' in answer && answer.status === 0;

function httpOf(
  cluster: Cluster,
  peer: Reached,
  answer: SocketAnswer,
  request: HttpRequest,
): HttpResponse {
  if (answer === 'nginx') return nginx(cluster, request);
  if (answer === 'echo')
    return page(cluster, 200, echoOf(peer, request), 'text/plain; charset=utf-8');
  if ('json' in answer) {
    return page(cluster, 200, `${JSON.stringify(answer.json)}\n`, 'application/json');
  }
  if ('text' in answer) return page(cluster, 200, answer.text, 'text/plain; charset=utf-8');
  return page(cluster, answer.status, answer.body, answer.contentType ?? 'text/html');
}

const welcome = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>The web server is installed and answers.</p>
</body>
</html>
`;

/** Whether nginx, as its image comes, has a page at this path. */
export const nginxServes = (path: string): boolean => /^\/(index\.html)?(\?.*)?$/.test(path);

function nginx(cluster: Cluster, { path }: HttpRequest): HttpResponse {
  const found = nginxServes(path);
  const missing =
    '<html>\n<head><title>404 Not Found</title></head>\n<body>\n<center><h1>404 Not Found</h1></center>\n<hr><center>nginx</center>\n</body>\n</html>\n';
  const response = page(cluster, found ? 200 : 404, found ? welcome : missing, 'text/html');
  return { ...response, headers: [['Server', 'nginx'], ...response.headers] };
}

function echoOf(peer: Reached, request: HttpRequest): string {
  const lines = [
    `Hostname: ${peer.pod.split('/')[1] ?? peer.pod}`,
    `IP: ${peer.address}`,
    `${request.method} ${request.path} HTTP/1.1`,
    `Host: ${request.host}`,
    ...request.headers.map(([name, value]) => `${name}: ${value}`),
  ];
  return `${lines.join('\n')}\n\n${request.body}`;
}

const publicPaths = new Set(['/healthz', '/livez', '/readyz']);

/** The API server lets nobody in without a token, except to its health. */
function apiServer(cluster: Cluster, { secure, path }: HttpRequest): HttpResponse {
  if (!secure) {
    const text = 'Client sent an HTTP request to an HTTPS server.\n';
    return page(cluster, 400, text, 'text/plain; charset=utf-8');
  }
  if (publicPaths.has(path)) return page(cluster, 200, 'ok', 'text/plain; charset=utf-8');
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: `forbidden: User "system:anonymous" cannot get path "${path}"`,
    reason: 'Forbidden',
    details: {},
    code: 403,
  };
  return page(cluster, 403, JSON.stringify(status, null, 2), 'application/json');
}

const reasons: ReadonlyMap<number, string> = new Map([
  [200, 'OK'],
  [201, 'Created'],
  [204, 'No Content'],
  [301, 'Moved Permanently'],
  [302, 'Found'],
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'Not Found'],
  [405, 'Method Not Allowed'],
  [500, 'Internal Server Error'],
  [502, 'Bad Gateway'],
  [503, 'Service Unavailable'],
  [504, 'Gateway Timeout'],
]);

function page(cluster: Cluster, status: number, body: string, type: string): HttpResponse {
  const length = String(Buffer.byteLength(body));
  const date = new Date(cluster.settings.now).toUTCString();
  return {
    status,
    reason: reasons.get(status) ?? '',
    headers: [
      ['Date', date],
      ['Content-Type', type],
      ['Content-Length', length],
      ['Connection', 'keep-alive'],
    ],
    body,
  };
}

/** The status line and headers as they travel. */
export const headText = (response: HttpResponse): string =>
  [
    `HTTP/1.1 ${response.status} ${response.reason}`.trimEnd(),
    ...response.headers.map(([name, value]) => `${name}: ${value}`),
    '',
    '',
  ].join('\r\n');
