/**
 * A regrade's dry run, and applying it, beside live submissions of another course: how long it
 * takes, and what it costs those who wait for their verdict. `--full` for the 100,000 submissions
 * of the promise; 10,000 otherwise. Prints, and keeps the same in bench/results/regrade.json.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { seedAnswers } from '../test/support/many-answers.ts';
import type { Server } from './process.ts';
import { answerOf, exercise, headers, part, post, prepareCourse, startProduct } from './product.ts';

const submissions = process.argv.includes('--full') ? 100_000 : 10_000;
/** Every tenth answer is another one: the others are equal to one of these. */
const distinct = submissions / 10;
const livePerSecond = 40;
const liveSeconds = 5;
const aims = { dryRunSeconds: (submissions / 100_000) * 120, liveP99Ms: 80 };

const root = fileURLToPath(new URL('..', import.meta.url));
const print = (text: string) => process.stdout.write(`${text}\n`);

const dataDir = mkdtempSync(join(tmpdir(), 'service-lab-bench-regrade-'));
const seedingBegan = performance.now();
const seeded = await seedAnswers({
  ...{ dataDir, submissions, learners: submissions / 20, distinct, pointsLess: 1 },
  ...{ exercise, part, answerOf },
});
print(`seeded ${submissions} submissions in ${secondsSince(seedingBegan)} s`);
const product = await startProduct(root, dataDir);
try {
  await report(product);
} finally {
  await product.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function report(server: Server): Promise<void> {
  const live = await liveLoad(server);
  const alone = await live(liveSeconds);
  const url = `/v1/courses/${seeded.courseId}/regrades`;
  const { id } = await post(server, url, { keep: 'as-judged', reason: 'bench' });
  const dryRun = await until(server, `${url}/${id}`, 'ready', live);
  await post(server, `${url}/${id}/apply`, { dryRun: dryRun.regrade.dryRun });
  const applied = await until(server, `${url}/${id}`, 'applied', live);
  const figures = {
    ...{ submissions, distinct, dryRunSeconds: dryRun.seconds },
    dryRunSecondsAim: aims.dryRunSeconds,
    applySeconds: applied.seconds,
    ...{ liveP99MsAlone: alone, liveP99MsDryRun: dryRun.p99, liveP99MsApply: applied.p99 },
    liveP99MsAim: aims.liveP99Ms,
    ...{ changes: dryRun.regrade.counts.changes, applied: applied.regrade.counts.applied },
    residentMiB: Math.round(server.residentMiB()),
    load: Number(loadavg()[0]?.toFixed(2)),
  };
  for (const [name, value] of Object.entries(figures)) print(`${name.padEnd(24)} ${value}`);
  mkdirSync(join(root, 'bench/results'), { recursive: true });
  const text = JSON.stringify({ node: process.version, ...figures }, null, 2);
  writeFileSync(join(root, 'bench/results', 'regrade.json'), text);
}

type Live = (seconds: number) => Promise<number>;

/** Submissions at a steady rate, as a class at work makes them; the p99 in milliseconds. */
async function liveLoad(server: Server): Promise<Live> {
  const course = await prepareCourse(server, 50);
  const bodies = Array.from({ length: 2_000 }, (_, index) =>
    JSON.stringify({
      part,
      answer: { manifest: answerOf(submissions + index) },
      learner: { id: `learner-${index % 50}` },
    }),
  );
  return async (seconds) => {
    const result = await autocannon({
      url: `${server.address}${course.assignment}/submissions`,
      ...{ connections: 8, duration: seconds, overallRate: livePerSecond, method: 'POST' },
      headers: { 'content-type': 'application/json', ...course.headers },
      requests: bodies.map((body) => ({ method: 'POST' as const, body })),
    });
    const wrong = result.non2xx + result.errors;
    if (wrong > 0) print(`${wrong} live submissions were not answered with 2xx`);
    return result.latency.p99;
  };
}

interface Seen {
  readonly state: string;
  readonly dryRun?: string;
  readonly problem?: string;
  readonly counts: { readonly changes: number; readonly applied: number };
}

/** Live submissions go on until the regrade has come so far; the worst p99 of them all. */
async function until(
  server: Server,
  url: string,
  state: string,
  live: Live,
): Promise<{ readonly regrade: Seen; readonly p99: number; readonly seconds: number }> {
  const began = performance.now();
  let over = false;
  const load = (async () => {
    let worst = 0;
    do worst = Math.max(worst, await live(liveSeconds));
    while (!over);
    return worst;
  })();
  for (;;) {
    const answer = await fetch(server.address + url, { headers });
    const regrade = (await answer.json()) as Seen;
    if (regrade.state === 'failed') throw new Error(regrade.problem);
    if (regrade.state === state) {
      const seconds = secondsSince(began);
      over = true;
      return { regrade, p99: await load, seconds };
    }
    await new Promise((later) => setTimeout(later, 100));
  }
}

function secondsSince(start: number): number {
  return Number(((performance.now() - start) / 1000).toFixed(1));
}
