import { z } from 'zod';
import { id, instant, title } from './common.ts';

const partId = z.string().min(1).max(100);
const points = z.number().min(0).max(100_000);
const minutes = z.number().positive().max(43_200);

/** An instant, or the time on the wall of the course's time zone. */
const timeNeeded =
  'must be an instant such as 2026-12-01T08:00:00Z, or a local time such as 2026-12-01T08:00';

export const time = z.iso.datetime({ offset: true, local: true, error: timeNeeded }).meta({
  description:
    'An instant (RFC 3339 with an offset), or a local time of the course: one that daylight saving skips moves on by the missing hour; of one that comes twice, openings take the first, deadlines the second.',
  example: '2026-12-01T23:59',
});

export const reason = z.string().trim().min(1).max(1000).describe('Why; kept in the audit.');

const dueAt = time.describe('Later answers are late.');
const closesAt = time.describe('Later answers are refused.');
const counts = z
  .enum(['best', 'last', 'first', 'mean'])
  .describe('Which attempt of a part counts; `mean` is of what all of them are worth.');
const attempts = z.number().int().min(1).max(1000).describe('Graded attempts each part allows.');
const coolDownMinutes = minutes.describe(
  'Minutes between two attempts at a part. A try that comes too early restarts nothing.',
);
const hintsCost = z.boolean().describe('Whether hints lower the attempts that follow them.');
const durationMinutes = minutes.describe('For exams: minutes each learner has from their start.');

const lateCommon = {
  unit: z
    .enum(['percentage', 'points'])
    .describe('Percent of what each part is worth, or points of the assignment.'),
  cap: points.optional().describe('The most that is taken off.'),
  floor: points.optional().describe('What lateness takes nobody below.'),
  graceMinutes: z
    .number()
    .min(0)
    .max(43_200)
    .optional()
    .describe('Not late yet; past them, lateness counts from the due date.'),
};

const latePolicy = z
  .discriminatedUnion('per', [
    z.strictObject({
      per: z.enum(['hour', 'day']).describe('For each begun; days are of the calendar.'),
      amount: points,
      ...lateCommon,
    }),
    z.strictObject({
      per: z.literal('step'),
      steps: z
        .array(z.strictObject({ afterMinutes: z.number().min(0).max(1_000_000), amount: points }))
        .min(1)
        .max(50)
        .describe('The last step whose minutes are passed holds.'),
      ...lateCommon,
    }),
  ])
  .meta({
    id: 'LatePolicy',
    example: { per: 'day', unit: 'percentage', amount: 10, cap: 50, graceMinutes: 15 },
  });

const mode = z
  .enum(['practice', 'graded', 'exam'])
  .describe('`practice` is in no total; `exam` withholds grades and feedback until released.');
const weight = points.describe("Its share in the course's total; its points if absent.");
const prerequisites = z
  .array(z.strictObject({ assignmentId: id, minimumScore: points }))
  .max(20)
  .describe('Assignments of the course in which a learner has to reach a score first.');

const releaseTime = z
  .union([z.enum(['at-once', 'manual']), time], {
    error: `must be at-once, manual or a time; a time ${timeNeeded}`,
  })
  .describe('`at-once`, `manual` (by the release action), or the time from which it is shown.');

const policyBody = {
  counts: counts.optional(),
  attempts: attempts.nullable().optional(),
  coolDownMinutes: coolDownMinutes.nullable().optional(),
  hintsCost: hintsCost.optional(),
  late: latePolicy.nullable().optional(),
  durationMinutes: durationMinutes.nullable().optional(),
};

const settings = {
  title: title.optional(),
  points: points
    .optional()
    .describe("What full marks are worth; the exercise's own points if never named."),
  weight: weight.nullable().optional(),
  mode: mode.optional(),
  opensAt: time.nullable().optional(),
  dueAt: dueAt.nullable().optional(),
  closesAt: closesAt.nullable().optional(),
  policy: z.strictObject(policyBody).optional(),
  prerequisites: prerequisites.optional(),
  release: z
    .strictObject({ grades: releaseTime.optional(), explanations: releaseTime.optional() })
    .optional(),
};

export const assignmentBody = z
  .strictObject({
    exercise: z
      .string()
      .min(1)
      .max(100)
      .describe('The id of an exercise; its newest version is pinned.'),
    ...settings,
  })
  .meta({
    example: {
      exercise: 'selector-mismatch',
      dueAt: '2026-12-01T23:59',
      closesAt: '2026-12-08T23:59',
      policy: {
        counts: 'best',
        attempts: 5,
        late: { per: 'day', unit: 'percentage', amount: 10, cap: 50 },
      },
    },
  });

export const assignmentChange = z.strictObject({
  ...settings,
  exercise: z
    .strictObject({ version: z.number().int().min(1), attempts: z.literal('keep').optional() })
    .optional()
    .describe(
      'Another version of the exercise. Where attempts were made, `attempts: "keep"` says that it is meant: each keeps its share of its part until a regrade judges it anew.',
    ),
  reason: reason.optional(),
});

export const releaseBody = z
  .strictObject({
    grades: z.boolean().optional(),
    explanations: z.boolean().optional(),
    reason: reason.optional(),
  })
  .refine(({ grades, explanations }) => grades === true || explanations === true, {
    error: 'must release grades, explanations or both',
  });

export const exerciseKey = z.object({
  id: z.string(),
  version: z.number().int(),
  digest: z.string(),
});

export const assignment = z
  .object({
    id,
    courseId: id,
    exercise: exerciseKey,
    title,
    points: z.number(),
    weight: weight.optional(),
    mode,
    parts: z.array(
      z.object({ id: partId, title: z.string(), kind: z.string(), points: z.number() }),
    ),
    opensAt: instant.optional(),
    dueAt: instant.optional(),
    closesAt: instant.optional(),
    timeZone: z.string(),
    local: z
      .partialRecord(
        z.enum(['opensAt', 'dueAt', 'closesAt', 'gradesAt', 'explanationsAt']),
        z.string(),
      )
      .describe('Of the times, those that were given as local times, as they were given.'),
    policy: z.object({
      counts,
      attempts: attempts.optional(),
      coolDownMinutes: coolDownMinutes.optional(),
      hintsCost,
      late: latePolicy.optional(),
      durationMinutes: durationMinutes.optional(),
    }),
    prerequisites,
    release: z.object({
      grades: z.string(),
      explanations: z.string(),
      gradesReleasedAt: instant.optional(),
      explanationsReleasedAt: instant.optional(),
    }),
    revision: z.number().int(),
    createdAt: instant,
  })
  .meta({ id: 'Assignment' });
