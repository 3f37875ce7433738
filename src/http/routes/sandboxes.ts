import { z } from 'zod';
import type { SubmissionResult } from '../../gradebook/index.ts';
import type { SandboxRecord } from '../../sandboxes/index.ts';
import { actorOf } from '../auth.ts';
import { create, idempotencyHeaders } from '../idempotency.ts';
import { answerIn, languageHeaders } from '../language.ts';
import type { App, HttpParts } from '../parts.ts';
import { clusterAddress, type SandboxHttps } from '../sandbox-address.ts';
import { bodyRefusals, id, pageOf, pageQuery, refusals } from '../schemas/common.ts';
import {
  freeSandboxBody,
  kubeconfigQuery,
  sandbox,
  sandboxChange,
  sandboxDetail,
  taskSandboxBody,
} from '../schemas/sandbox.ts';
import { submissionResult } from '../schemas/submission.ts';
import { sendView } from '../send.ts';
import { viewKubeconfig } from '../views/kubeconfig.ts';
import { viewSandbox, viewSandboxDetail } from '../views/sandbox.ts';
import { viewResult } from '../views/submission.ts';
import { ownPage, pageAsk } from './page.ts';
import { snapshotRoutes } from './snapshots.ts';

const tags = ['Sandboxes'];
const byId = z.object({ sandbox: id });
const anyToken = { action: 'any-token' } as const;
/** What the YAML holds, as those who read the answer by its media type see it. */
const kubeconfigDocument = z.looseObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('Config'),
});
const location = (made: string) => `/v1/sandboxes/${made}`;

export interface SandboxAddress {
  readonly publicUrl: string | undefined;
  readonly https: SandboxHttps | undefined;
}

export function sandboxRoutes(app: App, parts: HttpParts, address: SandboxAddress): void {
  making(app, parts);
  reading(app, parts);
  changing(app, parts);
  kubeconfigs(app, parts, address);
  grading(app, parts);
  snapshotRoutes(app, parts);
}

function making(app: App, { gradebook, sandboxes }: HttpParts): void {
  app.post(
    '/courses/:course/assignments/:assignment/sandbox',
    {
      config: { action: 'sandbox:create', takesTurns: true },
      schema: {
        tags,
        summary: "Make a cluster to do a part of an assignment in, with one's own kubectl",
        description:
          'Prepared from the world of the exercise, with what stands before the part. ' +
          'docs/sandboxes.md tells how to use it.',
        params: z.object({ course: id, assignment: id }),
        headers: idempotencyHeaders,
        body: taskSandboxBody,
        response: { 201: sandbox, ...bodyRefusals(403, 404, 409) },
      },
    },
    (request, reply) => {
      const { course, assignment } = request.params;
      return create({
        ...{ request, reply, gradebook, location },
        view: viewSandbox,
        work: (receipt) =>
          sandboxes.createForTask(actorOf(request), course, assignment, request.body, receipt),
      });
    },
  );

  app.post(
    '/sandboxes',
    {
      config: { action: 'sandbox:create-free', takesTurns: true },
      schema: {
        tags,
        summary: 'Make an empty cluster for oneself',
        headers: idempotencyHeaders,
        body: freeSandboxBody,
        response: { 201: sandbox, ...bodyRefusals(403, 409) },
      },
    },
    (request, reply) =>
      create({
        ...{ request, reply, gradebook, location },
        view: viewSandbox,
        work: (receipt) => sandboxes.createFree(actorOf(request), request.body, receipt),
      }),
  );
}

function reading(app: App, { sandboxes }: HttpParts): void {
  app.get(
    '/sandboxes',
    {
      config: anyToken,
      schema: {
        tags,
        summary: 'List the sandboxes one may use, newest first',
        querystring: pageQuery,
        response: { 200: pageOf(sandbox), ...refusals() },
      },
    },
    async (request) => {
      const found = await sandboxes.list(actorOf(request), pageAsk(request.query));
      return ownPage({ ...found, items: found.items.map(viewSandbox) });
    },
  );

  app.get(
    '/sandboxes/:sandbox',
    {
      config: anyToken,
      schema: {
        tags,
        summary: 'Read a sandbox, and what it takes up of its quotas',
        params: byId,
        response: { 200: sandboxDetail, ...refusals(404) },
      },
    },
    async (request, reply) => {
      const found = await sandboxes.sandbox(actorOf(request), request.params.sandbox);
      return sendView(reply, viewSandboxDetail(found));
    },
  );
}

