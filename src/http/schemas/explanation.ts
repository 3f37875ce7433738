import { z } from 'zod';
import { id, instant } from './common.ts';
import { extension } from './exceptions.ts';
import { grade } from './gradebook.ts';

export const started = z
  .object({ learnerId: id, startedAt: instant, endsAt: instant })
  .meta({ id: 'Started' });

/** One learner's grade in one assignment, and on demand what made it. */
export const explainedGrade = z
  .object({
    learner: z.object({ id, externalId: z.string(), name: z.string().optional() }),
    assignment: z.object({ id, title: z.string(), points: z.number(), revision: z.number().int() }),
    window: z.object({
      opensAt: instant.optional(),
      dueAt: instant.optional(),
      closesAt: instant.optional(),
    }),
    grade,
    extensions: z.array(extension.omit({ reason: true, tokenId: true })).optional(),
    explanation: z
      .array(
        z.object({
          kind: z.enum([
            'extension',
            'attempt',
            'hint',
            'mark',
            'regrade',
            'override',
            'part',
            'sum',
            'score',
          ]),
          part: z.string().optional(),
          at: instant.optional(),
          points: z.number().optional(),
          counts: z.boolean().optional().describe('Whether it is in the number.'),
          text: z.string(),
        }),
      )
      .optional()
      .describe('Each event that made the number, step by step.'),
  })
  .meta({ id: 'ExplainedGrade' });
