import { z } from 'zod';
import { actorOf } from '../auth.ts';
import { create, idempotencyHeaders } from '../idempotency.ts';
import type { App, HttpParts } from '../parts.ts';
import { bodyRefusals, id, refusals } from '../schemas/common.ts';
import { sandbox, snapshot, snapshotBody, snapshots } from '../schemas/sandbox.ts';
import { sendView } from '../send.ts';
import { viewSandbox } from '../views/sandbox.ts';

const tags = ['Sandboxes'];
const byId = z.object({ sandbox: id });
const one = z.object({ sandbox: id, snapshot: id });
const config = { action: 'any-token' } as const;

export function snapshotRoutes(app: App, { gradebook, sandboxes }: HttpParts): void {
  app.post(
    '/sandboxes/:sandbox/snapshots',
    {
      config,
      schema: {
        tags,
        summary: 'Keep what stands in a sandbox, to put it back to later',
        params: byId,
        headers: idempotencyHeaders,
        body: snapshotBody,
        response: { 201: snapshot, ...bodyRefusals(404, 409) },
      },
    },
    (request, reply) =>
      create({
        ...{ request, reply, gradebook },
        view: (made) => made,
        work: (receipt) =>
          sandboxes.takeSnapshot(
            actorOf(request),
            request.params.sandbox,
            request.body.name,
            receipt,
          ),
      }),
  );

  app.get(
    '/sandboxes/:sandbox/snapshots',
    {
      config,
      schema: {
        tags,
        summary: 'List the snapshots of a sandbox, oldest first',
        params: byId,
        response: { 200: snapshots, ...refusals(404) },
      },
    },
    async (request, reply) => {
      const items = await sandboxes.snapshots(actorOf(request), request.params.sandbox);
      return sendView(reply, { items });
    },
  );

  app.post(
    '/sandboxes/:sandbox/snapshots/:snapshot/restore',
    {
      config,
      schema: {
        tags,
        summary: 'Put a sandbox back to a snapshot',
        params: one,
        response: { 200: sandbox, ...refusals(404) },
      },
    },
    async (request, reply) => {
      const { sandbox: name, snapshot: which } = request.params;
      return sendView(reply, viewSandbox(await sandboxes.restore(actorOf(request), name, which)));
    },
  );

  app.delete(
    '/sandboxes/:sandbox/snapshots/:snapshot',
    {
      config,
      schema: {
        tags,
        summary: 'Delete a snapshot',
        params: one,
        response: { 204: z.null().describe('It is gone.'), ...refusals(404) },
      },
    },
    async (request, reply) => {
      const { sandbox: name, snapshot: which } = request.params;
      await sandboxes.removeSnapshot(actorOf(request), name, which);
      return reply.code(204).send(null);
    },
  );
}
