import { z } from 'zod';
import { limits } from '../../limits.ts';
import { reason, time } from './assignment.ts';
import { id, instant } from './common.ts';

const partId = z.string().min(1).max(100);
const points = z.number().min(0).max(100_000);
const comment = z.string().trim().min(1).max(limits.messageCharacters);
const names = z.array(id).max(limits.extensionsAtOnce);

/** The reason of a removal, which has no body. */
export const reasonQuery = z.object({ reason });

const grant = {
  dueAt: time.optional(),
  closesAt: time.optional(),
  extraMinutes: z.number().positive().max(43_200).optional().describe('More time in timed exams.'),
  extraAttempts: z.number().int().min(1).max(1000).optional(),
};

export const extensionBody = z
  .strictObject({
    assignmentIds: names.min(1),
    learnerIds: names.optional().describe('Ids of enrolments.'),
    sectionIds: names.optional().describe('Whoever is in the section, now and later.'),
    ...grant,
    reason,
  })
  .meta({
    example: {
      assignmentIds: ['0199f0a1c2d3'],
      learnerIds: ['0199f0a1c2d4', '0199f0a1c2d5'],
      dueAt: '2026-12-03T23:59',
      reason: 'Ill for two days',
    },
  });

export const extension = z
  .object({
    id,
    courseId: id,
    assignmentId: id,
    learnerId: id.optional(),
    sectionId: id.optional(),
    dueAt: instant.optional(),
    closesAt: instant.optional(),
    extraMinutes: z.number().optional(),
    extraAttempts: z.number().int().optional(),
    local: z
      .object({ dueAt: z.string().optional(), closesAt: z.string().optional() })
      .optional()
      .describe('The times that were given as local times, as they were given.'),
    reason: z.string(),
    tokenId: id,
    createdAt: instant,
    revokedAt: instant.optional(),
  })
  .meta({ id: 'Extension' });

export const overrideBody = z
  .strictObject({
    learnerId: id,
    part: partId.optional().describe('The whole assignment if absent.'),
    points: points
      .optional()
      .describe('Of the part; for the assignment, in its own points. More than all is a bonus.'),
    excused: z.boolean().optional().describe('Counts neither for nor against the learner.'),
    comment: comment.optional().describe('For the learner to read.'),
    reason,
  })
  .meta({
    example: {
      learnerId: '0199f0a1c2d4',
      part: 'service',
      points: 9,
      reason: 'The check was wrong',
    },
  });

export const override = z
  .object({
    id,
    courseId: id,
    assignmentId: id,
    learnerId: id,
    part: partId.optional(),
    points: z.number().optional(),
    excused: z.boolean(),
    comment: z.string().optional(),
    reason: z.string(),
    tokenId: id,
    createdAt: instant,
    removedAt: instant.optional(),
  })
  .meta({ id: 'Override' });
