import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pageFile, readExample, withExamples } from '../../scripts/write-lms-docs.ts';
import { type RealProcess, startProcess } from '../support/process.ts';

const run = promisify(execFile);
const admin = 'examples-admin-token-of-32-characters-or-more';
const folder = fileURLToPath(new URL('../../examples/lms/', import.meta.url));

/** How each example is run. What is missing here fails the test: nothing is skipped in silence. */
const programs = [
  { name: 'curl', needs: ['bash', 'curl', 'jq'], command: ['bash', `${folder}lms.sh`] },
  {
    name: 'TypeScript',
    needs: [],
    command: [process.execPath, '--import', 'tsx', `${folder}lms.ts`],
  },
  { name: 'Python', needs: ['python3'], command: ['python3', `${folder}lms.py`] },
];
const receivers = [
  {
    name: 'TypeScript',
    needs: [],
    command: [process.execPath, '--import', 'tsx', `${folder}receive.ts`],
  },
  { name: 'Python', needs: ['python3'], command: ['python3', `${folder}receive.py`] },
];

/** Accepted, and worth something: what is refused by the API server is not graded. */
const manifest = `apiVersion: v1
kind: Service
metadata:
  name: web-service
spec:
  selector:
    app: web
  ports:
    - port: 80
`;

let dataDir: string;
let server: RealProcess;
let address: string;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'service-lab-examples-'));
  server = startProcess('main.ts', {
    ...{ PORT: '0', DATA_DIR: dataDir, DEMO: 'off', ADMIN_TOKEN: admin, RATE_LIMIT: 'off' },
    ...{ LOG_LEVEL: 'trace', WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1' },
  });
  address = await server.listening();
});
afterAll(async () => {
  server.child.kill('SIGKILL');
  await server.ended();
  rmSync(dataDir, { recursive: true, force: true });
});

async function ask<T>(path: string, body?: unknown, token = admin): Promise<T> {
  const method = body === undefined ? 'GET' : 'POST';
  const headers: Record<string, string> = { authorization: `Bearer ${token}` };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const sent = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const answer = await fetch(`${address}/v1${path}`, sent);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
}

async function prepare() {
  const course = await ask<{ id: string }>('/courses', { title: 'Networking' });
  const exercise = { exercise: 'first-clusterip' };
  const assignment = await ask<{ id: string }>(`/courses/${course.id}/assignments`, exercise);
  const lms = await ask<{ secret: string }>('/tokens', { role: 'lms', courseId: course.id });
  return { course: course.id, assignment: assignment.id, token: lms.secret };
}

function requireTools(tools: readonly string[]): void {
  for (const tool of tools) {
    try {
      execFileSync('which', [tool]);
    } catch {
      throw new Error(
        `${tool} is missing: the example that needs it cannot be tested. Install it.`,
      );
    }
  }
}

describe('the path of an LMS', () => {
  test.each(programs)('in $name', async ({ needs, command: [program = '', ...args] }) => {
    requireTools(needs);
    const { course, assignment, token } = await prepare();
    const env = { LAB: address, TOKEN: token, COURSE: course, ASSIGNMENT: assignment };
    const once = async () => {
      const { stdout } = await run(program, args, { env: { ...process.env, ...env } });
      return JSON.parse(stdout);
    };
    const first = await once();
    expect(first).toMatchObject({ created: 2, changedSince: 0 });
    expect(first.score).toBeGreaterThan(0);
    const ada = { externalId: 'u-1001', assignmentId: assignment, score: first.score };
    expect(first.synced).toMatchObject([ada]);
    expect((await fetch(first.launch.url)).status).toBe(200);
    const opened = await ask<{ learnerId: string; secret: string }>('/launches/open', {
      code: first.launch.code,
    });
    const own = await ask<{ learner: { externalId: string } }>(
      `/courses/${course}/progress`,
      undefined,
      opened.secret,
    );
    expect(own.learner.externalId).toBe('u-1001');
    const again = await once();
    expect(again).toMatchObject({ created: 0, submission: first.submission });
    const hooks = await ask<{ items: unknown[] }>(`/courses/${course}/submissions`);
    expect(hooks.items).toHaveLength(1);
  });
});

