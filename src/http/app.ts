import { randomUUID } from 'node:crypto';
import compress from '@fastify/compress';
import cors from '@fastify/cors';
import etag from '@fastify/etag';
import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import fastify, { type FastifyServerOptions } from 'fastify';
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { mountKubernetesApi } from '../kubernetes-api/mount.ts';
import { limits } from '../limits.ts';
import { rateLimitKey, registerAuthentication, requireActor } from './auth.ts';
import { registerErrors, sendProblem } from './errors.ts';
import { registerTurns } from './fair-turns.ts';
import { healthRoutes } from './health.ts';
import { launchPages } from './launch-pages.ts';
import { looksSecret } from './logged-request.ts';
import { metricsRoute, registerMetrics } from './metrics.ts';
import { registerDocs } from './openapi.ts';
import type { App, HttpParts } from './parts.ts';
import { patience } from './patience.ts';
import { Problem } from './problem.ts';
import { problemPages } from './problem-pages.ts';
import { registerRouteRules } from './route-rules.ts';
import { analyticsRoutes } from './routes/analytics.ts';
import { assignmentRoutes } from './routes/assignments.ts';
import { auditRoutes } from './routes/audit.ts';
import { contestRoutes } from './routes/contests.ts';
import { courseRoutes } from './routes/courses.ts';
import { deliveryRoutes } from './routes/deliveries.ts';
import { exceptionRoutes } from './routes/exceptions.ts';
import { exerciseRoutes } from './routes/exercises.ts';
import { gradebookRoutes } from './routes/gradebook.ts';
import { gradeRoutes } from './routes/grades.ts';
import { invitationRoutes } from './routes/invitations.ts';
import { launchRoutes } from './routes/launches.ts';
import { markingRoutes } from './routes/marking.ts';
import { peopleRoutes } from './routes/people.ts';
import { regradeRoutes } from './routes/regrades.ts';
import { reportRoutes } from './routes/reports.ts';
import { rosterRoutes } from './routes/roster.ts';
import { sandboxRoutes } from './routes/sandboxes.ts';
import { sectionRoutes } from './routes/sections.ts';
import { similarityRoutes } from './routes/similarity.ts';
import { simulateRoute } from './routes/simulate.ts';
import { submissionRoutes } from './routes/submissions.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { type SandboxHttps, sandboxesPrefix } from './sandbox-address.ts';

export interface HttpOptions {
  readonly logger: NonNullable<FastifyServerOptions['logger']>;
  readonly trustProxy: boolean;
  /** Requests a minute for one token or address; undefined for no limit. */
  readonly rateLimit: number | undefined;
  readonly corsOrigins: readonly string[];
  readonly publicUrl: string | undefined;
  /** Requests are shed with 503 while the event loop lags this many milliseconds; 0 for never. */
  readonly shedAfterMs: number;
  /** Milliseconds a request may take to arrive whole; 0 for ever. */
  readonly requestMs?: number | undefined;
  /** The server of sandboxes by https, where there is one. */
  readonly sandboxHttps?: SandboxHttps | undefined;
}

/**
 * The whole HTTP face as a value: nothing listens until its caller says so. `prepare` sees the app
 * before it has any route.
 */
export async function buildApp(
  parts: HttpParts,
  options: HttpOptions,
  prepare?: (app: App) => void,
): Promise<App> {
  const app = fastify({
    logger: options.logger,
    trustProxy: options.trustProxy,
    bodyLimit: limits.bodyBytes,
    genReqId: requestId,
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    ...patience(options.requestMs ?? 0),
    frameworkErrors: (_error, request, reply) =>
      void sendProblem(request, reply, new Problem('not-found', 'This is no address.')),
    routerOptions: { maxParamLength: 300 },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  prepare?.(app);

  app.removeContentTypeParser('text/plain');
  registerErrors(app);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(apiHeaders).header('X-Request-Id', request.id);
  });
  registerMetrics(app, parts.metrics);
  // Before the documentation, which has no part in it, and compression, which would hold watches.
  await mountKubernetesApi(app, { directory: parts.sandboxes.directory, prefix: sandboxesPrefix });
  if (options.corsOrigins.length > 0) {
    await app.register(cors, { origin: [...options.corsOrigins], exposedHeaders });
  }
  await app.register(compress, { threshold: compressFrom, encodings: ['br', 'gzip'] });
  await registerDocs(app, { version: parts.version, publicUrl: options.publicUrl });
  healthRoutes(app, parts.ready);
  metricsRoute(app, parts.metrics);
  problemPages(app);
  await app.register((pages, _options, done) => {
    launchPages(pages, parts, options.publicUrl);
    done();
  });
  await app.register(
    (api, _options, done) => apiRoutes(api, parts, options).then(() => done(), done),
    {
      prefix: '/v1',
    },
  );
  return app;
}

async function apiRoutes(scope: unknown, parts: HttpParts, options: HttpOptions): Promise<void> {
  const api = scope as App;
  await api.register(underPressure, { maxEventLoopDelay: options.shedAfterMs, retryAfter: 2 });
  registerAuthentication(api, parts.gradebook);
  if (options.rateLimit !== undefined) {
    await api.register(rateLimit, {
      global: false,
      max: options.rateLimit,
      timeWindow: '1 minute',
      keyGenerator: rateLimitKey,
      enableDraftSpec: true,
    });
    api.addHook('onRequest', api.rateLimit());
  }
  api.addHook('onRequest', requireActor);
  await api.register(etag);
  registerRouteRules(api);
  registerTurns(api);
  for (const register of routes) register(api, parts);
  launchRoutes(api, parts, options.publicUrl);
  const { publicUrl, sandboxHttps: https } = options;
  sandboxRoutes(api, parts, { publicUrl, https });
}

const routes = [
  exerciseRoutes,
  courseRoutes,
  sectionRoutes,
  peopleRoutes,
  rosterRoutes,
  invitationRoutes,
  auditRoutes,
  assignmentRoutes,
  tokenRoutes,
  submissionRoutes,
  reportRoutes,
  gradebookRoutes,
  analyticsRoutes,
  gradeRoutes,
  exceptionRoutes,
  markingRoutes,
  regradeRoutes,
  similarityRoutes,
  contestRoutes,
  webhookRoutes,
  deliveryRoutes,
  simulateRoute,
];

const compressFrom = 1024;
const exposedHeaders = ['ETag', 'X-Request-Id', 'RateLimit-Limit', 'RateLimit-Remaining'];

/** What every answer says: personal data is not cached by anybody between, and runs nowhere. */
const apiHeaders = {
  'Cache-Control': 'private, no-cache',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const acceptableId = /^[\w.:-]{1,128}$/;

/** The caller's own request id where it is harmless in a log, and no secret, else a new one. */
function requestId(request: { headers: Record<string, string | string[] | undefined> }): string {
  const given = request.headers['x-request-id'];
  const harmless = typeof given === 'string' && acceptableId.test(given) && !looksSecret(given);
  return harmless ? given : randomUUID();
}
