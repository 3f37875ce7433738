import fastify, { type FastifyInstance } from 'fastify';
import { bootstrapCluster } from '../../src/cluster/bootstrap.ts';
import type { ClusterSettings } from '../../src/cluster/cluster.ts';
import { answer } from '../../src/kubernetes-api/answer.ts';
import { createSandbox } from '../../src/kubernetes-api/memory-sandbox.ts';
import { mountKubernetesApi } from '../../src/kubernetes-api/mount.ts';
import { refusal, unauthorized } from '../../src/kubernetes-api/refusal.ts';
import type { Clock, Quota, Sandbox } from '../../src/kubernetes-api/sandbox.ts';
import type { WholeAnswer } from '../../src/kubernetes-api/wire.ts';

/** A clock that stands until a test lets time pass. */
export interface TestClock extends Clock {
  pass(milliseconds: number): void;
}

function testClock(start = Date.UTC(2026, 0, 1)): TestClock {
  let now = start;
  const timers = new Map<object, { at: number; run: () => void }>();
  return {
    now: () => now,
    after(delayMs, run) {
      const key = {};
      timers.set(key, { at: now + delayMs, run });
      return () => timers.delete(key);
    },
    pass(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const due = [...timers].sort(([, a], [, b]) => a.at - b.at)[0];
        if (!due || due[1].at > end) break;
        timers.delete(due[0]);
        now = Math.max(now, due[1].at);
        due[1].run();
      }
      now = end;
    },
  };
}

export interface TestSandbox {
  readonly sandbox: Sandbox;
  readonly clock: TestClock;
}

export function testSandbox(settings: Partial<ClusterSettings> = {}, quota?: Quota): TestSandbox {
  const clock = testClock();
  const cluster = bootstrapCluster({ now: clock.now(), ...settings });
  return { sandbox: createSandbox({ cluster, clock, ...(quota && { quota }) }), clock };
}

export interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Puts a request to the wire without HTTP; throws when the answer is a watch. */
export function ask(sandbox: Sandbox, { method = 'GET', path, headers, body }: Sent): WholeAnswer {
  const [place = '', query] = path.split('?');
  const given = answer(sandbox, {
    method,
    path: place,
    query: new URLSearchParams(query),
    headers: headers ?? {},
    body: Buffer.from(body ?? ''),
  });
  if ('watch' in given) throw new Error('the answer is a watch');
  return given;
}

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by the tests' own questions.
export const bodyOf = (whole: WholeAnswer): any => JSON.parse(String(whole.body));

/** A server with one sandbox at `/sandboxes/abc`, and at `/sandboxes/locked` for who has the key; nothing listens until its caller says so. */
export async function mounted(sandbox: Sandbox): Promise<FastifyInstance> {
  const app = fastify({ forceCloseConnections: 'idle' });
  await mountKubernetesApi(app, {
    prefix: '/sandboxes',
    directory: {
      async open(capability, authorization) {
        if (capability === 'locked' && authorization !== 'Bearer key') {
          return { refusal: unauthorized() };
        }
        return capability === 'abc' || capability === 'locked'
          ? { sandbox }
          : { refusal: refusal(404, 'NotFound', 'there is no such sandbox', {}) };
      },
    },
  });
  return app;
}
