import type { App, Readiness } from './parts.ts';
import { Problem } from './problem.ts';

/** `/healthz`: the process runs. `/readyz`: it can do its work, its store included. */
export function healthRoutes(app: App, ready: Readiness): void {
  const schema = { hide: true } as const;
  app.get('/healthz', { schema }, async () => ({ status: 'ok' }));
  app.get('/readyz', { schema }, async (request) => {
    try {
      await ready();
    } catch (error) {
      request.log.error({ err: error }, 'not ready');
      throw new Problem('store-unavailable', 'The store does not answer.');
    }
    return { status: 'ok' };
  });
}
