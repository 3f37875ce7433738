import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { seedAnswers } from '../support/many-answers.ts';
import { startProcess } from '../support/process.ts';
import { databaseIsSound } from '../torture/kept.ts';
import { get, post } from '../torture/workload.ts';

const token = 'torture-admin-token-of-32-characters-or-more';
const submissions = 3_000;
const learners = 1_000;

const answerOf = (number: number) => `# ${number}
apiVersion: v1
kind: Service
metadata: { name: web-service }
spec:
  selector: { app: web }
  ports: [{ port: 80, targetPort: 80 }]
`;

it('a regrade killed at any moment is gone on with: nothing lost, doubled or half done', {
  timeout: 180_000,
}, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'service-lab-regrade-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const { courseId, assignmentId } = await seedAnswers({
    ...{ dataDir, submissions, learners, distinct: 60, pointsLess: 1, answerOf },
    ...{ exercise: 'first-clusterip', part: 'service' },
  });
  const course = `/v1/courses/${courseId}`;
  const begin = async () => {
    const server = startProcess('main.ts', {
      ...{ DATA_DIR: dataDir, PORT: '0', DEMO: 'off', ADMIN_TOKEN: token },
      ...{ RATE_LIMIT: 'off', LOG_LEVEL: 'error' },
    });
    return { server, target: { address: await server.listening(), token } };
  };
  const read = async (target: { address: string; token: string }, path: string) =>
    JSON.parse((await get(target, path)).text);

  let { server, target } = await begin();
  const body = JSON.stringify({ keep: 'as-judged', reason: 'The engine was mended.' });
  const started = await post(target, `${course}/regrades`, body);
  expect(started.status).toBe(202);
  const url = `${course}/regrades/${JSON.parse(started.text).id}`;
  const killed = async (afterMs: number) => {
    await new Promise((later) => setTimeout(later, afterMs));
    server.child.kill('SIGKILL');
    await server.ended();
    databaseIsSound(dataDir);
    ({ server, target } = await begin());
  };
  const reached = async (state: string) => {
    for (;;) {
      const now = await read(target, url);
      if (now.state === state) return now;
      if (now.state === 'failed' || now.state === 'cancelled') throw new Error(now.problem);
      await new Promise((later) => setTimeout(later, 50));
    }
  };
  await killed(60);
  const { dryRun } = await reached('ready');
  const reply = await post(target, `${url}/apply`, JSON.stringify({ dryRun }));
  expect(reply.status, reply.text).toBe(202);
  await killed(15);
  await reached('applied');

  const end = await read(target, url);
  expect(end.counts).toMatchObject({
    ...{ attempts: submissions, differing: submissions, faults: 0 },
    ...{ changes: learners, raised: learners, applied: learners },
  });
  // Each learner made three attempts; each has one regrade, and one change in the audit.
  const audit = await read(target, `/v1/audit?course=${courseId}&action=regrade:finish`);
  expect(audit.items).toHaveLength(1);
  let changes = 0;
  let cursor = '';
  do {
    const path = `/v1/audit?course=${courseId}&action=regrade:change&limit=200${cursor}`;
    const page = await read(target, path);
    changes += page.items.length;
    cursor = page.next === undefined ? '' : `&cursor=${encodeURIComponent(page.next)}`;
  } while (cursor !== '');
  expect(changes).toBe(learners);
  const people = await read(target, `${course}/enrolments?limit=10`);
  for (const { id } of people.items) {
    const { grade } = await read(target, `${course}/grades/${id}/${assignmentId}?explain=true`);
    const part = grade.parts.find(({ part: name }: { part: string }) => name === 'service');
    const kinds = part.steps.map(({ kind }: { kind: string }) => kind);
    expect(kinds).toEqual([...Array(3).fill('attempt'), ...Array(3).fill('regrade')]);
    expect(part.points).toBe(part.maximum);
  }
  server.child.kill('SIGTERM');
  expect(await server.ended()).toBe(0);
});
