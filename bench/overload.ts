/**
 * `npm run bench:overload`: what the product does when it is offered 1, 2 and 5 times what it can
 * do, half of it by one greedy learner and half by twenty modest ones. Bounded in time. Prints a
 * table, and the same as JSON into bench/results/overload.json.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Outcome, offer, pause, quantile, send } from './open-load.ts';
import { part, prepareCourse, startProduct } from './product.ts';

const seconds = Number(process.env.OVERLOAD_SECONDS ?? 8);
const limitSeconds = 5;
const modest = 20;
const factors = [1, 2, 5] as const;
/** So large that the server, and not who asks it, is the first to be busy. */
const servicesInAnswer = 20;

const root = fileURLToPath(new URL('..', import.meta.url));
let sent = 0;
const print = (text: string) => process.stdout.write(`${text}\n`);

interface Row {
  readonly factor: number;
  readonly offeredPerSecond: number;
  readonly acceptedPerSecond: number;
  readonly acceptedP99Ms: number;
  readonly shedShare: number;
  readonly shedP99Ms: number;
  readonly modestAcceptedShare: number;
  readonly greedyAcceptedShare: number;
  readonly modestP99Ms: number;
  readonly healthP99Ms: number;
  readonly healthFailed: number;
  /** From the last answer of the load to the first of three accepted in a row. */
  readonly recoveryMs: number;
  /** Answers that were neither 201 nor 503. */
  readonly wrong: number;
}

const product = await startProduct(root);
const withStatus = (all: readonly Outcome[], wanted: number): Outcome[] =>
  all.filter(({ status }) => status === wanted);

const p99 = (all: readonly Outcome[]): number =>
  quantile(
    all.map(({ ms }) => ms),
    0.99,
  );

try {
  const course = await prepareCourse(product, modest + 1);
  const url = `${product.address}${course.assignment}/submissions`;
  const handIn = (learner: number) => send(url, course.headers, bodyOf(learner));
  await limitOf(handIn, 2);
  const limit = await limitOf(handIn, limitSeconds);
  const rows: Row[] = [];
  for (const factor of factors) rows.push(await overload(handIn, factor, limit));
  report(limit, rows);
} finally {
  await product.stop();
}

type HandIn = (learner: number) => Promise<Outcome>;

/** Accepted submissions a second when as many callers as may be worked on at once wait for answers. */
async function limitOf(handIn: HandIn, forSeconds: number): Promise<number> {
  const end = performance.now() + forSeconds * 1000;
  let accepted = 0;
  const caller = async (index: number) => {
    while (performance.now() < end) {
      if ((await handIn(index % modest)).status === 201) accepted += 1;
    }
  };
  await Promise.all(Array.from({ length: 16 }, (_, index) => caller(index)));
  return accepted / forSeconds;
}

async function overload(handIn: HandIn, factor: number, limit: number): Promise<Row> {
  const [greedyGot, modestGot]: [Outcome[], Outcome[]] = [[], []];
  const health = watchHealth();
  const start = performance.now();
  await offer(factor * limit, seconds, async (index) => {
    const greedy = index % 2 === 0;
    const outcome = await handIn(greedy ? modest : (index >> 1) % modest);
    (greedy ? greedyGot : modestGot).push(outcome);
  });
  const took = (performance.now() - start) / 1000;
  const recoveryMs = await recovery(handIn);
  const probes = await health.stop();
  const all = [...greedyGot, ...modestGot];
  const [accepted, shed] = [withStatus(all, 201), withStatus(all, 503)];
  return {
    factor,
    offeredPerSecond: factor * limit,
    acceptedPerSecond: accepted.length / took,
    acceptedP99Ms: p99(accepted),
    shedShare: shed.length / all.length,
    shedP99Ms: shed.length > 0 ? p99(shed) : 0,
    modestAcceptedShare: withStatus(modestGot, 201).length / modestGot.length,
    greedyAcceptedShare: withStatus(greedyGot, 201).length / greedyGot.length,
    modestP99Ms: p99(withStatus(modestGot, 201)),
    healthP99Ms: p99(probes),
    healthFailed: probes.length - withStatus(probes, 200).length,
    recoveryMs,
    wrong: all.length - accepted.length - shed.length,
  };
}

/** Asks how the process is, ten times a second, until it is stopped. */
function watchHealth(): { stop(): Promise<Outcome[]> } {
  const probes: Promise<Outcome>[] = [];
  const timer = setInterval(() => {
    const path = probes.length % 2 === 0 ? '/healthz' : '/readyz';
    probes.push(send(product.address + path, {}));
  }, 100);
  return {
    stop() {
      clearInterval(timer);
      return Promise.all(probes);
    },
  };
}

async function recovery(handIn: HandIn): Promise<number> {
  const start = performance.now();
  for (let tries = 0; tries < 1000; tries += 1) {
    const since = performance.now() - start;
    const three = [await handIn(modest), await handIn(modest), await handIn(modest)];
    if (three.every(({ status }) => status === 201)) return since;
    await pause(10);
  }
  return Number.POSITIVE_INFINITY;
}

/** Another answer each time: none of them is remembered. */
function bodyOf(learner: number): string {
  sent += 1;
  const one = (index: number) =>
    `apiVersion: v1\nkind: Service\nmetadata: { name: web-${sent}-${index} }\nspec: { selector: { app: web }, ports: [{ port: 80 }] }\n`;
  const manifest = Array.from({ length: servicesInAnswer }, (_, index) => one(index)).join('---\n');
  return JSON.stringify({ part, answer: { manifest }, learner: { id: `learner-${learner}` } });
}

function report(limit: number, rows: readonly Row[]): void {
  const load = Number(loadavg()[0]?.toFixed(2));
  print(`limit: ${limit.toFixed(0)} submissions a second of ${servicesInAnswer} Services each`);
  const names = Object.keys(rows[0] ?? {}) as (keyof Row)[];
  for (const name of names) {
    const cells = rows.map((row) => row[name].toFixed(name.endsWith('Share') ? 3 : 0).padStart(10));
    print(name.padEnd(24) + cells.join(''));
  }
  print(`load of the machine ${load}`);
  const folder = join(root, 'bench/results');
  mkdirSync(folder, { recursive: true });
  const result = { node: process.version, load, limit, seconds, rows };
  writeFileSync(join(folder, 'overload.json'), JSON.stringify(result, null, 2));
}
