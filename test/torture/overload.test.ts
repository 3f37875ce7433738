import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startProcess } from '../support/process.ts';
import { get, post } from './workload.ts';

const token = 'torture-admin-token-of-32-characters-or-more';

it('sheds a flood early, and neither other learners nor health checks notice', {
  timeout: 120_000,
}, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'service-lab-overload-'));
  const server = startProcess('main.ts', {
    ...{ DATA_DIR: dataDir, PORT: '0', DEMO: 'off', ADMIN_TOKEN: token },
    ...{ RATE_LIMIT: 'off', LOG_LEVEL: 'fatal' },
  });
  onTestFinished(async () => {
    server.child.kill('SIGKILL');
    await server.ended();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const target = { address: await server.listening(), token };
  const make = async (path: string, body: object) =>
    JSON.parse((await post(target, path, JSON.stringify(body))).text) as { id: string };
  const course = `/v1/courses/${(await make('/v1/courses', { title: 'Flood' })).id}`;
  const { id } = await make(`${course}/assignments`, { exercise: 'first-clusterip' });
  const handIn = async (learner: string): Promise<number> => {
    const answer = { manifest: manifestOf(20) };
    const body = JSON.stringify({ part: 'service', answer, learner: { id: learner } });
    const reply = await post(target, `${course}/assignments/${id}/submissions`, body);
    if (reply.status === 503) expect(reply.text).toContain('"overloaded"');
    return reply.status;
  };

  let flooding = true;
  const flood: number[] = [];
  const greedy = Array.from({ length: 150 }, async () => {
    while (flooding) flood.push(await handIn('greedy'));
  });
  while (!flood.includes(503)) await new Promise((later) => setTimeout(later, 20));
  const modest: number[] = [];
  const health: number[] = [];
  for (let count = 0; count < 6; count += 1) {
    modest.push(await handIn('modest'));
    health.push((await get(target, '/healthz')).status, (await get(target, '/readyz')).status);
  }
  flooding = false;
  await Promise.all(greedy);

  expect(modest).toEqual(modest.map(() => 201));
  expect(health).toEqual(health.map(() => 200));
  expect(new Set(flood)).toEqual(new Set([201, 503]));
  expect(await handIn('greedy')).toBe(201);
});

/** Many Services in one answer: work enough that a flood of them is too much for any machine. */
function manifestOf(count: number): string {
  const one = (index: number) => `apiVersion: v1
kind: Service
metadata: { name: web-${index} }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;
  return Array.from({ length: count }, (_, index) => one(index)).join('---\n');
}
