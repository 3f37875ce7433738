import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { limits } from '../../src/limits.ts';
import { type RealProcess, startProcess } from '../support/process.ts';

const adminToken = 'admin-token-for-tests-of-more-than-32-characters';
const securePort = 20_000 + (process.pid % 20_000);

let dataDir: string;
let server: RealProcess;
let base: string;
let open: Socket[] = [];
let made: string[] = [];

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'service-lab-sandboxes-'));
  await start();
});
afterEach(async () => {
  for (const socket of open) socket.destroy();
  for (const id of made) await rest('DELETE', `/v1/sandboxes/${id}`);
  [open, made] = [[], []];
});
afterAll(async () => {
  server.child.kill('SIGKILL');
  await server.ended();
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(): Promise<void> {
  server = startProcess('main.ts', {
    ...{ PORT: '0', DATA_DIR: dataDir, DEMO: 'off', ADMIN_TOKEN: adminToken },
    ...{ SANDBOX_HTTPS_PORT: String(securePort), REQUEST_TIMEOUT: '1', LOG_LEVEL: 'trace' },
  });
  base = await server.listening();
}

const rest = (method: string, path: string) =>
  fetch(base + path, { method, headers: { authorization: `Bearer ${adminToken}` } });

interface Learner {
  readonly id: string;
  /** The path of the API server over http. */
  readonly path: string;
}

async function learner(): Promise<Learner> {
  const { id } = (await (await rest('POST', '/v1/sandboxes')).json()) as { id: string };
  made.push(id);
  const kubeconfig = await (await rest('GET', `/v1/sandboxes/${id}/kubeconfig?auth=path`)).text();
  return { id, path: new URL(parse(kubeconfig).clusters[0].cluster.server).pathname };
}

const maps = '/api/v1/namespaces/default/configmaps';

const send = (path: string, method: string, type: string, body: string) =>
  fetch(base + path, { method, headers: { 'content-type': type }, body });

const create = (who: Learner, name: string, data: object = { a: 'b' }) =>
  send(who.path + maps, 'POST', 'application/json', JSON.stringify(mapOf(name, data)));

const mapOf = (name: string, data: object) => ({
  ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data },
});

/** Sends bytes as they are; resolves with what came back when the server closes. */
function raw(text: string, waitMs = 10_000): Promise<string> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text));
    open.push(socket);
    let got = '';
    const patience = setTimeout(() => reject(new Error(`still open: ${got}`)), waitMs);
    socket.on('data', (chunk) => {
      got += chunk;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(patience);
      resolve(got);
    });
  });
}

/** A watch that has begun; its bytes are read by the caller, or not at all. */
function watch(who: Learner): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request(`${base}${who.path}${maps}?watch=true`, { agent: false }, (answer) => {
      open.push(answer.socket);
      answer.on('error', () => undefined);
      resolve(answer);
    });
    asked.on('error', reject).end();
  });
}

async function isWell(): Promise<void> {
  const calm = await learner();
  const answer = await fetch(base + calm.path + maps);
  expect(answer.status).toBe(200);
}

describe('slow clients', () => {
  it('with a body that never ends are sent away, and keep nobody waiting', async () => {
    const who = await learner();
    const head = `POST ${who.path}${maps} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n`;
    const slow = Promise.all([
      raw(`${head}Content-Length: 100\r\n\r\n{"a"`),
      raw(`${head}Transfer-Encoding: chunked\r\n\r\n5\r\n{"a"`),
      raw(`GET ${who.path}${maps} HTTP/1.1\r\nHost: a\r\nX-Slow: `),
    ]);
    await isWell();
    for (const answer of await slow) expect(answer).toMatch(/^$|^HTTP\/1\.1 408 /);
  });
});

