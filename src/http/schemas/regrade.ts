import { z } from 'zod';
import { exerciseKey, reason } from './assignment.ts';
import { id, instant } from './common.ts';

const partId = z.string().min(1).max(100);
const mostIds = 1_000;

const scope = z.strictObject({
  assignmentIds: z.array(id).min(1).max(mostIds).optional(),
  exercise: z
    .strictObject({
      id: z.string().min(1).max(100),
      version: z.number().int().min(1).optional().describe('The version that was answered.'),
    })
    .optional(),
  learnerIds: z.array(id).min(1).max(mostIds).optional(),
  part: partId.optional(),
  check: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('Only attempts whose result in the check of that id becomes another.'),
  engineVersion: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('Only attempts that were first judged by that version of the engine.'),
});

const keep = z
  .enum(['never-lower', 'as-judged'])
  .describe('`never-lower`: an attempt keeps its points where it would get fewer.');

export const regradeBody = z
  .strictObject({
    scope: scope.optional().describe('All attempts of the course if it names nothing.'),
    keep,
    reason,
    toVersion: z
      .number()
      .int()
      .min(1)
      .optional()
      .describe(
        'Judge by that version of the exercise; applying moves the assignments in the scope to it.',
      ),
  })
  .meta({
    example: {
      scope: { exercise: { id: 'selector-mismatch' } },
      keep: 'never-lower',
      reason: 'A check refused named target ports.',
    },
  });

export const applyBody = z.strictObject({
  dryRun: z
    .string()
    .min(1)
    .max(200)
    .describe('The `dryRun` of the regrade as you saw it: says which dry run you mean.'),
});

export const regrade = z
  .object({
    id,
    courseId: id,
    state: z.enum(['judging', 'comparing', 'ready', 'applying', 'applied', 'cancelled', 'failed']),
    progress: z.number().describe('Of the present state, from 0 to 1.'),
    scope,
    keep,
    reason: z.string(),
    engineVersion: z.string().describe('The engine that judged the dry run.'),
    targets: z
      .array(z.object({ assignmentId: id, exercise: exerciseKey, moves: z.boolean() }))
      .describe('What is judged by which version; `moves`: applying moves the assignment to it.'),
    counts: z.object({
      attempts: z.number().int().describe('Looked at.'),
      judged: z.number().int().describe('Judged by the engine; the others equal one of these.'),
      differing: z.number().int().describe('Attempts whose points become others.'),
      kept: z.number().int().describe('Of these, those that the policy leaves as they were.'),
      faults: z.number().int().describe('Attempts that could not be judged; they stay.'),
      changes: z.number().int().describe("Learners' assignments whose grade changes."),
      raised: z.number().int(),
      lowered: z.number().int(),
      applied: z.number().int().describe("Learners' assignments written so far."),
    }),
    dryRun: z.string().optional().describe('Names the finished dry run; needed to apply it.'),
    stale: z
      .array(z.string())
      .describe('Why the dry run may not be applied any more; empty while it may.'),
    problem: z.string().optional().describe('Why it failed.'),
    tokenId: id,
    appliedBy: id.optional(),
    createdAt: instant,
    readyAt: instant.optional(),
    endedAt: instant.optional(),
  })
  .meta({ id: 'Regrade' });

const side = z.object({ outcome: z.enum(['passed', 'failed', 'skipped']), points: z.number() });

const summary = z.object({
  score: z.number().describe("In the assignment's points."),
  outOf: z.number(),
  points: z.number().describe("In the parts' points."),
  maximum: z.number(),
  awaitsMarking: z.boolean(),
  parts: z.array(z.object({ part: partId, points: z.number(), maximum: z.number() })),
});

export const regradeChange = z
  .object({
    learner: z.object({ id, externalId: z.string(), name: z.string().optional() }),
    assignmentId: id,
    changed: z
      .boolean()
      .describe('False where another attempt counts, or a mark or an override stands.'),
    before: summary,
    after: summary,
    attempts: z
      .array(
        z.object({
          attempt: z.number().int().describe("Its place among the assignment's events."),
          part: partId,
          submissionId: id,
          before: z.object({ points: z.number(), maximum: z.number() }),
          after: z.object({
            outcome: z.enum(['graded', 'rejected', 'fault']),
            points: z.number(),
            maximum: z.number(),
            awaitsMarking: z.boolean(),
          }),
          counts: z.boolean().describe('False where the policy keeps what was, or it failed.'),
          checks: z
            .array(z.object({ check: z.string(), before: side.optional(), after: side.optional() }))
            .describe('Why: the checks that come out otherwise.'),
        }),
      )
      .describe('The attempts that are judged otherwise.'),
  })
  .meta({ id: 'RegradeChange' });

export const judgedBy = z
  .object({
    engineVersion: z.string().describe('The engine of this server.'),
    items: z.array(
      z.object({
        assignmentId: id,
        exerciseVersion: z.number().int(),
        engineVersion: z.string(),
        attempts: z.number().int(),
        current: z.boolean().describe('Whether these are the versions that would judge now.'),
      }),
    ),
  })
  .meta({ id: 'JudgedBy' });
