import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadDriver } from '../../src/store/dialect.ts';
import { type RealProcess, startProcess } from '../support/process.ts';

const adminToken = 'admin-token-for-tests-of-more-than-32-characters';
const people = 3000;

let dataDir: string;
let running: RealProcess[];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'service-lab-roster-'));
  running = [];
});
afterEach(async () => {
  for (const each of running) each.child.kill('SIGKILL');
  await Promise.all(running.map((each) => each.ended()));
  rmSync(dataDir, { recursive: true, force: true });
});

function start(entry = 'main.ts', args: string[] = []) {
  const env = { PORT: '0', DATA_DIR: dataDir, ADMIN_TOKEN: adminToken, DEMO: 'false' };
  const started = startProcess(entry, env, args);
  running.push(started);
  return started;
}

const headers = { authorization: `Bearer ${adminToken}` };
const roster = `externalId,name,section\n${Array.from(
  { length: people },
  (_, n) => `s-${n},Student ${n},Lab ${n % 7}`,
).join('\n')}\n`;

async function makeCourse(address: string): Promise<string> {
  const made = await fetch(`${address}/v1/courses`, {
    ...{ method: 'POST', headers: { ...headers, 'content-type': 'application/json' } },
    body: JSON.stringify({ title: 'Rosters' }),
  });
  return ((await made.json()) as { id: string }).id;
}

const send = (address: string, course: string, key: string) =>
  fetch(`${address}/v1/courses/${course}/roster`, {
    ...{ method: 'POST', body: roster },
    headers: { ...headers, 'content-type': 'text/csv', 'idempotency-key': key },
  });

/** What is in the file, after whoever wrote it was killed. */
function kept(course: string) {
  const file = join(dataDir, 'service-lab.db');
  const database = new (loadDriver(file))(file);
  const count = (table: string, column = 'course_id') =>
    (
      database.prepare(`SELECT count(*) AS rows FROM ${table} WHERE ${column} = ?`).get(course) as {
        rows: number;
      }
    ).rows;
  const audited = database
    .prepare("SELECT count(*) AS rows FROM audit_events WHERE action = 'enrolment:create'")
    .get() as { rows: number };
  const found = { people: count('enrolments'), sections: count('sections'), audited: audited.rows };
  database.close();
  return found;
}

const nothing = { people: 0, sections: 0, audited: 0 };
const everything = { people, sections: 7, audited: people };

const log = () =>
  statSync(join(dataDir, 'service-lab.db-wal'), { throwIfNoEntry: false })?.size ?? 0;

/** When it is killed: while it reads the roster, and while its commit is being written. */
const moments = [
  () => new Promise((later) => setTimeout(later, 30)),
  async () => {
    const before = log();
    const end = Date.now() + 20_000;
    while (log() <= before + 16_384 && Date.now() < end) await new Promise(setImmediate);
  },
];

it('killed in the middle of an import, it has all of the roster or nothing, and goes on', async () => {
  let server = start();
  let address = await server.listening();
  const course = await makeCourse(address);
  for (const [round, moment] of moments.entries()) {
    const sent = send(address, course, `key-${round}`).then(
      ({ status }) => status,
      () => 0,
    );
    await moment();
    server.child.kill('SIGKILL');
    await server.ended();
    const acknowledged = (await sent) === 200;
    const there = kept(course);
    expect([nothing, everything]).toContainEqual(there);
    if (acknowledged) expect(there).toEqual(everything);
    server = start();
    address = await server.listening();
  }
  const again = await send(address, course, 'last');
  expect(again.status).toBe(200);
  const { created, unchanged } = (await again.json()) as { created: number; unchanged: number };
  expect(created + unchanged).toBe(people);
  expect(kept(course)).toEqual(everything);
}, 180_000);

it('the command line lists and archives courses and imports rosters, beside a server', async () => {
  const server = start();
  const course = await makeCourse(await server.listening());
  const file = join(dataDir, 'class.csv');
  writeFileSync(file, 'externalId,name\na,Ada\nb,Bob\n');
  const command = (...args: string[]) =>
    promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...args], {
      env: { ...process.env, DATA_DIR: dataDir },
    });
  const dry = await command('roster', 'import', file, '--course', course, '--dry-run');
  expect(dry.stdout).toContain('would create 2');
  expect(kept(course).people).toBe(0);
  const done = await command('roster', 'import', file, '--course', course);
  expect(done.stdout).toContain('created 2');
  writeFileSync(file, 'externalId,role\nc,boss\n');
  const wrong = await command('roster', 'import', file, '--course', course).catch((error) => error);
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toContain('row 2, role');
  await command('course', 'archive', course, '--reason', 'over');
  expect((await command('course', 'list')).stdout).toMatch(new RegExp(`${course}.*archived`));
  expect(kept(course).people).toBe(2);
}, 180_000);
