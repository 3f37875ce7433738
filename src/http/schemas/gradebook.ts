import { z } from 'zod';
import { roles } from '../../gradebook/index.ts';
import type { PartAnswer } from '../../grading/verdict.ts';
import { limits } from '../../limits.ts';
import { assignment } from './assignment.ts';
import { id, instant, title } from './common.ts';

const externalId = z.string().trim().min(1).max(200);
const personName = z.string().trim().min(1).max(200);
const partId = z.string().min(1).max(100);
const word = z.string().max(500);
const answerWords = 200;

const timeZone = z.string().min(1).max(100).meta({
  description: 'An IANA time zone: what local times are told in.',
  example: 'Europe/Berlin',
});

export const courseBody = z
  .strictObject({
    title,
    timeZone: timeZone.optional().describe('An IANA time zone; UTC if absent.'),
    term: z.string().trim().min(1).max(200).optional().describe('When it is held.'),
  })
  .meta({ example: { title: 'Networking', term: 'Autumn 2026', timeZone: 'Europe/Berlin' } });

export const course = z
  .object({
    ...{ id, title, timeZone },
    term: z.string().optional(),
    archivedAt: instant.optional().describe('Since when it refuses writes.'),
    revision: z.number().int(),
    createdAt: instant,
  })
  .meta({ id: 'Course' });

const points = z.number().min(0).max(100_000);

export const enrolmentBody = z.strictObject({
  externalId: externalId.describe("The person's id in your own system; unique in the course."),
  name: personName.optional(),
  role: z.enum(['learner', 'instructor', 'assistant']).optional(),
});

export const enrolment = z
  .object({
    id,
    courseId: id,
    externalId: z.string(),
    name: z.string().optional(),
    role: z.enum(['learner', 'instructor', 'assistant']),
    sectionId: id.optional(),
    deactivatedAt: instant.optional().describe('Since when the person is no longer in the course.'),
    erasedAt: instant.optional().describe('When name, external id and words were taken away.'),
    revision: z.number().int(),
    createdAt: instant,
  })
  .meta({ id: 'Enrolment' });

export const tokenBody = z.strictObject({
  role: z.enum(roles),
  label: z.string().trim().min(1).max(200).optional(),
  courseId: id.optional().describe('The course the token is for; admins and authors need none.'),
  learnerId: id.optional().describe("The enrolment that a learner's token stands for."),
  expiresAt: instant.optional(),
});

export const token = z
  .object({
    id,
    label: z.string(),
    role: z.enum(roles),
    courseIds: z.array(id),
    learnerId: id.optional(),
    createdAt: instant,
    expiresAt: instant.optional(),
    revokedAt: instant.optional(),
    lastUsedAt: instant.optional(),
  })
  .meta({ id: 'Token' });

export const issuedToken = z
  .object({
    token,
    secret: z
      .string()
      .optional()
      .describe('Shown this once, and kept only as a hash; absent when the answer is repeated.'),
  })
  .meta({ id: 'IssuedToken' });

export const learner = z
  .strictObject({ id: externalId, name: personName.optional() })
  .describe('Whom the answer is from: for lms tokens, by external id, enrolled on first sight.');

/** A text that the engine reads; its bytes are bounded. */
const answerText = z.string().refine((text) => Buffer.byteLength(text) <= limits.textBytes, {
  error: `must not be longer than ${limits.textBytes} bytes`,
});

const answerKinds = [
  'manifest',
  'commands',
  'choice',
  'choices',
  'match',
  'predict',
  'text',
] as const;

export const partAnswer = z
  .strictObject({
    manifest: answerText.optional(),
    commands: z.array(z.string().max(limits.commandLine)).max(limits.steps).optional(),
    choice: z.array(word).max(answerWords).optional(),
    choices: z.record(word, z.array(word).max(answerWords)).optional(),
    match: z.record(word, z.array(word).max(answerWords)).optional(),
    predict: z.record(word, word).optional(),
    text: answerText.optional(),
  })
  .refine((answer) => Object.keys(answer).length === 1, {
    error: `must have exactly one of ${answerKinds.join(', ')}: the part's kind`,
  })
  .transform((answer) => answer as PartAnswer);

export const answerBody = z.strictObject({
  part: partId,
  answer: partAnswer.describe("By the part's kind: exactly one of these members."),
  learner: learner.optional(),
});

export const hintBody = z.strictObject({ part: partId, learner: learner.optional() });

