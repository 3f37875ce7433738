import { z } from 'zod';
import { id, instant } from './common.ts';

const partId = z.string().min(1).max(100);

const task = { assignmentId: id, learnerId: id, part: partId };

export const claimBody = z.strictObject(task);

export const markingClaim = z
  .object({ ...task, tokenId: id, until: instant })
  .meta({ id: 'MarkingClaim' });

export const markingItem = z
  .object({
    ...task,
    submissionId: id,
    at: instant,
    claim: z
      .object({ tokenId: id, until: instant })
      .optional()
      .describe('Somebody is marking it until then.'),
  })
  .meta({ id: 'MarkingItem' });
