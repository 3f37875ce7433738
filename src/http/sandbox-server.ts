import fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { mountKubernetesApi } from '../kubernetes-api/mount.ts';
import type { SandboxDirectory } from '../kubernetes-api/sandbox.ts';
import { patience } from './patience.ts';
import { sandboxesPrefix } from './sandbox-address.ts';

export interface SandboxServerOptions {
  readonly logger: NonNullable<FastifyServerOptions['logger']>;
  readonly key: string;
  readonly cert: string;
  /** Milliseconds a request may take to arrive whole. */
  readonly requestMs: number;
}

/** The Kubernetes API of sandboxes by https, and nothing else. */
export async function buildSandboxServer(
  directory: SandboxDirectory,
  { logger, key, cert, requestMs }: SandboxServerOptions,
) {
  const { http, ...waits } = patience(requestMs);
  const app = fastify({
    logger,
    ...waits,
    https: { key, cert, minVersion: 'TLSv1.2', ...http },
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 300 },
  });
  // The same but for the type of its server, which is nowhere asked for what https adds.
  const plain = app as unknown as FastifyInstance;
  await mountKubernetesApi(plain, { directory, prefix: sandboxesPrefix });
  return plain;
}
