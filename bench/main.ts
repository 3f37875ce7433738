/**
 * `npm run bench`: the product beside its own limit, in one run, rounds interleaved, bounded in
 * time. Prints a table, and the same as JSON into bench/results/.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Round, run, together } from './load.ts';
import { type Server, startServer } from './process.ts';
import { verdictMicroseconds } from './verdict.ts';

const rounds = 3;
const seconds = 4;
const learners = 500;
const submissionsForMemory = 10_000;
const adminToken = 'bench-admin-token-of-32-characters-or-more';
const exercise = 'first-clusterip';
const part = 'service';
const manifest = `apiVersion: v1
kind: Service
metadata:
  name: web-service
  labels:
    app: web
spec:
  type: ClusterIP
  selector:
    app: web
  ports:
    - name: http
      protocol: TCP
      port: 80
      targetPort: 80
`;

const root = fileURLToPath(new URL('..', import.meta.url));
const print = (text: string) => process.stdout.write(`${text}\n`);
const bodies = Array.from({ length: learners }, (_, index) =>
  JSON.stringify({ part, answer: { manifest }, learner: { id: `learner-${index}` } }),
);

const bare = await startServer(['--import', 'tsx', join(root, 'bench/bare-server.ts')]);
const product = await startServer([join(root, 'dist/main.js')], {
  PORT: '0',
  RATE_LIMIT: 'off',
  LOG_LEVEL: 'warn',
  DEMO: 'off',
  ADMIN_TOKEN: adminToken,
  DATA_DIR: mkdtempSync(join(tmpdir(), 'service-lab-bench-')),
});
try {
  await report(product, bare);
} finally {
  await Promise.all([product.stop(), bare.stop()]);
}

async function report(lab: Server, limit: Server): Promise<void> {
  const assignment = await prepare(lab);
  const verdictUs = verdictMicroseconds(exercise, part, manifest);
  const headers = { authorization: `Bearer ${adminToken}` };
  const submissions = `${lab.address}/v1/${assignment}/submissions`;
  const check = `${lab.address}/v1/${assignment}/check`;
  const table: Record<string, Round> = {};
  for (const connections of [8, 50]) {
    const kinds = {
      bare: { url: `${limit.address}/submissions`, bodies },
      submission: { url: submissions, bodies, headers },
      check: { url: check, bodies, headers },
    };
    const taken: Record<string, Round[]> = {};
    for (let round = 0; round <= rounds; round += 1) {
      for (const [name, load] of Object.entries(kinds)) {
        const result = await run({ ...load, connections, seconds: round === 0 ? 2 : seconds });
        if (round > 0) taken[name] = [...(taken[name] ?? []), result];
      }
    }
    for (const [name, all] of Object.entries(taken))
      table[`${name} ${connections}`] = together(all);
  }
  const resident = lab.residentMiB();
  print('                     requests/s    p50 ms    p99 ms    not 2xx');
  for (const [name, row] of Object.entries(table)) {
    const cells = [row.perSecond.toFixed(0), row.p50, row.p99, row.wrong];
    print(name.padEnd(18) + cells.map((cell) => String(cell).padStart(10)).join(''));
  }
  const share = (connections: number): number => {
    const limitSeconds = 1 / (table[`bare ${connections}`]?.perSecond ?? Number.NaN);
    const ideal = 1 / (limitSeconds + verdictUs / 1e6);
    return (table[`submission ${connections}`]?.perSecond ?? Number.NaN) / ideal;
  };
  const summary = {
    verdictMicroseconds: Math.round(verdictUs),
    shareOfIdealAt8: Number(share(8).toFixed(2)),
    shareOfIdealAt50: Number(share(50).toFixed(2)),
    readyMs: Math.round(lab.readyMs),
    residentMiB: Math.round(resident),
    submissionsAtLeast: submissionsForMemory,
  };
  for (const [name, value] of Object.entries(summary)) print(`${name.padEnd(24)} ${value}`);
  mkdirSync(join(root, 'bench/results'), { recursive: true });
  const file = join(root, 'bench/results', 'http.json');
  writeFileSync(file, JSON.stringify({ node: process.version, table, summary }, null, 2));
}

/** A course with the exercise assigned; answers the path of the assignment. */
async function prepare(lab: Server): Promise<string> {
  const course = await post(lab, 'courses', { title: 'Bench' });
  const made = await post(lab, `courses/${course.id}/assignments`, { exercise });
  return `courses/${course.id}/assignments/${made.id}`;
}

async function post(lab: Server, path: string, body: object): Promise<{ id: string }> {
  const answer = await fetch(`${lab.address}/v1/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as { id: string };
}
