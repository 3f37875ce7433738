/**
 * `npm run bench:soak`: mixed traffic for twenty minutes (SOAK_MINUTES), and whether memory, file
 * handles and latency stay where they are: a sample every 30 s, the slope by least squares over all
 * but the first fifth. Prints a table, and the same as JSON into bench/results/soak.json.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Outcome, pause, quantile, send } from './open-load.ts';
import { answerOf, part, prepareCourse, startProduct } from './product.ts';
import { trendOf } from './trend.ts';

const minutes = Number(process.env.SOAK_MINUTES ?? 20);
const sampleMs = Math.min(30_000, (minutes * 60_000) / 12);
const learners = 200;
const callers = 8;
const restMs = 5;
const warmUpShare = 0.2;

interface Sample {
  readonly minute: number;
  readonly residentMiB: number;
  /** Of V8, with what is not collected yet. */
  readonly heapMiB: number;
  readonly handles: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly perSecond: number;
  /** Sent away with 503. */
  readonly shed: number;
  /** No answer, or a fault. */
  readonly wrong: number;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const print = (text: string) => process.stdout.write(`${text}\n`);
const row = (cells: readonly (string | number)[]): string =>
  cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(1) : cell).padStart(10)).join('');
const product = await startProduct(root);
try {
  report(await soak());
} finally {
  await product.stop();
}

async function soak(): Promise<Sample[]> {
  const requests = await traffic();
  const samples: Sample[] = [];
  let since: Outcome[] = [];
  const end = performance.now() + minutes * 60_000;
  const caller = async (index: number) => {
    for (let turn = index; performance.now() < end; turn += callers) {
      const one = requests[turn % requests.length];
      if (one) since.push(await one(turn));
      await pause(restMs);
    }
  };
  const running = Promise.all(Array.from({ length: callers }, (_, index) => caller(index)));
  const start = performance.now();
  while (performance.now() < end - sampleMs / 2) {
    await pause(sampleMs);
    const taken = since;
    since = [];
    const sample = await sampleOf((performance.now() - start) / 60_000, taken);
    samples.push(sample);
    print(row(Object.values(sample)));
  }
  await running;
  return samples;
}

/** What a course does, in the proportions of a busy lesson. */
async function traffic(): Promise<((turn: number) => Promise<Outcome>)[]> {
  const course = await prepareCourse(product, learners);
  const at = (path: string) => product.address + path;
  const { headers } = course;
  const bodyOf = (turn: number) =>
    JSON.stringify({
      part,
      answer: { manifest: answerOf(turn) },
      learner: { id: `learner-${turn % learners}` },
    });
  const question = (turn: number) =>
    JSON.stringify({
      steps: [{ verb: 'apply', text: answerOf(turn) }],
      ask: { kubectl: ['get services'] },
    });
  const submit = (turn: number) =>
    send(at(`${course.assignment}/submissions`), headers, bodyOf(turn));
  const check = (turn: number) => send(at(`${course.assignment}/check`), headers, bodyOf(turn));
  const refused = () =>
    send(at(`${course.assignment}/submissions`), headers, '{"part":"service","answer":{}}');
  const read = (path: string) => () => send(at(path), headers);
  print(row(['minute', 'MiB', 'heap', 'handles', 'p50 ms', 'p99 ms', 'req/s', 'shed', 'wrong']));
  return [
    ...[submit, check, submit, read(course.progress), check, submit, refused],
    ...[read(course.gradebook), submit, read('/v1/exercises'), read('/healthz')],
    (turn) => send(at('/v1/simulate'), headers, question(turn)),
  ];
}

async function sampleOf(minute: number, taken: readonly Outcome[]): Promise<Sample> {
  const times = taken.map(({ ms }) => ms);
  return {
    minute,
    residentMiB: product.residentMiB(),
    heapMiB: await heapMiB(),
    handles: readdirSync(`/proc/${product.pid}/fd`).length,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    perSecond: (taken.length * 1000) / sampleMs,
    shed: taken.filter(({ status }) => status === 503).length,
    wrong: taken.filter(({ status }) => status === 0 || (status >= 500 && status !== 503)).length,
  };
}

async function heapMiB(): Promise<number> {
  const text = await (await fetch(`${product.address}/metrics`)).text();
  const found = /^nodejs_heap_size_used_bytes (\d+)/m.exec(text);
  return Number(found?.[1]) / 1024 / 1024;
}

function report(samples: readonly Sample[]): void {
  const settled = samples.slice(Math.ceil(samples.length * warmUpShare));
  const slope = (of: (sample: Sample) => number) =>
    trendOf(settled.map((sample) => [sample.minute, of(sample)]));
  const slopes = {
    'MiB a minute': slope(({ residentMiB }) => residentMiB),
    'heap MiB a minute': slope((sample) => sample.heapMiB),
    'handles a minute': slope(({ handles }) => handles),
    'ms of p99 a minute': slope(({ p99Ms }) => p99Ms),
  };
  for (const [name, trend] of Object.entries(slopes)) {
    print(`${name.padEnd(20)} ${trend.slope.toFixed(3)} ± ${(2 * trend.standardError).toFixed(3)}`);
  }
  const load = Number(loadavg()[0]?.toFixed(2));
  const folder = join(root, 'bench/results');
  mkdirSync(folder, { recursive: true });
  const result = { node: process.version, load, minutes, samples, slopes };
  writeFileSync(join(folder, 'soak.json'), JSON.stringify(result, null, 2));
}
