import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook as Judge } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RealProcess, startProcess } from '../support/process.ts';

const token = 'webhook-admin-token-of-32-characters-or-more';
const answersEach = 12;
const rounds = 2;
/** Starting the real process four times takes a while on a busy machine. */
const longMs = 180_000;

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

interface Event {
  readonly type: string;
  readonly data: { readonly submissionId?: string };
}

let dataDir: string;
let receiver: Server;
let running: RealProcess | undefined;
let got: { id: string; event: Event }[];
let judge: Judge | undefined;
/** What the receiver does with a request; it answers 204 if absent. */
let meanwhile: (() => Promise<void>) | undefined;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'service-lab-webhooks-'));
  [got, judge, meanwhile] = [[], undefined, undefined];
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', async () => {
      const event = judge?.verify(body, request.headers as Record<string, string>) as Event;
      got.push({ id: String(request.headers['webhook-id']), event });
      await meanwhile?.();
      response.writeHead(204).end();
    });
    request.on('error', () => undefined);
  }).listen(0, '127.0.0.1');
  await new Promise((ready) => receiver.once('listening', ready));
});

afterEach(async () => {
  running?.child.kill('SIGKILL');
  await running?.ended();
  receiver.closeAllConnections();
  receiver.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(): Promise<string> {
  running = startProcess('main.ts', {
    ...{ PORT: '0', DATA_DIR: dataDir, DEMO: 'off', ADMIN_TOKEN: token, RATE_LIMIT: 'off' },
    ...{ LOG_LEVEL: 'error', WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1' },
  });
  return running.listening();
}

async function post(url: string, body: object) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const made = (await answer.json()) as { id: string; secret: string };
  if (answer.status !== 201) throw new Error(`${url}: ${answer.status} ${JSON.stringify(made)}`);
  return made;
}

async function prepare(address: string): Promise<string> {
  const course = (await post(`${address}/v1/courses`, { title: 'Webhooks' })).id;
  const at = `/v1/courses/${course}`;
  const assignment = await post(`${address}${at}/assignments`, { exercise: 'first-clusterip' });
  const { port } = receiver.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/hooks`;
  judge = new Judge((await post(`${address}${at}/webhooks`, { url })).secret);
  return `${at}/assignments/${assignment.id}/submissions`;
}

const submit = (url: string, learner: string) =>
  post(url, {
    part: 'service',
    answer: { manifest },
    learner: { id: learner },
  });

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 40_000;
  while (!holds() && Date.now() < deadline) await new Promise((later) => setTimeout(later, 20));
}

const told = () => new Set(got.map(({ event }) => event.data.submissionId).filter(Boolean));

describe('killed in the middle of a delivery', () => {
  test(
    'it loses no event, and repeats one only under the same id',
    async () => {
      let path: string | undefined;
      const acknowledged: string[] = [];
      for (let round = 1; round <= rounds; round += 1) {
        const address = await start();
        path ??= await prepare(address);
        const before = got.length;
        // From here on no request gets an answer before the process is killed.
        meanwhile = () => new Promise(() => undefined);
        for (let n = 0; n < answersEach; n += 1) {
          acknowledged.push((await submit(`${address}${path}`, `learner-${n}`)).id);
        }
        await until(() => got.length > before);
        running?.child.kill('SIGKILL');
        await running?.ended();
        receiver.closeAllConnections();
        meanwhile = undefined;
      }
      const unanswered = new Set(got.map(({ id }) => id));
      expect(unanswered.size).toBeGreaterThan(0);
      await start();
      await until(() => acknowledged.every((id) => told().has(id)));
      expect([...told()].toSorted()).toEqual(acknowledged.toSorted());
      const messages = new Map(
        got.flatMap(({ id, event }) =>
          event.data.submissionId ? [[id, event.data.submissionId] as const] : [],
        ),
      );
      expect(messages.size).toBe(acknowledged.length);
    },
    longMs,
  );

  test(
    'a stop with grace leaves nothing behind that is not sent after it',
    async () => {
      const address = await start();
      const path = await prepare(address);
      meanwhile = () => new Promise(() => undefined);
      const { id } = await submit(`${address}${path}`, 'ada');
      await until(() => got.length > 0);
      running?.child.kill('SIGTERM');
      expect(await running?.ended()).toBe(0);
      meanwhile = undefined;
      got = [];
      await start();
      await until(() => told().has(id));
      expect(told().has(id)).toBe(true);
    },
    longMs,
  );
});
