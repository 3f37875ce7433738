import { join } from 'node:path';
import { pino } from 'pino';
import { type Certificate, certificateFor } from './certificates.ts';
import { simulate } from './cluster/playground/simulate.ts';
import type { Config } from './config.ts';
import { type Demo, makeDemo, webhookWork } from './gradebook/index.ts';
import { buildApp } from './http/app.ts';
import { loggedRequest } from './http/logged-request.ts';
import { createMetrics, type Metrics } from './http/metrics.ts';
import { buildSandboxServer } from './http/sandbox-server.ts';
import { type Lab, openLab } from './lab.ts';
import { version } from './version.ts';
import { reachOf } from './webhooks/reach.ts';
import { type Sender, startSender } from './webhooks/sender.ts';

/** A server that listens. */
export interface Running {
  /** `http://127.0.0.1:8080`, with the port it really got. */
  readonly address: string;
  /** The demo's secrets, on the one start that made it. */
  readonly demo: Demo | undefined;
  /** Takes no more requests, finishes those in hand, and closes the database. */
  close(): Promise<void>;
}

const tidyEveryMs = 60_000;
const shedAfterMs = 1000;

/** Opens everything and listens. Rejects, with nothing left open, when a part cannot start. */
export async function serve(config: Config): Promise<Running> {
  let metrics: Metrics | undefined;
  const lab = openLab({
    dataDir: config.dataDir,
    exclusive: true,
    webhookNetworks: config.webhookNetworks,
    gradingTook: (seconds) => metrics?.gradingTook(seconds),
  });
  metrics = createMetrics(() => lab.store.queueLength());
  try {
    return await listen(config, lab, metrics);
  } catch (error) {
    await lab.store.close();
    throw error;
  }
}

async function listen(config: Config, lab: Lab, metrics: Metrics): Promise<Running> {
  if (config.adminToken !== undefined) await lab.gradebook.adoptAdminToken(config.adminToken);
  const { gradebook, exercises, reports, sandboxes, store } = lab;
  const ready = () => store.ping();
  const keys = await sandboxKeys(config);
  const sandboxHttps = keys && { ...keys, port: config.sandboxHttpsPort ?? 0 };
  const app = await buildApp(
    { gradebook, exercises, reports, sandboxes, simulate, ready, metrics, version },
    { ...config, logger: loggerOf(config), shedAfterMs, sandboxHttps },
  );
  const secured = await listenSecurely(config, lab, keys);
  const address = await app
    .listen({ host: config.host, port: config.port })
    .catch(async (error: unknown) => {
      await secured?.close();
      throw error;
    });
  // Only now: its secrets are shown once, and a start that cannot listen shows nothing.
  const demo = config.demo ? await makeDemo(lab.parts) : undefined;
  const sender = sendWebhooks(config, lab, (error) => {
    app.log.error({ err: error }, 'sending webhooks failed');
  });
  gradebook.resumeRegrades((error) => app.log.error({ err: error }, 'a regrade failed'));
  const tidy = () => Promise.all([gradebook.tidy(), sandboxes.tidy()]);
  const tidying = setInterval(() => void tidy().catch(logTidy), tidyEveryMs);
  tidying.unref();
  const logTidy = (error: unknown) => app.log.error({ err: error }, 'tidying failed');
  return {
    address: config.publicUrl ?? address,
    demo,
    async close() {
      clearInterval(tidying);
      await app.close();
      await secured?.close();
      await sandboxes.close();
      await gradebook.stopRegrades();
      await sender.stop();
      await gradebook.tidy().catch(logTidy);
      await store.close();
    },
  };
}

const tlsFolder = 'tls';

/** The certificate of the server of sandboxes, if there is to be one. */
async function sandboxKeys(config: Config) {
  if (config.sandboxHttpsPort === undefined) return undefined;
  const names = sandboxNames(config);
  return { ...(await certificateFor(join(config.dataDir, tlsFolder), names, new Date())), names };
}

/** Its own names where none are set: how clients reach this server, and this machine. */
function sandboxNames({ sandboxHttpsNames, publicUrl }: Config): readonly string[] {
  if (sandboxHttpsNames.length > 0) return sandboxHttpsNames;
  const known = publicUrl === undefined ? [] : [new URL(publicUrl).hostname];
  return [...new Set([...known, '127.0.0.1', 'localhost', '::1'])];
}

async function listenSecurely(config: Config, lab: Lab, keys: Certificate | undefined) {
  if (!keys) return undefined;
  const options = { logger: loggerOf(config), requestMs: config.requestMs, ...keys };
  const server = await buildSandboxServer(lab.sandboxes.directory, options);
  await server.listen({ host: config.host, port: config.sandboxHttpsPort ?? 0 });
  return server;
}

/** Tries are spread by chance, so that endpoints that come back are not met by all at once. */
const sendWebhooks = (config: Config, lab: Lab, failed: (error: unknown) => void): Sender =>
  startSender({
    work: webhookWork(lab.parts, Math.random),
    reach: reachOf(config.webhookNetworks),
    userAgent: `service-lab/${version}`,
    failed,
  });

/** Logs go to stderr: stdout is for people. Neither answers nor tokens are ever logged. */
const loggerOf = ({ logLevel }: Config) => ({
  level: logLevel,
  stream: pino.destination({ fd: 2, sync: true }),
  redact: ['req.headers.authorization', 'headers.authorization'],
  serializers: { req: loggedRequest },
});
