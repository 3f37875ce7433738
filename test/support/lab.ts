import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulate } from '../../src/cluster/playground/simulate.ts';
import { type Demo, makeDemo } from '../../src/gradebook/index.ts';
import { buildApp, type HttpOptions } from '../../src/http/app.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import type { App } from '../../src/http/parts.ts';
import { type Lab, openLab } from '../../src/lab.ts';

export const adminToken = 'admin-token-for-tests-of-more-than-32-characters';

/** The whole product but its port: real exercises, a real database file, requests by inject. */
export interface TestLab {
  readonly app: App;
  readonly lab: Lab;
  readonly demo: Demo;
  /** Sends JSON as somebody; the parsed answer. */
  send(request: TestRequest): Promise<TestAnswer>;
  close(): Promise<void>;
}

export interface TestRequest {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT';
  readonly url: string;
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came back
  readonly body: any;
  readonly text: string;
}

export async function buildLab(
  options: Partial<HttpOptions> = {},
  prepare?: (app: App) => void,
): Promise<TestLab> {
  const dataDir = mkdtempSync(join(tmpdir(), 'service-lab-test-'));
  const lab = openLab({ dataDir, exclusive: true });
  await lab.gradebook.adoptAdminToken(adminToken);
  const demo = await makeDemoOf(lab);
  const app = await buildApp(
    {
      gradebook: lab.gradebook,
      exercises: lab.exercises,
      sandboxes: lab.sandboxes,
      reports: lab.reports,
      simulate,
      ready: () => lab.store.ping(),
      metrics: createMetrics(() => lab.store.queueLength()),
      version: '0.0.0-test',
    },
    {
      logger: { level: 'silent' },
      trustProxy: false,
      rateLimit: undefined,
      corsOrigins: [],
      publicUrl: undefined,
      shedAfterMs: 0,
      ...options,
    },
    prepare,
  );
  return {
    app,
    lab,
    demo,
    send: (request) => send(app, request),
    async close() {
      await app.close();
      await lab.sandboxes.close();
      await lab.store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function makeDemoOf(lab: Lab): Promise<Demo> {
  const emptied = { ...lab.parts, store: { ...lab.parts.store, isEmpty: async () => true } };
  const demo = await makeDemo(emptied);
  if (!demo) throw new Error('the demo was not made');
  return demo;
}

async function send(app: App, request: TestRequest): Promise<TestAnswer> {
  const { method = 'GET', url, token, body, headers = {} } = request;
  const answer = await app.inject({
    method,
    url,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: parsed(answer.body),
    text: answer.body,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
