import { pino } from 'pino';
import { simulate } from './cluster/playground/simulate.ts';
import type { Config } from './config.ts';
import { type Demo, makeDemo, webhookWork } from './gradebook/index.ts';
import { buildApp } from './http/app.ts';
import { createMetrics, type Metrics } from './http/metrics.ts';
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
  const { gradebook, exercises, reports, store } = lab;
  const ready = () => store.ping();
  const app = await buildApp(
    { gradebook, exercises, reports, simulate, ready, metrics, version },
    { ...config, logger: loggerOf(config), shedAfterMs },
  );
  const address = await app.listen({ host: config.host, port: config.port });
  // Only now: its secrets are shown once, and a start that cannot listen shows nothing.
  const demo = config.demo ? await makeDemo(lab.parts) : undefined;
  const sender = sendWebhooks(config, lab, (error) => {
    app.log.error({ err: error }, 'sending webhooks failed');
  });
  gradebook.resumeRegrades((error) => app.log.error({ err: error }, 'a regrade failed'));
  const tidying = setInterval(() => void gradebook.tidy().catch(logTidy), tidyEveryMs);
  tidying.unref();
  const logTidy = (error: unknown) => app.log.error({ err: error }, 'tidying failed');
  return {
    address: config.publicUrl ?? address,
    demo,
    async close() {
      clearInterval(tidying);
      await app.close();
      await gradebook.stopRegrades();
      await sender.stop();
      await gradebook.tidy().catch(logTidy);
      await store.close();
    },
  };
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
});
