/**
 * `npx tsx bench/sandboxes.ts` after a build: learners' own clusters over HTTP on one process. Two
 * hundred sandboxes with a watch each: what making them and asking them costs, what they take of
 * memory, and how soon they are there again after a restart.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { Server } from './process.ts';
import { exercise, headers, startProduct } from './product.ts';

const count = 200;
const root = fileURLToPath(new URL('..', import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), 'service-lab-bench-'));
const pods = '/api/v1/namespaces/default/pods';

interface Row {
  readonly name: string;
  readonly unit: 'ms' | 'MiB';
  readonly median: number;
  readonly p95?: number;
  /** Processor time of the server for one, in milliseconds: a busy machine moves it least. */
  readonly cpu?: number;
  readonly aim?: number;
}

const rows: Row[] = [];
/** Milliseconds, by what was measured. */
const kept = new Map<string, number[]>();
/** Seconds the server's processors had worked when a measure began. */
const begun = new Map<string, number>();
let server: Server = await startProduct(root, dataDir);
try {
  const course = await idOf(await ask('POST', '/v1/courses', { title: 'Bench' }));
  const at = `/v1/courses/${course}`;
  const assignment = await idOf(await ask('POST', `${at}/assignments`, { exercise }));
  const learners = Array.from({ length: count + 20 }, (_, index) => `learner-${index}`);
  for (const externalId of learners) await ask('POST', `${at}/enrolments`, { externalId });
  const make = async (learner: string) =>
    idOf(
      await ask('POST', `${at}/assignments/${assignment}/sandbox`, { learner: { id: learner } }),
    );

  // The worlds of the variants are prepared by the first that ask for them.
  for (const learner of learners.slice(count)) await getPods(await pathOf(await make(learner)));
  const before = server.residentMiB();

  const ids: string[] = [];
  for (const learner of learners.slice(0, count)) {
    ids.push(await timed('make', () => make(learner)));
  }
  note('make a sandbox', 'make', 5);
  const paths: string[] = [];
  for (const id of ids) paths.push(await pathOf(id));
  const watches = await Promise.all(paths.map(watch));
  for (let round = 0; round < 3; round += 1) {
    for (const path of paths) await timed(`get ${round > 0}`, () => getPods(path));
  }
  note(`get pods, ${count} watches open`, 'get true', 2);
  for (const path of paths) {
    await timed('create', () => createService(path));
  }
  note('create a Service, on disk', 'create');
  await new Promise((later) => setTimeout(later, 2000));
  const memory = server.residentMiB() - before;
  const name = `${count} sandboxes with a watch each, more memory`;
  rows.push({ name, unit: 'MiB', median: memory, aim: 250 });
  for (const end of watches) end();

  await server.stop();
  server = await startProduct(root, dataDir);
  await getPods(paths[0] ?? '');
  for (const path of paths.slice(1)) await timed('back', () => getPods(path));
  note('first get after a restart: brought back from disk', 'back');
} finally {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
report();

/** A machine busy with other things makes the server send requests away: they are sent again. */
async function ask(method: string, path: string, body?: object): Promise<Response> {
  const sent = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  const answer = await fetch(server.address + path, sent);
  if (answer.status === 503) {
    await new Promise((later) => setTimeout(later, 500));
    return ask(method, path, body);
  }
  if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
  return answer;
}

async function idOf(answer: Response): Promise<string> {
  return ((await answer.json()) as { id: string }).id;
}

/** Where the sandbox's API server stands, without the address, which a restart changes. */
async function pathOf(id: string): Promise<string> {
  const text = await (
    await fetch(`${server.address}/v1/sandboxes/${id}/kubeconfig`, { headers })
  ).text();
  return new URL(parse(text).clusters[0].cluster.server).pathname;
}

async function getPods(path: string): Promise<void> {
  const answer = await fetch(server.address + path + pods, {
    headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' },
  });
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  await answer.arrayBuffer();
}

async function createService(path: string): Promise<void> {
  const spec = { selector: { app: 'web' }, ports: [{ port: 80 }] };
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'bench' }, spec };
  const answer = await fetch(`${server.address}${path}/api/v1/namespaces/default/services`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(service),
  });
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  await answer.arrayBuffer();
}

/** A watch whose events are read; returns how to end it. */
function watch(path: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const url = `${server.address}${path}${pods}?watch=true`;
    const asked = request(url, { agent: false }, (answer) => {
      answer.on('error', () => undefined).resume();
      resolve(() => asked.destroy());
    });
    asked.on('error', reject).end();
  });
}

async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const list = measures(name);
  const start = performance.now();
  const result = await work();
  list.push(performance.now() - start);
  return result;
}

function measures(name: string): number[] {
  if (!begun.has(name)) begun.set(name, server.cpuSeconds());
  const list = kept.get(name) ?? [];
  kept.set(name, list);
  return list;
}

function note(name: string, measured: string, aim?: number): void {
  const sorted = measures(measured).sort((a, b) => a - b);
  const cpu = ((server.cpuSeconds() - (begun.get(measured) ?? 0)) * 1000) / sorted.length;
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  rows.push({
    name,
    unit: 'ms',
    median: at(0.5),
    p95: at(0.95),
    cpu,
    ...(aim !== undefined && { aim }),
  });
}

function report(): void {
  const print = (text: string) => process.stdout.write(`${text}\n`);
  print(`load before the end ${loadavg()[0]?.toFixed(1)}`);
  print(
    `${''.padEnd(56)}${'median'.padStart(9)}${'p95'.padStart(9)}${'cpu'.padStart(9)}${'aim'.padStart(7)}`,
  );
  for (const { name, unit, median, p95, cpu, aim } of rows) {
    const numbers = [median, p95, cpu].map((one) => (one?.toFixed(2) ?? '').padStart(9));
    print(`${name.padEnd(56)}${numbers.join('')}${String(aim ?? '').padStart(7)} ${unit}`);
  }
  mkdirSync(join(root, 'bench/results'), { recursive: true });
  const file = join(root, 'bench/results/sandboxes.json');
  writeFileSync(file, `${JSON.stringify({ node: process.version, rows }, null, 2)}\n`);
}
