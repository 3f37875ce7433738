/**
 * `npm run bench`, the HTTP part: the product beside its own limits, in one run, rounds interleaved,
 * bounded in time. Prints a table, and the same as JSON into bench/results/http.json.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Load, type Round, run, type Summary, together } from './load.ts';
import { startServer } from './process.ts';
import { answerOf, exercise, part, prepareCourse, startProduct } from './product.ts';
import { verdictMicroseconds } from './verdict.ts';

const rounds = 3;
const seconds = 3;
const warmUpSeconds = 2;
const learners = 500;
/** More than any cache of verdicts keeps: in turn, none of them is met again while remembered. */
const answers = 10_000;
const connectionCounts = [8, 50] as const;

const root = fileURLToPath(new URL('..', import.meta.url));
const script = (name: string) => ['--import', 'tsx', join(root, 'bench/servers', name)];
const print = (text: string) => process.stdout.write(`${text}\n`);

const verdictUs = verdictMicroseconds(exercise, part, answerOf(0));
const node = await startServer(script('node-http.ts'));
const zod = await startServer(script('fastify-zod.ts'));
const durable = await startServer(script('fastify-zod.ts'), { DURABLE: '1' });
const product = await startProduct(root);
try {
  await report();
} finally {
  await Promise.all([node, zod, durable, product].map((server) => server.stop()));
}

async function loads(): Promise<Record<string, Load>> {
  const course = await prepareCourse(product, learners);
  const equal = bodiesOf(() => 0);
  const distinct = bodiesOf((index) => index);
  const bare = { path: '/submissions', method: 'POST', bodies: distinct } as const;
  const ours = { server: product, headers: course.headers } as const;
  const get = { ...ours, method: 'GET', bodies: [] } as const;
  const post = { ...ours, method: 'POST' } as const;
  return {
    'bare node:http': { server: node, ...bare },
    'Fastify + zod': { server: zod, ...bare },
    'Fastify + zod + durable insert': { server: durable, ...bare },
    check: { ...post, path: `${course.assignment}/check`, bodies: distinct },
    submission: { ...post, path: `${course.assignment}/submissions`, bodies: distinct },
    'submission, equal answers': {
      ...post,
      path: `${course.assignment}/submissions`,
      bodies: equal,
    },
    progress: { ...get, path: course.progress },
    gradebook: { ...get, path: course.gradebook },
  };
}

/** The learners in turn; their answers differ by the number that `which` gives. */
function bodiesOf(which: (index: number) => number): readonly string[] {
  return Array.from({ length: answers }, (_, index) =>
    JSON.stringify({
      part,
      answer: { manifest: answerOf(which(index)) },
      learner: { id: `learner-${index % learners}` },
    }),
  );
}

async function report(): Promise<void> {
  const idleMiB = product.residentMiB();
  const table: Record<string, Summary> = {};
  const kinds = Object.entries(await loads());
  for (const connections of connectionCounts) {
    const taken = new Map<string, Round[]>();
    for (let round = 0; round <= rounds; round += 1) {
      for (const [name, load] of kinds) {
        const result = await run(load, connections, round === 0 ? warmUpSeconds : seconds);
        if (round > 0) taken.set(name, [...(taken.get(name) ?? []), result]);
      }
    }
    for (const [name, all] of taken) table[`${name}, ${connections}`] = together(all);
  }
  printTable(table);
  keep(table, summarise(table, idleMiB));
}

function summarise(table: Record<string, Summary>, idleMiB: number): Record<string, number> {
  const rate = (name: string) => table[name]?.perSecond ?? Number.NaN;
  const share = (name: string, connections: number): number => {
    const bareSeconds = 1 / rate(`Fastify + zod + durable insert, ${connections}`);
    const ideal = 1 / (bareSeconds + verdictUs / 1e6);
    return Number((rate(`${name}, ${connections}`) / ideal).toFixed(2));
  };
  const figures = {
    shareOfIdealAt8: share('submission', 8),
    shareOfIdealAt50: share('submission', 50),
    verdictMicroseconds: Math.round(verdictUs),
    readyMs: Math.round(product.readyMs),
    idleMiB: Math.round(idleMiB),
    residentMiB: Math.round(product.residentMiB()),
    load: Number(loadavg()[0]?.toFixed(2)),
  };
  for (const [name, value] of Object.entries(figures)) print(`${name.padEnd(24)} ${value}`);
  return figures;
}

function printTable(table: Record<string, Summary>): void {
  const floor = table['bare node:http, 8']?.perSecond ?? Number.NaN;
  const head = ['of node', 'req/s', 'p50 ms', 'p99 ms', 'CPU us', 'MiB', 'not 2xx'];
  print(''.padEnd(34) + head.map((cell) => cell.padStart(9)).join(''));
  for (const [name, row] of Object.entries(table)) {
    const cells = [
      (row.perSecond / floor).toFixed(3),
      row.perSecond.toFixed(0),
      row.p50,
      row.p99,
      row.cpuUs.toFixed(0),
      row.residentMiB.toFixed(0),
      row.wrong,
    ];
    print(name.padEnd(34) + cells.map((cell) => String(cell).padStart(9)).join(''));
  }
}

function keep(table: Record<string, Summary>, summary: Record<string, number>): void {
  mkdirSync(join(root, 'bench/results'), { recursive: true });
  const result = { node: process.version, table, summary };
  writeFileSync(join(root, 'bench/results', 'http.json'), JSON.stringify(result, null, 2));
}
