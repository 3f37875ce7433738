import type { Question } from '../../cluster/playground/question.ts';
import { limits } from '../../limits.ts';
import type { App, HttpParts } from '../parts.ts';
import { bodyRefusals } from '../schemas/common.ts';
import { answer, question } from '../schemas/playground.ts';
import { sendView } from '../send.ts';

export function simulateRoute(app: App, { simulate }: HttpParts): void {
  app.post(
    '/simulate',
    {
      config: { action: 'any-token', takesTurns: true },
      bodyLimit: limits.playgroundBytes,
      schema: {
        tags: ['Playground'],
        summary: 'My manifests, my cluster: what would happen?',
        description:
          'Prepares a cluster, runs kubectl step by step, and answers what stands in it, who ' +
          'reaches whom, what names resolve to, and what kubectl prints. Keeps nothing.',
        body: question,
        response: { 200: answer, ...bodyRefusals() },
      },
    },
    (request, reply) => sendView(reply, simulate(request.body as Question)),
  );
}