function changing(app: App, { sandboxes }: HttpParts): void {
  app.patch(
    '/sandboxes/:sandbox',
    {
      config: anyToken,
      schema: {
        tags,
        summary: 'Let a sandbox last for so many minutes from now',
        params: byId,
        body: sandboxChange,
        response: { 200: sandbox, ...bodyRefusals(404) },
      },
    },
    async (request, reply) => {
      const { minutes } = request.body;
      const after = await sandboxes.extend(actorOf(request), request.params.sandbox, minutes);
      return sendView(reply, viewSandbox(after));
    },
  );

  app.post(
    '/sandboxes/:sandbox/reset',
    {
      config: anyToken,
      schema: {
        tags,
        summary: 'Put a sandbox back to where it began; its kubeconfigs stay valid',
        params: byId,
        response: { 200: sandbox, ...refusals(404) },
      },
    },
    async (request, reply) => {
      const after: SandboxRecord = await sandboxes.reset(actorOf(request), request.params.sandbox);
      return sendView(reply, viewSandbox(after));
    },
  );

  app.delete(
    '/sandboxes/:sandbox',
    {
      config: anyToken,
      schema: {
        tags,
        summary: 'Delete a sandbox for good',
        params: byId,
        response: { 204: z.null().describe('It is gone.'), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await sandboxes.remove(actorOf(request), request.params.sandbox);
      return reply.code(204).send(null);
    },
  );
}

function kubeconfigs(app: App, { sandboxes }: HttpParts, address: SandboxAddress): void {
  app.get(
    '/sandboxes/:sandbox/kubeconfig',
    {
      config: anyToken,
      schema: {
        tags,
        summary: 'Fetch a kubeconfig for a sandbox',
        description:
          'With a secret of its own that is shown this once and kept only as a hash; of several ' +
          'that were fetched the newest are valid.',
        params: byId,
        querystring: kubeconfigQuery,
        response: {
          200: {
            description: 'For KUBECONFIG, or `kubectl --kubeconfig`.',
            content: { 'application/yaml': { schema: kubeconfigDocument } },
          },
          ...refusals(404),
        },
      },
    },
    async (request, reply) => {
      const credentials = await sandboxes.credentials(actorOf(request), request.params.sandbox);
      const { protocol, host, hostname } = request;
      const reached = { protocol, host, hostname, ...address };
      const cluster = clusterAddress(credentials, reached, request.query.auth);
      reply.header('Cache-Control', 'no-store');
      reply.header('Content-Disposition', 'attachment; filename="kubeconfig.yaml"');
      return reply.type('application/yaml').send(viewKubeconfig(cluster) as never);
    },
  );

  app.delete(
    '/sandboxes/:sandbox/kubeconfig',
    {
      config: anyToken,
      schema: {
        tags,
        summary: 'Make all kubeconfigs of a sandbox invalid that were fetched so far',
        params: byId,
        response: { 204: z.null().describe('They are.'), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await sandboxes.revokeCredentials(actorOf(request), request.params.sandbox);
      return reply.code(204).send(null);
    },
  );
}

function grading(app: App, { gradebook, sandboxes }: HttpParts): void {
  app.post(
    '/sandboxes/:sandbox/grade',
    {
      config: { action: 'any-token', takesTurns: true },
      schema: {
        tags: ['Submissions'],
        summary: 'Hand in the cluster as it stands; it is graded at once',
        description:
          'An ordinary attempt at the part, by the same checks as a manifest. Pods that are ' +
          'starting are taken as started.',
        params: byId,
        headers: idempotencyHeaders.extend(languageHeaders.shape),
        response: { 201: submissionResult, ...refusals(403, 404, 409) },
      },
    },
    (request, reply) =>
      create({
        ...{ request, reply, gradebook },
        location: (made) => `/v1/submissions/${made}`,
        view: (result: SubmissionResult) => viewResult(result, answerIn(request, reply)),
        work: (receipt) => sandboxes.grade(actorOf(request), request.params.sandbox, receipt),
      }),
  );
}
