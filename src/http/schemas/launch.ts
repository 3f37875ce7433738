import { z } from 'zod';
import { limits } from '../../limits.ts';
import { id, instant } from './common.ts';
import { learner } from './gradebook.ts';

const minutes = (most: number) => z.number().int().min(1).max(most);
const bounds = limits.launch;

export const launchBody = z
  .strictObject({
    learner,
    linkMinutes: minutes(bounds.linkMinutesMost)
      .optional()
      .describe(`How long the link can be opened; ${bounds.linkMinutes} if absent.`),
    tokenMinutes: minutes(bounds.tokenMinutesMost)
      .optional()
      .describe(`How long the learner may work then; ${bounds.tokenMinutes} if absent.`),
  })
  .meta({ example: { learner: { id: 'u-1001', name: 'Ada' } } });

const launchShape = {
  id,
  courseId: id,
  assignmentId: id,
  learnerId: id,
  tokenMinutes: z.number().int(),
  expiresAt: instant,
  createdAt: instant,
};

export const launch = z
  .object({
    ...launchShape,
    code: z.string().optional().describe('Shown this once; absent when the answer is repeated.'),
    url: z.string().optional().describe("Where to send the learner's browser."),
  })
  .meta({ id: 'Launch' });

export const openBody = z
  .strictObject({ code: z.string().min(1).max(200) })
  .meta({ example: { code: 'sl_…' } });

export const openedLaunch = z
  .object({
    courseId: id,
    assignmentId: id,
    learnerId: id,
    title: z.string(),
    secret: z.string().describe("The learner's token, shown this once."),
    expiresAt: instant,
  })
  .meta({ id: 'OpenedLaunch' });
