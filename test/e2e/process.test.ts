import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RealProcess, startProcess } from '../support/process.ts';

const run = promisify(execFile);

let dataDir: string;
let running: RealProcess[];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'service-lab-e2e-'));
  running = [];
});
afterEach(async () => {
  for (const each of running) each.child.kill('SIGKILL');
  await Promise.all(running.map((each) => each.ended()));
  rmSync(dataDir, { recursive: true, force: true });
});

function start(env: Record<string, string> = {}, entry = 'main.ts', args: string[] = []) {
  const started = startProcess(entry, { PORT: '0', DATA_DIR: dataDir, ...env }, args);
  running.push(started);
  return started;
}

describe('a first start', () => {
  it('prints what to paste, and pasting it hands an answer in', async () => {
    const server = start();
    await server.listening();
    const { stdout } = await run('bash', ['-c', printedCommand(server.stdout(), '/submissions')]);
    const answer = JSON.parse(stdout);
    expect(answer.outcome).toBe('graded');
    expect(answer.score.net).toBeLessThan(answer.score.maximum);
    const report = await run('bash', ['-c', printedCommand(server.stdout(), '/gradebook.csv')]);
    expect(report.stdout).toContain('Ada');
  });

  it('keeps secrets out of its log, and answers too', async () => {
    const server = start({ LOG_LEVEL: 'trace' });
    await server.listening();
    await run('bash', ['-c', printedCommand(server.stdout(), '/submissions')]);
    expect(server.stderr()).toContain('/submissions');
    expect(server.stderr()).not.toMatch(/sl_\w/);
    expect(server.stderr()).not.toContain('web-service');
  });
});

describe('a second start', () => {
  it('finds everything again, and prints no token', async () => {
    const first = start();
    await first.listening();
    const command = printedCommand(first.stdout(), '/submissions');
    await run('bash', ['-c', command]);
    first.child.kill('SIGTERM');
    expect(await first.ended()).toBe(0);

    const second = start();
    const address = await second.listening();
    expect(second.stdout()).not.toMatch(/sl_\w/);
    expect(second.stdout()).toContain('service-lab token create');
    const again = command.replace(/http:\/\/[\d.:]+/, address);
    const { stdout } = await run('bash', ['-c', again]);
    expect(JSON.parse(stdout).attempt).toBe(2);
  });

  it('beside a running one is refused, but a token can be made beside it', async () => {
    const server = start();
    const address = await server.listening();
    const second = start();
    expect(await second.ended()).toBe(1);
    expect(second.stderr()).toContain(dataDir);
    expect(second.stderr()).not.toContain('    at ');
    const made = start({}, 'cli.ts', ['token', 'create', '--role', 'admin']);
    expect(await made.ended(), made.stderr()).toBe(0);
    const authorization = `Bearer ${made.stdout().trim()}`;
    const courses = await fetch(`${address}/v1/courses`, { headers: { authorization } });
    expect(courses.status).toBe(200);
  });
});

describe('what keeps it from starting is said in one line', () => {
  it('a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((ready) => other.once('listening', ready));
    const port = String((other.address() as AddressInfo).port);
    const server = start({ PORT: port });
    expect(await server.ended()).toBe(1);
    expect(server.stderr()).toContain(`127.0.0.1:${port} is in use`);
    expect(server.stderr().trim().split('\n')).toHaveLength(1);
    other.close();
  });

  it('a wrong configuration: all of it, exit code 2', async () => {
    const server = start({ PORT: 'x', LOG_LEVEL: 'y', ADMIN_TOKEN: 'short' });
    expect(await server.ended()).toBe(2);
    for (const name of ['PORT', 'LOG_LEVEL', 'ADMIN_TOKEN'])
      expect(server.stderr()).toContain(name);
    expect(server.stderr()).not.toContain('    at ');
  });

  it('a damaged database', async () => {
    const file = join(dataDir, 'service-lab.db');
    writeFileSync(file, 'this is no database, however one looks at it'.repeat(200));
    const server = start();
    expect(await server.ended()).toBe(1);
    expect(server.stderr()).toContain(file);
    expect(server.stderr()).not.toContain('    at ');
  });

  it('a data folder that cannot be', async () => {
    const file = join(dataDir, 'file');
    writeFileSync(file, '');
    const server = start({ DATA_DIR: join(file, 'data') });
    expect(await server.ended()).toBe(1);
    expect(server.stderr()).not.toContain('    at ');
  });
});

describe('an end', () => {
  it('by SIGTERM finishes what is in hand and exits with 0', async () => {
    const server = start();
    await server.listening();
    const command = printedCommand(server.stdout(), '/submissions');
    const inHand = Promise.allSettled(
      Array.from({ length: 5 }, () => run('bash', ['-c', command])),
    );
    await run('bash', ['-c', command]);
    server.child.kill('SIGTERM');
    expect(await server.ended()).toBe(0);
    for (const each of await inHand) {
      if (each.status === 'fulfilled') expect(JSON.parse(each.value.stdout).outcome).toBe('graded');
    }
  });

  it('by SIGKILL loses nothing that was acknowledged', async () => {
    const server = start();
    const address = await server.listening();
    const acknowledged: string[] = [];
    const { url, headers, body } = partsOf(printedCommand(server.stdout(), '/submissions'));
    const sending = Array.from({ length: 4 }, async () => {
      for (;;) {
        const answer = await fetch(url, { method: 'POST', headers, body });
        const { id } = (await answer.json()) as { id: string };
        acknowledged.push(id);
        if (acknowledged.length === 40) server.child.kill('SIGKILL');
      }
    });
    await Promise.allSettled(sending);
    await server.ended();

    const again = start();
    const restarted = await again.listening();
    for (const id of acknowledged) {
      const answer = await fetch(`${restarted}/v1/submissions/${id}`, { headers });
      expect(answer.status).toBe(200);
    }
    expect(address).toMatch(/^http:/);
  });
});

describe('the command line', () => {
  it('grades a file without server or database', async () => {
    mkdirSync(dataDir, { recursive: true });
    const file = join(dataDir, 'answer.yaml');
    writeFileSync(
      file,
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  selector:\n    app: web\n  ports:\n    - port: 80\n',
    );
    const right = start({}, 'cli.ts', ['check', file, '--exercise', 'first-clusterip']);
    expect(await right.ended(), right.stdout() + right.stderr()).toBe(0);
    const missing = start({}, 'cli.ts', ['check', 'nope.yaml', '--exercise', 'first-clusterip']);
    expect(await missing.ended()).toBe(1);
    expect(missing.stderr()).toContain('nope.yaml');
  });
});

/** The curl of the banner that names this path, as somebody would paste it. */
function printedCommand(banner: string, path: string): string {
  const start = banner.split('curl -s ').find((text) => text.split(' ', 1)[0]?.endsWith(path));
  if (start === undefined) throw new Error(`the banner has no curl for ${path}`);
  const lines = `curl -s ${start}`.split('\n');
  const last = lines.findIndex((line) => !line.endsWith('\\'));
  return lines.slice(0, last + 1).join('\n');
}

function partsOf(command: string) {
  const authorization = /Authorization: ([^']+)'/.exec(command)?.[1] ?? '';
  return {
    url: /curl -s (\S+)/.exec(command)?.[1] ?? '',
    headers: { authorization, 'content-type': 'application/json' },
    body: /-d '([^']+)'/.exec(command)?.[1] ?? '',
  };
}
