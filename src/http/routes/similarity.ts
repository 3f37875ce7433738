import { z } from 'zod';
import type { AlikeAnswer, AlikePair, SimilarityReport } from '../../gradebook/index.ts';
import { actorOf } from '../auth.ts';
import { csvRows, csvType, prefersCsv } from '../csv/csv.ts';
import type { App, HttpParts } from '../parts.ts';
import { id, refusals } from '../schemas/common.ts';
import { similarity, similarityQuery } from '../schemas/similarity.ts';
import { sendView } from '../send.ts';

export function similarityRoutes(app: App, { gradebook }: HttpParts): void {
  app.get(
    '/courses/:course/assignments/:assignment/similarity',
    {
      config: { action: 'similarity:read' },
      schema: {
        tags: ['Similarity'],
        summary: 'Equal and nearly equal answers of different learners, and what makes them so',
        description:
          'What few share counts more than what many do, so that the one right answer that everybody finds is no pair. The names of variants are taken for each other; names of another variant than one’s own are told.',
        params: z.object({ course: id, assignment: id }),
        querystring: similarityQuery,
        response: {
          200: {
            description: 'By the Accept header.',
            content: {
              'application/json': { schema: similarity },
              'text/csv': { schema: z.string() },
            },
          },
          ...refusals(403, 404),
        },
      },
    },
    async (request, reply) => {
      const { course, assignment } = request.params;
      const { learner: learnerId, ...query } = request.query;
      const ask = { ...query, learnerId };
      const found = await gradebook.similarity(actorOf(request), course, assignment, ask);
      reply.header('Vary', 'Accept');
      if (!prefersCsv(request.headers.accept)) return sendView(reply, viewOf(found));
      return reply.type(csvType).send(csvRows([header, ...found.pairs.map(rowOf)]) as never);
    },
  );
}

function viewOf({ pairs, ...report }: SimilarityReport): object {
  const shown = pairs.map(({ first, second, ...pair }) => {
    return { ...pair, first: answerView(first), second: answerView(second) };
  });
  return { ...report, pairs: shown };
}

function answerView({ learner: { id: learnerId, externalId, name }, ...answer }: AlikeAnswer) {
  const learner = { id: learnerId, externalId, ...(name !== undefined && { name }) };
  return { learner, ...answer };
}

const header = [
  ...['part', 'strength', 'overlap', 'sameVariant', 'reasons', 'examples'],
  ...['firstExternalId', 'firstName', 'firstSubmission', 'firstAt', 'firstPoints'],
  ...['secondExternalId', 'secondName', 'secondSubmission', 'secondAt', 'secondPoints'],
];

function rowOf({ part, strength, overlap, sameVariant, reasons, first, second }: AlikePair) {
  const examples = reasons.flatMap((reason) => reason.examples);
  return [
    ...[part, strength, overlap, String(sameVariant)],
    ...[reasons.map(({ kind }) => kind).join(' '), examples.join(' | ')],
    ...cellsOf(first),
    ...cellsOf(second),
  ];
}

const cellsOf = ({ learner, submissionId, at, points }: AlikeAnswer) => [
  ...[learner.externalId, learner.name, submissionId, at, points],
];
