import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type RealProcess, startProcess } from '../support/process.ts';

const adminToken = 'quiet-admin-token-of-32-characters-or-more';
/** Nothing listens there: deliveries fail, and failing is what logs are full of. */
const deadHook = 'http://127.0.0.1:9/hook';
const forged = '{"level":30,"msg":"all is well, says the forger"}';
const manifest =
  'apiVersion: v1\nkind: Service\nmetadata: {name: web-service}\nspec: {ports: [{port: 80}]}';

let dataDir: string;
let server: RealProcess;
let address: string;
/** Every secret the server gave out, by what it is. */
const secrets = new Map<string, string>([['the admin token', adminToken]]);

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'service-lab-quiet-'));
  server = startProcess('main.ts', {
    ...{ PORT: '0', DATA_DIR: dataDir, DEMO: 'on', ADMIN_TOKEN: adminToken, LOG_LEVEL: 'trace' },
    ...{ RATE_LIMIT: 'off', WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1' },
  });
  address = await server.listening();
});
afterAll(async () => {
  server.child.kill('SIGKILL');
  await server.ended();
  rmSync(dataDir, { recursive: true, force: true });
});

async function ask(method: string, path: string, body?: unknown, token = adminToken) {
  const reply = await fetch(address + path, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: reply.status, headers: reply.headers, text: await reply.text() };
}

async function make(path: string, body: unknown, token?: string) {
  const reply = await ask('POST', path, body, token);
  expect(reply.status, `${path}: ${reply.text}`).toBe(201);
  return JSON.parse(reply.text);
}

function keep(what: string, secret: string | undefined): string {
  expect(secret, what).toMatch(/^.{20,}$/);
  secrets.set(what, secret as string);
  return secret as string;
}

const logLines = () => server.stderr().split('\n').filter(Boolean);

/** What stands in the log until now, once the answers given so far are in it. */
async function logNow(): Promise<string> {
  const mark = `mark-${logLines().length}`;
  await fetch(`${address}/healthz?${mark}`);
  await expect.poll(() => server.stderr()).toContain(mark);
  return server.stderr();
}

describe('secrets stand in no log, whatever is done with them', () => {
  test('tokens, codes, links, capabilities and signing secrets', async () => {
    const course = `/v1/courses/${(await make('/v1/courses', { title: 'Quiet' })).id}`;
    const assigned = await make(`${course}/assignments`, { exercise: 'first-clusterip' });
    const assignment = `${course}/assignments/${assigned.id}`;
    await useTokens(course);
    await useWebhooks(course, assignment);
    await useLaunches(assignment);
    await useSandbox(assignment);

    for (const secret of [...secrets.values()]) await sayInEveryWrongPlace(secret);
    const log = await logNow();
    for (const path of ['/launch/', '/sandboxes/', '/invitations/accept', '/webhooks']) {
      expect(log).toContain(path);
    }
    for (const [what, secret] of secrets) {
      expect(log.includes(bare(secret)), `the log holds ${what}`).toBe(false);
    }
    expect(log).not.toMatch(/\b(sl|slk|whsec)_\w/);
    for (const token of server.stdout().match(/\bsl_[\w-]+/g) ?? []) {
      expect(log.includes(bare(token)), 'the log holds a token of the demo').toBe(false);
    }
  });
});

/** The part that chance made: a log that cut the prefix off would tell as much. */
const bare = (secret: string): string => secret.replace(/^(sl|slk|whsec)_/, '');

async function useTokens(course: string): Promise<void> {
  const enrolled = await make(`${course}/enrolments`, { externalId: 'ada', role: 'learner' });
  const body = { role: 'learner', courseId: course.split('/').at(-1), learnerId: enrolled.id };
  const token = keep('a token', (await make('/v1/tokens', { ...body, label: 'Ada' })).secret);
  expect((await ask('GET', course, undefined, token)).status).toBe(200);
  const many = await ask('POST', `${course}/tokens`, { learnerIds: [enrolled.id] });
  expect(many.status, many.text).toBe(201);
  keep('a token of a class', /\bsl_[\w-]+/.exec(many.text)?.[0]);

  const invited = await make(`${course}/invitations`, { role: 'learner', label: 'All' });
  const code = keep('an invitation', invited.code);
  const accepted = await make('/v1/invitations/accept', { code, externalId: 'grace' }, '');
  keep('a token of an invitation', accepted.secret);
  expect(
    (await ask('POST', '/v1/invitations/accept', { code, externalId: 'grace' }, '')).status,
  ).toBe(409);
}

async function useWebhooks(course: string, assignment: string): Promise<void> {
  const hook = await make(`${course}/webhooks`, { url: deadHook });
  keep('a webhook secret', hook.secret);
  const turned = await ask('POST', `${course}/webhooks/${hook.id}/rotate-secret`, {});
  keep('a newer webhook secret', JSON.parse(turned.text).secret);
  const answer = { part: 'service', answer: { manifest }, learner: { id: 'ada' } };
  await make(`${assignment}/submissions`, answer);
  const list = `${course}/webhooks/${hook.id}/deliveries?limit=1`;
  const tried = async () => JSON.parse((await ask('GET', list)).text).items?.[0]?.tries ?? 0;
  await expect.poll(tried, { timeout: 20_000 }).toBeGreaterThan(0);
}

async function useLaunches(assignment: string): Promise<void> {
  const first = await make(`${assignment}/launches`, { learner: { id: 'ada' } });
  const code = keep('a launch link', first.code);
  expect((await ask('GET', `/launch/${code}`, undefined, '')).status).toBe(200);
  const page = await ask('POST', `/launch/${code}`, undefined, '');
  keep('a token of a launch page', /\bsl_[\w-]+/.exec(page.text)?.[0]);
  expect((await ask('GET', `/launch/${code}`, undefined, '')).status).toBe(404);
  expect((await ask('PUT', `/launch/${code}`, {}, '')).status).toBeGreaterThanOrEqual(400);
  const second = await make(`${assignment}/launches`, { learner: { id: 'ada' } });
  const opened = await make('/v1/launches/open', { code: keep('a code', second.code) }, '');
  keep('a token of a launch', opened.secret);
}