describe('watches', () => {
  it('that are never read are ended, and their place is free again', async () => {
    const who = await learner();
    const paused = await watch(who);
    paused.pause();
    await create(who, 'big');
    for (let count = 0; count < 16; count += 1) {
      const patch = JSON.stringify({ data: { a: `${count % 10}`.repeat(900_000) } });
      const type = 'application/merge-patch+json';
      expect((await send(`${who.path}${maps}/big`, 'PATCH', type, patch)).status).toBe(200);
    }
    const read = await new Promise<number>((resolve) => {
      let bytes = 0;
      paused.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      paused.on('close', () => resolve(bytes));
      paused.resume();
    });
    expect(read).toBeLessThan(16 * 900_000);
    await isWell();
  });

  it('beyond the quota get 429, and those whose clients are gone count no more', async () => {
    const who = await learner();
    const begun = await Promise.all(
      Array.from({ length: limits.sandbox.streams }, () => watch(who)),
    );
    expect(begun.map(({ statusCode }) => statusCode)).toEqual(begun.map(() => 200));
    const more = await fetch(`${base}${who.path}${maps}?watch=true`);
    expect(more.status).toBe(429);
    expect(Number(more.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await more.json()).toMatchObject({ kind: 'Status', reason: 'TooManyRequests' });
    for (const one of begun) one.socket.destroy();
    await expect
      .poll(async () => {
        const again = await watch(who);
        again.socket.destroy();
        return again.statusCode;
      })
      .toBe(200);
  });

  it('end in order when the sandbox is deleted', async () => {
    const who = await learner();
    const begun = await watch(who);
    const ended = new Promise((resolve) => begun.on('end', resolve));
    begun.resume();
    await rest('DELETE', `/v1/sandboxes/${who.id}`);
    await ended;
  });
});

const list = (length: number) => Array.from({ length }, (_, index) => index);

describe('huge and odd bodies', () => {
  const json = 'application/json';
  const bodies: Readonly<Record<string, readonly [type: string, body: string]>> = {
    'beyond a mebibyte': [json, JSON.stringify(mapOf('a', { a: 'x'.repeat(2 ** 20) }))],
    'nested without end': ['application/merge-patch+json', '{"a":'.repeat(100_000)],
    'nested and closed': [json, `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    'copies of copies': [
      'application/json-patch+json',
      JSON.stringify(
        list(40).map((count) => ({ op: 'copy', from: '/metadata', path: `/metadata/x${count}` })),
      ),
    ],
    'too many operations': [
      'application/json-patch+json',
      JSON.stringify(list(10_001).map(() => ({ op: 'test', path: '/kind', value: 'a' }))),
    ],
    'no JSON': [json, '\u0000\u0001'],
    'protobuf of nothing': ['application/vnd.kubernetes.protobuf', 'k8s\u0000\u00ff\u00ff'],
  };

  it.each(Object.keys(bodies))('%s: refused in the form of a Status', async (name) => {
    const [type, body] = bodies[name] as readonly [string, string];
    const who = await learner();
    await create(who, 'there');
    const isPatch = type.includes('patch');
    const path = isPatch ? `${who.path}${maps}/there` : who.path + maps;
    const answer = await send(path, isPatch ? 'PATCH' : 'POST', type, body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(await answer.json()).toMatchObject({ kind: 'Status', status: 'Failure' });
    await isWell();
  });
});

describe('tricks with paths', () => {
  const tricks = [
    '/../../v1/courses',
    '/%2e%2e/%2e%2e/v1/courses',
    '/..%2f..%2fv1%2fcourses',
    '//api//v1',
    '/api/v1/namespaces/..%2f..%2fdefault/pods',
    '/api/v1/namespaces/%00/pods',
    '/api/v1/namespaces/%ff%fe/pods',
    '/api/v1/namespaces/default/pods/__proto__',
    '/api/v1/namespaces/constructor/pods/toString',
    '/apis/__proto__/v1/hasOwnProperty',
    `/${'a/'.repeat(4000)}`,
    '/api/v1/pods?fieldSelector=__proto__%3Da&limit=-1&continue=%00',
    '/api/v1/namespaces/default/pods/x/exec?command=sh',
  ];

  it.each(tricks)('%s leads nowhere else', async (trick) => {
    const who = await learner();
    const answer = await raw(
      `GET ${who.path}${trick} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 (200|4\d\d) /);
    expect(answer).not.toContain('"items":[{"id"');
  });

  it('whole addresses and stars in place of a path', async () => {
    const who = await learner();
    for (const target of [
      `http://other${who.path}/api`,
      '*',
      '/sandboxes',
      '/sandboxes/',
      '/sandboxes//api',
    ]) {
      const answer = await raw(`GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 (200|4\d\d) /);
    }
    await isWell();
  });
});

describe('what was acknowledged', () => {
  it('is there after the process was killed', async () => {
    const who = await learner();
    const names = list(20).map((count) => `m${count}`);
    const statuses = await Promise.all(names.map((name) => create(who, name)));
    server.child.kill('SIGKILL');
    await server.ended();
    expect(statuses.map(({ status }) => status)).toEqual(names.map(() => 201));
    await start();
    const answer = await fetch(base + who.path + maps);
    const { items } = (await answer.json()) as { items: { metadata: { name: string } }[] };
    expect(items.map(({ metadata }) => metadata.name).sort()).toEqual([...names].sort());
  });
});

describe('by https', () => {
  it('the kubeconfig’s CA, address and token let one in, and nothing else does', async () => {
    const { id } = await learner();
    const text = await (await rest('GET', `/v1/sandboxes/${id}/kubeconfig`)).text();
    const { clusters, users } = parse(text);
    const { server: address, 'certificate-authority-data': data } = clusters[0].cluster;
    const { token } = users[0].user;
    const ca = Buffer.from(data, 'base64').toString();
    const get = (headers: Record<string, string>, trusted?: string) =>
      new Promise<number | string>((resolve) => {
        const asked = secureRequest(`${address}/version`, { ca: trusted, headers }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        });
        asked.on('error', ({ message }) => resolve(message)).end();
      });
    expect(address).toBe(`https://127.0.0.1:${securePort}/sandboxes/${id}`);
    expect(await get({ authorization: `Bearer ${token}` }, ca)).toBe(200);
    expect(await get({ authorization: 'Bearer slk_other' }, ca)).toBe(401);
    expect(await get({}, ca)).toBe(401);
    expect(await get({ authorization: `Bearer ${token}` })).toMatch(/certificate/);
  });

  it('keys are for this account’s eyes only', () => {
    const folder = join(dataDir, 'tls');
    const keys = readdirSync(folder).filter((name) => name.endsWith('.key'));
    expect(keys.sort()).toEqual(['ca.key', 'server.key']);
    for (const key of keys) expect(statSync(join(folder, key)).mode & 0o777).toBe(0o600);
  });
});

describe('the log', () => {
  it('has no secret of a kubeconfig in it', async () => {
    const who = await learner();
    await fetch(`${base}${who.path}/api`);
    await fetch(`${base}${who.path}/no/such`);
    expect(server.stderr()).toContain('/sandboxes/');
    expect(server.stderr()).not.toMatch(/slk_\w/);
    expect(server.stderr()).not.toContain(adminToken);
  });
});