describe('a receiver of webhooks', () => {
  test.each(receivers)('in $name', async ({ needs, command: [program = '', ...args] }) => {
    requireTools(needs);
    const { course, assignment, token } = await prepare();
    const port = String(await freePort());
    const url = `http://127.0.0.1:${port}/hooks`;
    const at = `/courses/${course}/webhooks`;
    const made = await ask<{ id: string; secret: string }>(at, { url }, token);
    const env = { ...process.env, SECRET: made.secret, PORT: port };
    const receiver = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const printed = linesOf(receiver);
    try {
      await untilAnswers(url);
      const submission = await ask<{ id: string }>(
        `/courses/${course}/assignments/${assignment}/submissions`,
        { part: 'service', answer: { manifest }, learner: { id: 'ada' } },
        token,
      );
      await ask(`${at}/${made.id}/test`, {}, token);
      const has = (type: string) => printed().some((line) => JSON.parse(line).type === type);
      await until(() => has('submission.graded') && has('webhook.test'));
      expect(printed().join()).toContain(submission.id);
      const since = new Date(0).toISOString();
      await ask(`${at}/${made.id}/replay`, { since, delivered: true }, token);
      await until(async () => {
        const { items } = await ask<{ items: { tries: number; state: string }[] }>(
          `${at}/${made.id}/deliveries`,
        );
        return items.every(({ state }) => state === 'delivered');
      });
      expect(new Set(printed()).size).toBe(printed().length);
      expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
      expect((await fetch(url, forged())).status).toBe(401);
    } finally {
      receiver.kill('SIGKILL');
    }
  });

  test('in bash: openssl tells genuine from forged', async () => {
    requireTools(['bash', 'openssl', 'od']);
    const key = Buffer.from('0123456789abcdef0123456789abcdef');
    const secret = `whsec_${key.toString('base64')}`;
    const timestamp = String(Math.floor(Date.now() / 1000));
    const body = '{"type":"grade.changed"}\n';
    const signed = createHmac('sha256', key).update(`msg_1.${timestamp}.${body}`);
    const signature = `v1,AAAA v1,${signed.digest('base64')}`;
    const verify = (input: string, more = {}) => {
      const env = { SECRET: secret, ID: 'msg_1', TIMESTAMP: timestamp, SIGNATURE: signature };
      const options = { input, env: { ...process.env, ...env, ...more }, stdio: 'pipe' } as const;
      return execFileSync('bash', [`${folder}verify.sh`], options).toString();
    };
    expect(verify(body)).toBe('genuine\n');
    expect(() => verify(`${body} `)).toThrow('forged');
    expect(() => verify(body, { TIMESTAMP: '1700000000' })).toThrow('too old');
  });
});

test('no log holds what opens or signs', () => {
  expect(server.stderr()).toContain('/launches');
  expect(server.stderr()).not.toMatch(/sl_[\w-]{20}|whsec_/);
});

test('the guide shows these programs as they are', () => {
  const page = readFileSync(pageFile, 'utf8');
  const hint = 'run npx tsx scripts/write-lms-docs.ts';
  expect(withExamples(page, readExample) === page, hint).toBe(true);
  for (const part of ['client', 'roster', 'launch', 'submit', 'result', 'sync']) {
    for (const file of ['lms.sh', 'lms.ts', 'lms.py']) {
      expect(page).toContain(`<!-- example: ${file}#${part} -->`);
    }
  }
});

function forged(): RequestInit {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': timestamp };
  return { method: 'POST', body: '{}', headers: { ...headers, 'webhook-signature': 'v1,AAAA' } };
}

function linesOf(child: ChildProcess): () => string[] {
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += chunk;
  });
  return () => text.split('\n').slice(0, -1);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((ready) => probe.once('listening', ready));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}

const untilAnswers = (url: string) =>
  until(async () => (await fetch(url, { method: 'POST' }).catch(() => undefined)) !== undefined);

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('it did not come to pass');
    await new Promise((later) => setTimeout(later, 50));
  }
}
