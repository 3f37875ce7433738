import { z } from 'zod';
import { limits } from '../../limits.ts';
import { assignment, reason } from './assignment.ts';
import { id, instant, title } from './common.ts';
import { course, partAnswer } from './gradebook.ts';
import { verdict } from './submission.ts';

const timeZone = z.string().min(1).max(100).describe('An IANA time zone.');
const term = z.string().trim().min(1).max(200);
const partId = z.string().min(1).max(100);

export const courseChange = z
  .strictObject({
    title: title.optional(),
    term: term.nullable().optional().describe('Null takes it away.'),
    timeZone: timeZone.optional().describe('Local times of assignments move along.'),
    archived: z
      .boolean()
      .optional()
      .describe('An archived course is readable and refuses every write.'),
    reason: reason.optional(),
  })
  .meta({ example: { archived: true, reason: 'The term is over' } });

export const courseCopyBody = z
  .strictObject({
    title,
    term: term.optional(),
    timeZone: timeZone.optional().describe("The original's if absent."),
    shiftDays: z
      .number()
      .int()
      .min(-3653)
      .max(3653)
      .optional()
      .describe('Moves every date by so many days, at the same time on the wall.'),
    sections: z.boolean().optional().describe('Copies the sections, empty.'),
    reason: reason.optional(),
  })
  .meta({ example: { title: 'Networking', term: 'Spring 2027', shiftDays: 182, sections: true } });

export const sectionBody = z
  .strictObject({ name: z.string().trim().min(1).max(100) })
  .meta({ example: { name: 'Tuesday lab' } });

export const sectionChange = sectionBody.extend({ reason: reason.optional() });

export const section = z
  .object({ id, courseId: id, name: z.string(), createdAt: instant })
  .meta({ id: 'Section' });

export const courseCopy = z
  .object({ course, sections: z.array(section), assignments: z.array(assignment) })
  .meta({ id: 'CourseCopy' });

export const previewBody = z
  .strictObject({
    part: partId,
    answer: partAnswer.describe("By the part's kind: exactly one of these members."),
    learnerId: id.optional().describe('Whose variant; one for previews if absent.'),
  })
  .meta({ example: { part: 'service', answer: { manifest: 'apiVersion: v1\nkind: Service\n' } } });

export const preview = z
  .object({
    part: partId,
    verdict,
    shown: z
      .object({ grades: z.boolean(), explanations: z.boolean() })
      .describe('What of this a learner would see now.'),
  })
  .meta({ id: 'AssignmentPreview' });

export const submissionFilter = {
  part: partId.optional(),
  outcome: z.enum(['graded', 'rejected', 'fault']).optional(),
  from: instant.optional().describe('Handed in at that instant or later.'),
  to: instant.optional().describe('Handed in before that instant.'),
};

export const auditQuery = {
  course: id.optional(),
  actor: id.optional().describe('The id of the token that acted.'),
  action: z
    .string()
    .max(100)
    .optional()
    .describe('Such as `roster:import`; `roster` asks for all of its kind.'),
  subject: id.optional().describe('The id of what was changed.'),
  learner: id.optional().describe('The enrolment it concerns.'),
  from: instant.optional(),
  to: instant.optional().describe('Before that instant.'),
};

/** The reason of a removal, which has no body. */
export const whyQuery = z.object({
  reason: z.string().trim().min(1).max(limits.messageCharacters).optional(),
});
