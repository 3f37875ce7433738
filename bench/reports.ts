/**
 * `npm run bench`, the reports: how long they take on a store of many submissions, how long a live
 * request waits meanwhile, and how both grow. Prints a table, and the same as JSON into
 * bench/results/reports.json.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from './load.ts';
import type { Server } from './process.ts';
import { adminToken, startProduct } from './product.ts';
import { addCourse, type CourseSize, dataFolder } from './report-data.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const rounds = 7;
const headers = { authorization: `Bearer ${adminToken}` };

const large: CourseSize = { id: 'large', learners: 1000, assignments: 50, attempts: 4 };
const small: CourseSize = { id: 'small', learners: 100, assignments: 50, attempts: 4 };
const first: CourseSize = { id: 'first', learners: 200, assignments: 50, attempts: 1 };
const others = (count: number): readonly CourseSize[] =>
  Array.from({ length: count }, (_, index) => ({ ...large, id: `other-${index}` }));

/** Of one course each, and how many milliseconds each may take at most. */
const reports = [
  ['large', 'gradebook', 300],
  ['large', 'gradebook.csv', 400],
  ['small', 'gradebook', 40],
  ['small', 'gradebook.csv', 40],
  ['large', 'analytics', 1000],
  ['large', 'assignments/large-a7/analytics', 1000],
  ['large', 'at-risk', 1000],
  ['large', 'progress-matrix', 1000],
  ['large', 'report.html', 1000],
  ['large', 'grades/changes?limit=1000', 1000],
] as const;

interface Row {
  readonly report: string;
  readonly bytes: number;
  /** The first after a start, when nothing is remembered; then the median and the longest. */
  readonly firstMs: number;
  readonly medianMs: number;
  readonly mostMs: number;
  readonly boundMs: number;
  /** The longest that a live request waited while it was made. */
  readonly liveMostMs: number;
}

const print = (text: string) => process.stdout.write(`${text}\n`);
const results: Record<string, unknown> = { node: process.version };

await growth();
mkdirSync(join(root, 'bench/results'), { recursive: true });
results.load = Number(loadavg()[0]?.toFixed(2));
writeFileSync(join(root, 'bench/results', 'reports.json'), JSON.stringify(results, null, 2));

/** The same store three times: 10,000 submissions, then 230,000, then more than a million. */
async function growth(): Promise<void> {
  const folder = await dataFolder([first]);
  try {
    await withProduct(folder, async (product) => {
      print('10,000 submissions in the store');
      await measure(product, 'first', 'gradebook', 300);
    });
    for (const course of [large, small]) await addCourse(folder, course);
    await withProduct(folder, async (product) => {
      print('230,000 submissions in the store');
      results.at230k = await measureAll(product);
      results.export = await exportAll(product);
    });
    for (const course of others(4)) await addCourse(folder, course);
    await withProduct(folder, async (product) => {
      print('1,030,000 submissions in the store');
      await measure(product, 'first', 'gradebook', 300);
      results.at1030k = await measureAll(product);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function withProduct(folder: string, work: (product: Server) => Promise<void>) {
  const product = await startProduct(root, folder);
  try {
    await work(product);
  } finally {
    await product.stop();
  }
}

async function measureAll(product: Server): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [course, report, bound] of reports) {
    rows.push(await measure(product, course, report, bound));
  }
  return rows;
}

async function measure(product: Server, course: string, path: string, boundMs: number) {
  const url = `${product.address}/v1/courses/${course}/${path}`;
  const live = watchLive(product, course);
  const begun = await take(url);
  const taken: number[] = [];
  for (let round = 0; round < rounds; round += 1) taken.push((await take(url)).ms);
  const row: Row = {
    ...{ report: `${course}/${path}`, bytes: begun.bytes, firstMs: begun.ms },
    ...{ medianMs: median(taken), mostMs: Math.max(...taken), boundMs },
    liveMostMs: await live.stop(),
  };
  const cells = [row.firstMs, row.medianMs, row.mostMs, boundMs, row.liveMostMs];
  const numbers = cells.map((ms) => ms.toFixed(0).padStart(7)).join('');
  print(`${row.report.padEnd(46)}${String(row.bytes).padStart(10)} B${numbers} ms`);
  return row;
}

async function take(url: string): Promise<{ readonly ms: number; readonly bytes: number }> {
  const start = performance.now();
  const answer = await fetch(url, { headers: { ...headers, 'accept-encoding': 'identity' } });
  const { byteLength } = await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return { ms: performance.now() - start, bytes: byteLength };
}

/** Asks for something small all the while, as a learner at work would. */
function watchLive(product: Server, course: string) {
  let [on, most] = [true, 0];
  const watching = (async () => {
    while (on) {
      const { ms } = await take(`${product.address}/v1/courses/${course}`);
      most = Math.max(most, ms);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  return {
    stop: async () => {
      on = false;
      await watching;
      return most;
    },
  };
}

/** Reads 200,000 lines of CSV and looks at what the product's memory does. */
async function exportAll(product: Server): Promise<object> {
  const before = product.residentMiB();
  let highest = before;
  const start = performance.now();
  const answer = await fetch(`${product.address}/v1/courses/large/submissions.csv`, { headers });
  let lines = 0;
  for await (const chunk of answer.body ?? []) {
    lines += Buffer.from(chunk as Uint8Array).filter((byte) => byte === 10).length;
    highest = Math.max(highest, product.residentMiB());
  }
  const ms = Math.round(performance.now() - start);
  const grew = Math.round(highest - before);
  print(`submissions.csv: ${lines} lines in ${ms} ms, memory ${before.toFixed(0)} MiB + ${grew}`);
  return { lines, ms, beforeMiB: Math.round(before), grewMiB: grew };
}
