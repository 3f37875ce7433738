import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach, expect, it } from 'vitest';
import { noQuota } from '../../src/kubernetes-api/memory-sandbox.ts';
import { tooManyRequests } from '../../src/kubernetes-api/refusal.ts';
import type { Quota, Sandbox } from '../../src/kubernetes-api/sandbox.ts';
import { limits } from '../../src/limits.ts';
import { mounted, type TestClock, testSandbox } from './lab.ts';

interface Server {
  readonly url: string;
  readonly port: number;
  readonly app: FastifyInstance;
  readonly sandbox: Sandbox;
  readonly clock: TestClock;
}

const open: Server[] = [];
afterEach(async () => {
  for (const { app, sandbox } of open.splice(0)) {
    sandbox.close();
    await app.close();
  }
});

async function server(quota?: Quota): Promise<Server> {
  const { sandbox, clock } = testSandbox({}, quota);
  const app = await mounted(sandbox);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const running = { url: `http://127.0.0.1:${port}/sandboxes/abc`, port, app, sandbox, clock };
  open.push(running);
  return running;
}

const pods = '/api/v1/namespaces/default/pods';
const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p' },
  spec: { containers: [{ name: 'c', image: 'nginx' }] },
};

/** The types of a watch's events as they arrive, until there are so many or it ends. */
async function typesOf(response: Response, most: number): Promise<string[]> {
  const types: string[] = [];
  let rest = '';
  const reader = response.body?.getReader();
  while (reader && types.length < most) {
    const { value, done } = await reader.read();
    if (done) break;
    const lines = (rest + Buffer.from(value).toString()).split('\n');
    rest = lines.pop() ?? '';
    types.push(...lines.map((line) => JSON.parse(line).type));
  }
  await reader?.cancel();
  return types;
}

it('streams a watch while it goes on', async () => {
  const { url, sandbox, clock } = await server();
  const response = await fetch(`${url}${pods}?watch=true`);
  expect(response.headers.get('content-type')).toBe('application/json');
  const seen = typesOf(response, 4);
  sandbox.handle({ method: 'POST', path: pods, body: pod });
  clock.pass(5000);
  expect(await seen).toEqual(['ADDED', 'MODIFIED', 'MODIFIED', 'MODIFIED']);
});

it('ends a watch after the time its client gave it', async () => {
  const { url } = await server();
  const response = await fetch(`${url}${pods}?watch=true&timeoutSeconds=1`);
  expect(await typesOf(response, 1)).toEqual([]);
});

it.each(['sandbox', 'server'] as const)('ends its watches when the %s closes', async (which) => {
  const { url, sandbox, app } = await server();
  const seen = typesOf(await fetch(`${url}${pods}?watch=true`), 1);
  if (which === 'sandbox') sandbox.close();
  else await app.close();
  expect(await seen).toEqual([]);
});

it('tells the quota when a watch is over, however it ends', async () => {
  let watching = 0;
  const quota: Quota = {
    ...noQuota,
    openStream: () => {
      if (watching >= 1) return tooManyRequests('one watch at a time', 1);
      watching += 1;
      return undefined;
    },
    closeStream: () => {
      watching -= 1;
    },
  };
  const { url, port } = await server(quota);
  const socket = connect(port, '127.0.0.1');
  socket.write(`GET /sandboxes/abc${pods}?watch=true HTTP/1.1\r\nHost: a\r\n\r\n`);
  await once(socket, 'data');
  const second = await fetch(`${url}${pods}?watch=true`);
  expect(second.status).toBe(429);
  expect(await second.json()).toMatchObject({ kind: 'Status', reason: 'TooManyRequests' });
  socket.destroy();
  while (watching > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const third = await fetch(`${url}${pods}?watch=true&timeoutSeconds=1`);
  expect(third.status).toBe(200);
  await third.body?.cancel();
});

it('refuses what is too large in the form of a Status', async () => {
  const { url } = await server();
  const body = 'x'.repeat(limits.kubernetesBodyBytes + 1);
  const response = await fetch(`${url}${pods}`, { method: 'POST', body });
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ kind: 'Status', code: 413 });
});

it.each([
  [{ 'content-type': 'garbage' }, 415],
  [{ 'content-type': 'text/plain' }, 415],
  [{ 'content-type': 'application/json; charset=utf-8' }, 422],
])('reads a body by its media type: %j', async (headers, status) => {
  const { url } = await server();
  const response = await fetch(`${url}${pods}`, { method: 'POST', headers, body: '{}' });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ kind: 'Status', code: status });
});

it('refuses methods that the API does not have', async () => {
  const { url } = await server();
  const response = await fetch(`${url}${pods}`, { method: 'PROPFIND' });
  expect(response.status).toBe(405);
  expect(await response.json()).toMatchObject({ kind: 'Status', code: 405 });
});

it('knows no other sandbox', async () => {
  const { url } = await server();
  const response = await fetch(`${url.replace('/abc', '/abd')}/api`);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ kind: 'Status', reason: 'NotFound' });
});

it('asks for the token where there is one', async () => {
  const { url } = await server();
  const locked = `${url.replace('/abc', '/locked')}/api/v1/pods`;
  const refused = await fetch(locked);
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ kind: 'Status', reason: 'Unauthorized' });
  expect((await fetch(locked, { headers: { authorization: 'Bearer key' } })).status).toBe(200);
});

it('takes a path as it was sent', async () => {
  const { url, port } = await server();
  expect((await fetch(`${url}//api/v1/pods`)).status).toBe(404);
  const socket = connect(port, '127.0.0.1');
  socket.end('GET /sandboxes/abc/api/v1/../../../../etc HTTP/1.1\r\nHost: a\r\n\r\n');
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1\.1 404/);
});

it('refuses an upgrade that nobody takes', async () => {
  const { port } = await server();
  const socket = connect(port, '127.0.0.1');
  const head = `GET /sandboxes/abc${pods}/p/exec?command=sh HTTP/1.1`;
  socket.write(`${head}\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1\.1 4\d\d/);
});