export const hint = z
  .object({
    part: partId,
    number: z.number().int(),
    text: z.string(),
    cost: z.number(),
    costBefore: z.number(),
    costAfter: z.number(),
    remaining: z.number().int(),
    nextCost: z.number().optional(),
  })
  .meta({ id: 'Hint' });

export const markBody = z.strictObject({
  learnerId: id,
  part: partId,
  points,
  comment: z.string().max(5000).optional(),
  reason: z.string().trim().min(1).max(1000).optional().describe('Why; kept in the audit.'),
});

const gradeStep = z.object({
  kind: z.enum(['attempt', 'hint', 'mark', 'regrade', 'override']),
  order: z.number().int().optional().describe('Its place among the events; overrides have none.'),
  at: instant,
  points: z.number(),
  judgedFirst: z
    .number()
    .optional()
    .describe('Points of the first judgement, where a regrade holds.'),
  hintCost: z.number().optional(),
  minutesLate: z.number().optional(),
  net: z.number().optional().describe('What hints and lateness leave.'),
  attempt: z.number().int().optional().describe('The order of the attempt a regrade judged.'),
  keep: z.enum(['never-lower', 'as-judged']).optional(),
  regradeId: id.optional(),
  overrideId: id.optional(),
  excused: z.boolean().optional(),
  comment: z.string().optional(),
  counts: z.boolean(),
});

export const partGrade = z
  .object({
    part: partId,
    points: z.number(),
    maximum: z.number(),
    attempts: z.number().int(),
    hintCost: z.number(),
    marked: z.boolean(),
    overridden: z.boolean(),
    excused: z.boolean(),
    awaitsMarking: z.boolean(),
    late: z.boolean(),
    latePenalty: z.number().describe('Points lost by being late.'),
    comment: z.string().optional(),
    steps: z.array(gradeStep),
  })
  .meta({ id: 'PartGrade' });

export const grade = z
  .object({
    points: z.number(),
    maximum: z.number(),
    score: z.number(),
    outOf: z.number(),
    attempted: z.boolean(),
    awaitsMarking: z.boolean(),
    late: z.boolean(),
    excused: z.boolean(),
    overridden: z.boolean(),
    comment: z.string().optional(),
    steps: z.array(gradeStep),
    parts: z.array(partGrade),
  })
  .meta({ id: 'Grade' });

export const progress = z
  .object({
    learner: enrolment,
    score: z.number(),
    outOf: z.number(),
    assignments: z.array(
      z.object({
        assignment,
        grade: grade.optional().describe('Absent while it is withheld.'),
        released: z.object({ grades: z.boolean(), explanations: z.boolean() }),
        window: z
          .object({
            opensAt: instant.optional(),
            dueAt: instant.optional(),
            closesAt: instant.optional(),
          })
          .describe('The dates that hold for this learner.'),
        extended: z.boolean(),
        lateNow: z
          .object({
            minutesLate: z.number().int(),
            amount: z.number(),
            unit: z.enum(['percentage', 'points']).optional(),
          })
          .optional()
          .describe('What an answer handed in now would lose.'),
        attempts: z.array(
          z.object({
            part: partId,
            used: z.number().int(),
            limit: z.number().int().optional(),
            left: z.number().int().optional(),
            nextAttemptAt: instant.optional().describe('When the cool-down is over.'),
          }),
        ),
        startedAt: instant.optional(),
        endsAt: instant.optional().describe('When the time of a timed assignment is over.'),
      }),
    ),
  })
  .meta({ id: 'Progress' });

export const gradebook = z
  .object({
    course,
    assignments: z.array(z.object({ id, title, points: z.number() })),
    learners: z.array(
      z.object({
        id,
        externalId: z.string(),
        name: z.string().optional(),
        score: z.number(),
        cells: z.array(
          z.object({
            assignmentId: id,
            score: z.number().nullable().describe('Null while it is withheld from the asker.'),
            attempted: z.boolean(),
            awaitsMarking: z.boolean(),
            late: z.boolean(),
            excused: z.boolean(),
            overridden: z.boolean(),
            released: z.boolean().describe('Whether learners see it.'),
          }),
        ),
        outOf: z.number(),
      }),
    ),
    outOf: z.number(),
  })
  .meta({ id: 'Gradebook' });

export const auditEvent = z
  .object({
    id,
    at: instant,
    tokenId: id,
    action: z.string(),
    courseId: id.optional(),
    subject: z.string(),
    before: z.unknown().optional(),
    after: z.unknown().optional(),
    reason: z.string().optional(),
    requestId: z.string().optional(),
    learnerIds: z.array(id).optional().describe('The enrolments it concerns.'),
  })
  .meta({ id: 'AuditEvent' });