async function useSandbox(assignment: string): Promise<void> {
  const made = await make(`${assignment}/sandbox`, { part: 'service', learner: { id: 'ada' } });
  const config = `/v1/sandboxes/${made.id}/kubeconfig`;
  const kubeconfig = await ask('GET', `${config}?auth=path`);
  expect(kubeconfig.status, kubeconfig.text).toBe(200);
  const url = new URL(parse(kubeconfig.text).clusters[0].cluster.server);
  const capability = keep('a capability', url.pathname.split('/').at(-1));
  const inside = `/sandboxes/${capability}/api/v1/namespaces/default/pods`;
  expect((await ask('GET', inside, undefined, '')).status).toBe(200);
  expect((await ask('POST', inside, '{"kind": ', '')).status).toBe(400);
  expect(
    (await ask('GET', `${inside}/none/exec?command=sh`, undefined, '')).status,
  ).toBeGreaterThan(399);
  const closed = new AbortController();
  const watch = await fetch(`${address}${inside}?watch=true`, { signal: closed.signal });
  expect(watch.status).toBe(200);
  closed.abort();
  await ask('DELETE', config);
  expect((await ask('GET', inside, undefined, '')).status).toBeGreaterThan(399);
}

/** Where people put secrets by mistake. Only those of the product's own making can be told from ids. */
async function sayInEveryWrongPlace(secret: string): Promise<void> {
  const coded = encodeURIComponent(secret);
  const escaped = [...secret].map((sign) => `%${sign.charCodeAt(0).toString(16)}`).join('');
  await ask('GET', `/v1/courses?access_token=${coded}`, undefined, '');
  await ask('GET', `/v1/courses?limit=x&token=${coded}&page=1`, undefined, '');
  await ask('GET', `/launch/${escaped}`, undefined, '');
  await ask('POST', '/v1/tokens', `{"label": ${secret}`);
  await ask('POST', '/v1/launches/open', { code: secret, [secret]: 1 }, '');
  const known = secret === adminToken ? {} : { 'x-request-id': secret };
  await fetch(`${address}/v1/courses`, { headers: { ...known, cookie: secret } });
  await fetch(`${address}/v1/courses`, { headers: { authorization: `Basic ${secret}` } });
}

describe('what callers say is one line of the log at most', () => {
  const lines = ['\r\n', '\n', '\r', '\u2028', '\u0085', '\u001b[2K'];

  test.each(lines)('paths, names and titles with %j forge no line', async (end) => {
    const evil = `x${end}${forged}`;
    const course = `/v1/courses/${(await make('/v1/courses', { title: 'Lines' })).id}`;
    await ask('GET', `/v1/${encodeURIComponent(evil)}`);
    await ask('GET', `${course}?q=${encodeURIComponent(evil)}`);
    await ask('POST', '/v1/courses', { title: evil });
    await ask('POST', `${course}/enrolments`, { externalId: evil, name: evil, role: 'learner' });
    const log = await logNow();
    for (const line of log.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
    expect(log).not.toContain(`\n${forged}`);
    expect(log).not.toContain('\u001b');
  });

  test.each([
    ['a line end', 'a\r\nX-Forged: yes'],
    ['a folded line', 'a\r\n X-Forged: yes'],
    ['a bare line feed', 'a\nX-Forged: yes'],
    ['a bare return', 'a\rX-Forged: yes'],
    ['a NUL', 'a\0b'],
    ['a quotation mark', 'a","level":60,"x":"'],
    ['an escape', 'a\u001b[31m'],
    ['too much', 'a'.repeat(200)],
  ])('a request id with %s comes back in no header and stands in no log', async (_what, id) => {
    const sent = `GET /v1/courses HTTP/1.1\r\nHost: lab\r\nX-Request-Id: ${id}\r\nConnection: close\r\n\r\n`;
    const reply = await rawAnswer(sent);
    expect(reply).toMatch(/^HTTP\/1\.1 (400|401) /);
    expect(reply).not.toMatch(/^x-forged/im);
    const given = /^x-request-id: (.*)\r$/im.exec(reply)?.[1];
    if (given !== undefined) expect(given).toMatch(/^(a|[\da-f-]{36})$/);
    expect(await logNow()).not.toContain(JSON.stringify(id).slice(1, -1));
  });

  test('a name with a line end makes no header of a download', async () => {
    const course = `/v1/courses/${(await make('/v1/courses', { title: 'Down' })).id}`;
    const name = 'Eve"\r\nX-Forged: yes';
    const body = { externalId: 'eve-x', name, role: 'learner' };
    const reply = await ask('POST', `${course}/enrolments`, body);
    if (reply.status === 201) {
      const at = `${course}/enrolments/${JSON.parse(reply.text).id}/export`;
      expect((await ask('GET', at)).headers.get('x-forged')).toBeNull();
    } else {
      expect(reply.status).toBe(422);
    }
    for (const path of ['gradebook.csv', 'submissions.csv']) {
      const download = await ask('GET', `${course}/${path}`);
      expect(download.status).toBe(200);
      expect(download.headers.get('content-disposition')).toBe(`attachment; filename="${path}"`);
      expect(download.headers.get('x-forged')).toBeNull();
    }
  });
});

function rawAnswer(request: string): Promise<string> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(request));
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('close', () => resolve(text)).on('error', reject);
  });
}
