import { z } from 'zod';
import { id, instant } from './common.ts';

const count = z.number().int();
const perhaps = z.number().nullable();

const item = z.object({
  assignmentId: id,
  title: z.string(),
  part: z.string(),
  partTitle: z.string(),
  learners: count,
  attempts: count,
  refused: count,
  difficulty: perhaps.describe('Mean share of the points at the first attempt; 1 is easy.'),
  discrimination: perhaps.describe('Correlation with the rest of the course, from -1 to 1.'),
  partly: count,
  solved: count,
  attemptsToPass: z.object({ mean: perhaps, median: perhaps }),
  minutesToPass: z.object({ median: perhaps }),
});

const check = z.object({
  assignmentId: id,
  part: z.string(),
  check: z.string(),
  learners: count,
  difficulty: z.number(),
  discrimination: perhaps,
  skipped: count,
});

const misconception = z.object({
  code: z.string(),
  learners: count,
  answers: count,
  resolved: count,
  open: count,
  persists: z.object({ medianAnswers: z.number(), medianMinutes: z.number() }),
  lastSeenAt: instant,
});

export const courseAnalytics = z
  .object({
    courseId: id,
    learners: count,
    items: z.array(item),
    checks: z.array(check),
    misconceptions: z.array(misconception),
  })
  .meta({ id: 'CourseAnalytics' });

export const assignmentAnalytics = z
  .object({
    courseId: id,
    assignmentId: id,
    title: z.string(),
    exercise: z.object({ id: z.string(), version: count, digest: z.string() }),
    funnel: z.object({
      enrolled: count,
      began: count,
      answered: count,
      attempted: count,
      partly: count,
      solved: count,
    }),
    items: z.array(item),
    checks: z.array(check),
    misconceptions: z.array(misconception),
    clusters: z.array(
      z.object({
        part: z.string(),
        failed: z.array(z.string()).describe('The checks these answers failed.'),
        codes: z.array(z.string()),
        learners: count,
        answers: count,
        example: z.string().optional().describe('The newest of them, names taken out.'),
      }),
    ),
    variants: z.array(
      z.object({
        part: z.string(),
        variant: count.nullable(),
        learners: count,
        difficulty: perhaps,
        solved: count,
        difference: perhaps.describe('Its difficulty less that of all others.'),
        standardError: perhaps,
        differs: z.boolean().describe('More than three standard errors from the others.'),
      }),
    ),
  })
  .meta({ id: 'AssignmentAnalytics' });

const threshold = z.number().nullable();
const rules = z.object({
  scoreBelow: threshold.describe('Less than this share of the points of what is due.'),
  missing: threshold.describe('As many assignments due and not handed in.'),
  inactiveDays: threshold.describe('As many days idle while something open is unsolved.'),
  stuckAttempts: threshold.describe('As many attempts at one part that was never solved.'),
});

export const riskRules = z
  .object({ rules, revision: count.describe('0 while they are the defaults.') })
  .meta({ id: 'RiskRules' });

export const riskRulesBody = z.strictObject({
  scoreBelow: threshold.optional(),
  missing: threshold.optional(),
  inactiveDays: threshold.optional(),
  stuckAttempts: threshold.optional(),
});

export const learnersAtRisk = z
  .object({
    courseId: id,
    rules,
    learners: z.array(
      z.object({
        learnerId: id,
        externalId: z.string(),
        name: z.string().optional(),
        lastActiveAt: instant.optional(),
        reasons: z.array(
          z.object({
            rule: z.enum(['scoreBelow', 'missing', 'inactiveDays', 'stuckAttempts']),
            found: z.number(),
            threshold: z.number(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'LearnersAtRisk' });
