import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { z } from 'zod';
import type { App } from './parts.ts';

/** What Prometheus scrapes. Names follow its conventions: base units, `_total` for counters. */
export interface Metrics {
  readonly registry: Registry;
  /** Seconds one verdict took. */
  gradingTook(seconds: number): void;
}

const requestSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const gradingSeconds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25];

/** `queueLength` is asked at each scrape: writes that wait for their commit. */
export function createMetrics(queueLength: () => number): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const grading = new Histogram({
    name: 'service_lab_grading_duration_seconds',
    help: 'Time from an answer to its verdict.',
    buckets: gradingSeconds,
    registers: [registry],
  });
  new Gauge({
    name: 'service_lab_store_queue_length',
    help: 'Writes waiting for their commit.',
    registers: [registry],
    collect() {
      this.set(queueLength());
    },
  });
  return { registry, gradingTook: (seconds) => grading.observe(seconds) };
}

/** Measures every request by its route. */
export function registerMetrics(app: FastifyInstance, { registry }: Metrics): void {
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: requestSeconds,
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const labels = { method: request.method, route, status: reply.statusCode };
    requests.observe(labels, reply.elapsedTime / 1000);
  });
}

/** Answers the scrape. */
export function metricsRoute(app: App, { registry }: Metrics): void {
  const schema = {
    tags: ['Operation'],
    summary: 'Figures for Prometheus',
    security: [],
    response: {
      200: {
        description: 'In the text format of Prometheus, version 0.0.4.',
        content: { 'text/plain': { schema: z.string() } },
      },
    },
  };
  app.get('/metrics', { schema }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}
