import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import {
  installKubectl,
  type KubectlVersion,
  kubectlIsInstalled,
  kubectlPath,
  kubectlRunsHere,
} from '../../../scripts/install-kubectl.ts';
import type { ApiRequest } from '../../../src/cluster/api-server/request.ts';
import { bootstrapCluster } from '../../../src/cluster/bootstrap.ts';
import type { Cluster } from '../../../src/cluster/cluster.ts';
import { createSandbox, systemClock } from '../../../src/kubernetes-api/memory-sandbox.ts';
import { mountKubernetesApi } from '../../../src/kubernetes-api/mount.ts';
import { refusal } from '../../../src/kubernetes-api/refusal.ts';
import type { Sandbox } from '../../../src/kubernetes-api/sandbox.ts';

/**
 * Whether the real kubectl is in place. Where CI runs it is put there, and that it cannot run is an
 * error; elsewhere tests do not reach for the network, and say aloud that they are skipped.
 */
export function kubectlIsHere(): boolean {
  if (kubectlRunsHere && process.env.CI) installKubectl();
  if (kubectlRunsHere && kubectlIsInstalled()) return true;
  const message = kubectlRunsHere
    ? 'SKIPPED: the real kubectl is not installed; run npx tsx scripts/install-kubectl.ts'
    : `SKIPPED: the real kubectl is for linux-x64, this is ${process.platform}-${process.arch}`;
  if (process.env.CI) throw new Error(message);
  process.stderr.write(`\n*** ${message} ***\n`);
  return false;
}

/** One writing request as it reached the API, in the playground's form. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly code: number;
  readonly warnings?: readonly string[];
  readonly patchType?: string;
  readonly body?: unknown;
  readonly response: unknown;
}

export interface Printed {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A learner's terminal: a folder of files, and kubectl pointed at a cluster of their own. */
export interface Terminal {
  readonly sandbox: Sandbox;
  readonly folder: string;
  /** The writing requests since the last look. */
  takeSent(): readonly Sent[];
  write(file: string, text: string): void;
  kubectl(args: readonly string[], options?: RunOptions): Promise<Printed>;
}

export interface RunOptions {
  readonly version?: KubectlVersion;
  readonly stdin?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Terminals {
  open(cluster?: Cluster): Terminal;
  close(): Promise<void>;
}

/** A server of sandboxes, each behind a path of its own, as learners have them. */
export async function openTerminals(): Promise<Terminals> {
  const sandboxes = new Map<string, Sandbox>();
  const home = mkdtempSync(join(tmpdir(), 'terminals-'));
  const app = fastify({ forceCloseConnections: true });
  await mountKubernetesApi(app, {
    prefix: '/sandboxes',
    directory: {
      async open(capability) {
        const sandbox = sandboxes.get(capability);
        return sandbox ? { sandbox } : { refusal: refusal(404, 'NotFound', 'no such sandbox') };
      },
    },
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    open(cluster = bootstrapCluster({ now: Date.now() })) {
      const name = `s${sandboxes.size}`;
      const sent: Sent[] = [];
      const sandbox = recorded(createSandbox({ cluster, clock: systemClock }), sent);
      sandboxes.set(name, sandbox);
      const folder = mkdtempSync(join(home, 'folder-'));
      writeFileSync(join(folder, '.kubeconfig'), kubeconfig(`${address}/sandboxes/${name}`));
      return {
        sandbox,
        folder,
        takeSent: () => sent.splice(0),
        write: (file, text) => writeFileSync(join(folder, file), text),
        kubectl: (args, options) => run(folder, args, options),
      };
    },
    async close() {
      for (const sandbox of sandboxes.values()) sandbox.close();
      await app.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function recorded(sandbox: Sandbox, sent: Sent[]): Sandbox {
  const handle = (request: ApiRequest) => {
    const response = sandbox.handle(request);
    if (request.method !== 'GET') {
      const { method, path, patchType, body } = request;
      sent.push({
        method,
        path,
        code: response.code,
        ...(response.warnings.length > 0 && { warnings: response.warnings }),
        ...(patchType && { patchType }),
        ...(body !== undefined && { body }),
        response: response.body,
      });
    }
    return response;
  };
  return { ...sandbox, handle };
}

const kubeconfig = (server: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'lab', cluster: { server } }],
    users: [{ name: 'learner', user: {} }],
    contexts: [{ name: 'lab', context: { cluster: 'lab', user: 'learner' } }],
    'current-context': 'lab',
  });

function run(folder: string, args: readonly string[], options: RunOptions = {}): Promise<Printed> {
  const { version = '1.35', stdin, environment } = options;
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    KUBECONFIG: join(folder, '.kubeconfig'),
    ...environment,
  };
  const child = spawn(kubectlPath(version), args, { cwd: folder, env, timeout: 60_000 });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  child.stdin.on('error', () => undefined).end(stdin ?? '');
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ exit: code ?? -1, stdout, stderr }));
  });
}
