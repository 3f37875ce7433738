import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type RealProcess, startProcess } from '../support/process.ts';
import { databaseIsSound, kept } from './kept.ts';
import { get, nextAnswer, post, type Sent, submit, type Target } from './workload.ts';

const token = 'torture-admin-token-of-32-characters-or-more';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'service-lab-disk-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

function start(dataDir: string): RealProcess {
  const server = startProcess('main.ts', {
    ...{ DATA_DIR: dataDir, PORT: '0', DEMO: 'off', ADMIN_TOKEN: token },
    ...{ RATE_LIMIT: 'off', LOG_LEVEL: 'fatal' },
  });
  onTestFinished(async () => {
    server.child.kill('SIGKILL');
    await server.ended();
  });
  return server;
}

async function prepare(address: string): Promise<Target> {
  const make = async (path: string, body: object) =>
    JSON.parse((await post({ address, token }, path, JSON.stringify(body))).text) as { id: string };
  const course = (await make('/v1/courses', { title: 'Disk' })).id;
  const path = `/v1/courses/${course}/assignments`;
  const assignment = (await make(path, { exercise: 'first-clusterip' })).id;
  return { address, token, course, assignment };
}

/** Hands in one answer; its id stands in `sent` once it is acknowledged. */
async function handIn(target: Target, sent: Sent[]): Promise<number> {
  const answer = nextAnswer(() => 0.25);
  sent.push(answer);
  const reply = await submit(target, answer);
  if (reply.status === 201) answer.id = (JSON.parse(reply.text) as { id: string }).id;
  return reply.status;
}

async function missing(target: Target, sent: readonly Sent[]): Promise<readonly string[]> {
  const { byMark } = await kept(target, new Map());
  return sent.flatMap(({ id, mark }) => (id && byMark.get(mark)?.[0] !== id ? [id] : []));
}

/** A file system of its own, where this machine lets one be made; else the test says why not. */
function mounted(options: string): string | undefined {
  const place = join(folder, 'disk');
  mkdirSync(place);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', place], { stdio: 'pipe' });
  } catch (error) {
    process.stderr.write(`NOT TRIED, this account may not mount a disk: ${String(error)}\n`);
    return undefined;
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', place]);
  });
  return place;
}

describe('a full disk', () => {
  it('refuses plainly, goes on reading, and takes answers again once there is room', async () => {
    const disk = mounted('size=6m');
    if (disk === undefined) return;
    writeFileSync(join(disk, 'filler'), Buffer.alloc(4 * 1024 * 1024));
    const target = await prepare(await start(disk).listening());
    const sent: Sent[] = [];
    let status = 201;
    for (let count = 0; status === 201 && count < 3000; count += 1) {
      status = await handIn(target, sent);
    }
    expect(status).toBe(503);
    expect((await get(target, '/healthz')).status).toBe(200);
    expect((await get(target, `/v1/courses/${target.course}/gradebook`)).status).toBe(200);
    rmSync(join(disk, 'filler'));
    expect(await handIn(target, sent)).toBe(201);
    expect(sent.filter(({ id }) => id !== undefined).length).toBeGreaterThan(1);
    expect(await missing(target, sent)).toEqual([]);
  });
});

describe('a disk that may only be read', () => {
  it('keeps the server from starting, with a word on what to do', async () => {
    const disk = mounted('size=6m');
    if (disk === undefined) return;
    const first = start(disk);
    await first.listening();
    first.child.kill('SIGTERM');
    await first.ended();
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    const second = start(disk);
    expect(await second.ended()).toBe(1);
    expect(second.stderr()).toContain('DATA_DIR');
    expect(second.stderr()).not.toContain('    at ');
  });
});

describe('a write-ahead log that a killed process left', () => {
  async function killedAfter(answers: number): Promise<{ sent: Sent[]; target: Target }> {
    const server = start(folder);
    const target = await prepare(await server.listening());
    const sent: Sent[] = [];
    for (let count = 0; count < answers; count += 1) await handIn(target, sent);
    server.child.kill('SIGKILL');
    await server.ended();
    return { sent, target };
  }

  const log = () => join(folder, 'service-lab.db-wal');

  it('holds what the file does not yet, and nothing of it is lost', async () => {
    const { sent, target } = await killedAfter(12);
    expect(statSync(log()).size).toBeGreaterThan(0);
    const address = await start(folder).listening();
    expect(await missing({ ...target, address }, sent)).toEqual([]);
  });

  it('with a torn tail after the last commit loses nothing', async () => {
    const { sent, target } = await killedAfter(12);
    appendFileSync(log(), Buffer.alloc(4096 + 24 + 1000, 0x5a));
    const address = await start(folder).listening();
    expect(await missing({ ...target, address }, sent)).toEqual([]);
  });

  it('cut anywhere, as after a power cut on a disk that lied, leaves a sound beginning', async () => {
    const { sent, target } = await killedAfter(20);
    truncateSync(log(), Math.floor(statSync(log()).size * 0.7) + 11);
    databaseIsSound(folder);
    const address = await start(folder).listening();
    const { byMark } = await kept({ ...target, address }, new Map());
    const there = sent.map(({ mark }) => byMark.has(mark));
    expect(there.lastIndexOf(true)).toBe(there.filter(Boolean).length - 1);
    expect(there).toContain(true);
    expect(there).toContain(false);
  });
});

describe('two processes on one file', () => {
  it('are not two: the second refuses, the first goes on', async () => {
    const first = start(folder);
    const target = await prepare(await first.listening());
    const second = start(folder);
    expect(await second.ended()).toBe(1);
    expect(second.stderr()).toContain(folder);
    expect(await handIn(target, [])).toBe(201);
  });
});

describe('a backup under load', () => {
  it('is sound, holds every answer acknowledged before it began, and can be restored', async () => {
    const target = await prepare(await start(folder).listening());
    const sent: Sent[] = [];
    for (let count = 0; count < 5; count += 1) await handIn(target, sent);
    const acknowledged = [...sent];
    let going = true;
    const load = (async () => {
      while (going) await handIn(target, sent);
    })();
    const env = { DATA_DIR: folder };
    const backup = startProcess('cli.ts', env, ['backup']);
    expect(await backup.ended(), backup.stderr()).toBe(0);
    going = false;
    await load;
    const [name] = readdirSync(join(folder, 'backups'));
    const other = join(folder, 'elsewhere');
    const copy = join(folder, 'backups', name ?? '');
    const restored = startProcess('cli.ts', { DATA_DIR: other }, ['restore', copy]);
    expect(await restored.ended(), restored.stderr()).toBe(0);
    expect(existsSync(join(other, 'service-lab.db'))).toBe(true);
    databaseIsSound(other);
    const address = await start(other).listening();
    expect(await missing({ ...target, address }, acknowledged)).toEqual([]);
  });
});
