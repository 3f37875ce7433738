import { z } from 'zod';
import type { App, Readiness } from './parts.ts';
import { Problem } from './problem.ts';
import { problemAnswer } from './schemas/common.ts';

const tags = ['Operation'];
const well = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

/** `/healthz`: the process runs. `/readyz`: it can do its work, its store included. */
export function healthRoutes(app: App, ready: Readiness): void {
  const live = { tags, summary: 'Whether the process runs', security: [], response: { 200: well } };
  app.get('/healthz', { schema: live }, async () => ({ status: 'ok' as const }));

  const able = {
    ...{ tags, summary: 'Whether it can do its work, its store included', security: [] },
    response: { 200: well, 503: problemAnswer('The store does not answer.') },
  };
  app.get('/readyz', { schema: able }, async (request) => {
    try {
      await ready();
    } catch (error) {
      request.log.error({ err: error }, 'not ready');
      throw new Problem('store-unavailable', 'The store does not answer.');
    }
    return { status: 'ok' as const };
  });
}
