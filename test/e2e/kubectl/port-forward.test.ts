/** Connections into a Pod through the real kubectl's port-forward. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { kubectlPath, kubectlVersions } from '../../../scripts/install-kubectl.ts';
import { kubectlIsHere, openTerminals, type Terminal } from './terminal.ts';

const isHere = kubectlIsHere();
const terminals = await openTerminals();
afterAll(() => terminals.close());

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill();
});

const manifests = `
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
  - {name: nginx, image: nginx}
  - {name: cache, image: redis}
---
apiVersion: v1
kind: Pod
metadata: {name: echo, labels: {app: echo}}
spec:
  containers:
  - {name: echo, image: traefik/whoami}
---
apiVersion: v1
kind: Service
metadata: {name: front}
spec: {selector: {app: echo}, ports: [{port: 8080, targetPort: 80}]}
`;

describe.runIf(isHere).each(kubectlVersions)('kubectl %s port-forward', (version) => {
  let terminal: Terminal;
  beforeAll(async () => {
    terminal = terminals.open();
    terminal.write('pods.yaml', manifests);
    await terminal.kubectl(['apply', '-f', 'pods.yaml'], { version });
    await terminal.kubectl(['wait', '--for=condition=Ready', 'pod', '--all'], { version });
  });

  /** Starts it and waits for the local port. */
  async function forward(target: string, port: number) {
    const env = { HOME: terminal.folder, KUBECONFIG: `${terminal.folder}/.kubeconfig` };
    const args = ['port-forward', target, `:${port}`, '--address', '127.0.0.1'];
    const child = spawn(kubectlPath(version), args, { env });
    running.push(child);
    const printed = { out: '', err: '' };
    child.stderr.on('data', (text) => {
      printed.err += text;
    });
    const local = await new Promise<number>((resolve, reject) => {
      child.once('exit', () => reject(new Error(printed.err)));
      child.stdout.on('data', (text) => {
        printed.out += text;
        const found = /Forwarding from 127\.0\.0\.1:(\d+) -> \d+/.exec(printed.out)?.[1];
        if (found) resolve(Number(found));
      });
    });
    return { child, printed, url: `http://127.0.0.1:${local}`, local };
  }

  it('leads to the page a Pod serves, as often as it is asked for', async () => {
    const { url } = await forward('pod/web', 80);
    const pages = await Promise.all(Array.from({ length: 12 }, () => fetch(url)));
    for (const page of pages) {
      expect(page.status).toBe(200);
      expect(page.headers.get('server')).toBe('nginx');
      expect(await page.text()).toContain('Welcome to nginx!');
    }
    expect((await fetch(`${url}/nope`)).status).toBe(404);
    expect((await fetch(url, { method: 'HEAD' })).headers.get('content-length')).toMatch(/^\d+$/);
  });

  it('leads through a Service to the port of its Pod, body and headers with it', async () => {
    const { url } = await forward('service/front', 8080);
    const body = 'x'.repeat(50_000);
    const answer = await fetch(`${url}/path?q=1`, {
      method: 'POST',
      body,
      headers: { 'X-Own': 'yes' },
    });
    const text = await answer.text();
    expect(text).toContain('Hostname: echo');
    expect(text).toContain('POST /path?q=1 HTTP/1.1');
    expect(text).toMatch(/^X-Own: yes$/im);
    expect(text).toContain(body);
  });

  it('says so where nothing listens, and goes silent where no HTTP is spoken', async () => {
    const nobody = await forward('pod/web', 81);
    await expect(fetch(nobody.url)).rejects.toThrow();
    await expect.poll(() => nobody.printed.err).toMatch(/forwarding port 81.*connection refused/);
    const silent = await forward('pod/web', 6379);
    await expect(fetch(silent.url)).rejects.toThrow();
    expect(silent.child.exitCode).toBeNull();
  });

  it('survives noise, and ends with its Pod', async () => {
    const { child, local, url } = await forward('pod/echo', 80);
    const socket = connect(local, '127.0.0.1');
    socket.on('error', () => undefined).resume();
    socket.write(Buffer.alloc(200_000, 0xfe));
    await once(socket, 'close');
    expect(await (await fetch(url)).text()).toContain('Hostname: echo');
    const exited = once(child, 'exit');
    await terminal.kubectl(['delete', 'pod', 'echo', '--now'], { version });
    await fetch(url).catch(() => undefined);
    expect((await exited)[0]).not.toBe(0);
  });
});
