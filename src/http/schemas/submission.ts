import { z } from 'zod';
import { exerciseKey } from './assignment.ts';
import { id, instant } from './common.ts';
import { partAnswer } from './gradebook.ts';

const position = z.object({ line: z.number().int(), column: z.number().int() });

/** One thing worth telling, as a code for machines and a sentence for people. */
const feedback = z
  .object({
    code: z.string(),
    severity: z.enum(['error', 'warning', 'info']),
    message: z.string(),
    path: z.string().optional().describe('The field, as the API server spells it.'),
    range: z
      .object({ start: position, end: position })
      .optional()
      .describe("Where in the learner's own text; counted from 1."),
    observed: z.string().optional(),
    expected: z.string().optional(),
  })
  .meta({ id: 'Feedback' });

const hop = z
  .object({
    stage: z.enum(['name', 'address', 'rule', 'endpoint', 'socket']),
    ok: z.boolean(),
    code: z.string(),
    message: z.string(),
  })
  .meta({ id: 'Hop' });

const check = z
  .object({
    check: z.string(),
    title: z.string().optional(),
    outcome: z.enum(['passed', 'failed', 'skipped']),
    points: z.number(),
    maximum: z.number(),
    feedback: z.array(feedback),
    hops: z.array(hop).optional(),
  })
  .meta({ id: 'CheckResult' });

/** What the engine says of an answer, in the learner's words. */
export const verdict = z
  .object({
    outcome: z.enum(['graded', 'rejected']),
    points: z.number(),
    maximum: z.number(),
    awaitsMarking: z.boolean(),
    checks: z.array(check),
    feedback: z.array(feedback),
    transcript: z.string().describe('What kubectl printed for the answer.'),
  })
  .meta({ id: 'Verdict' });

/** What a check says of an answer that is not handed in. */
export const acceptance = z
  .object({
    outcome: z.enum(['accepted', 'rejected']),
    feedback: z.array(feedback),
    transcript: z.string().describe('What kubectl would print for the answer.'),
  })
  .meta({ id: 'Acceptance' });

/** What learners see of an assignment's results by now. */
const released = z
  .object({ grades: z.boolean(), explanations: z.boolean() })
  .describe('What of the results is shown; verdicts are explanations.');

const submissionFields = {
  id,
  courseId: id,
  assignmentId: id,
  learnerId: id,
  part: z.string(),
  outcome: z
    .enum(['graded', 'rejected', 'fault'])
    .describe('`rejected` and `fault` spend no attempt; a fault is ours and is kept for replay.'),
  attempt: z.number().int().optional(),
  exercise: exerciseKey,
  engineVersion: z.string(),
  points: z.number().optional().describe('Absent while grades are withheld.'),
  maximum: z.number(),
  erased: z.boolean().optional().describe('Whether its learner was erased.'),
  late: z.boolean().describe('By the due date as it was then; grades derive lateness anew.'),
  at: instant,
};

export const submission = z.object(submissionFields).meta({ id: 'Submission' });

export const submissionDetail = z
  .object({
    ...submissionFields,
    answer: partAnswer.optional().describe('Absent when its learner was erased.'),
    verdict: verdict.optional(),
    comment: z.string().optional(),
  })
  .meta({ id: 'SubmissionDetail' });

export const submissionResult = z
  .object({
    ...submissionFields,
    verdict: verdict.optional(),
    score: z
      .object({
        points: z.number(),
        hintCost: z.number(),
        net: z.number(),
        maximum: z.number(),
      })
      .optional(),
    attempts: z.object({
      used: z.number().int(),
      limit: z.number().int().optional(),
      left: z.number().int().optional(),
    }),
    grade: z
      .object({
        points: z.number(),
        maximum: z.number(),
        score: z.number(),
        outOf: z.number(),
        attempted: z.boolean(),
        awaitsMarking: z.boolean(),
      })
      .optional(),
    released,
  })
  .meta({ id: 'SubmissionResult' });

export const replay = z
  .object({
    submissionId: id,
    same: z.boolean(),
    engineThen: z.string(),
    engineNow: z.string(),
  })
  .meta({ id: 'Replay' });
