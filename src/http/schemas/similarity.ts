import { z } from 'zod';
import { reasonKinds } from '../../gradebook/index.ts';
import { id, instant } from './common.ts';

const partId = z.string().min(1).max(100);

export const similarityQuery = z.object({
  part: partId.optional().describe('One part; all that are written if absent.'),
  strength: z.coerce
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('Weaker pairs are left out; 0.5 if absent.'),
  learner: id.optional().describe('Only pairs with that learner.'),
});

const answer = z.object({
  learner: z.object({ id, externalId: z.string(), name: z.string().optional() }),
  submissionId: id,
  at: instant,
  points: z.number(),
});

export const similarity = z
  .object({
    parts: z.array(partId).describe('The parts that are written; picks are not compared.'),
    answers: z.number().int(),
    learners: z.number().int(),
    truncated: z.boolean().describe('Whether there was more than the bounds let be compared.'),
    pairs: z
      .array(
        z.object({
          part: partId,
          strength: z.number().describe('From 0 to 1. A reason to look, no proof of anything.'),
          overlap: z.number().describe('The share of runs of words that both have.'),
          sameVariant: z.boolean(),
          reasons: z.array(
            z.object({
              kind: z.enum(reasonKinds),
              weight: z.number(),
              learners: z.number().int().optional().describe('Learners who share it.'),
              examples: z.array(z.string()),
            }),
          ),
          first: answer.describe('The one that came first.'),
          second: answer,
        }),
      )
      .describe('Strongest first.'),
    common: z
      .array(z.object({ part: partId, learners: z.number().int(), submissionId: id }))
      .describe('Answers that so many gave that they say nothing of two of them.'),
  })
  .meta({ id: 'SimilarityReport' });
