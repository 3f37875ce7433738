import { z } from 'zod';
import { limits } from '../../limits.ts';
import { id, instant, pageQuery } from './common.ts';
import { learner } from './gradebook.ts';

const partId = z.string().min(1).max(100);
const text = z.string().trim().min(1).max(limits.messageCharacters);
const state = z.enum(['open', 'answered', 'closed']);

export const contestBody = z
  .strictObject({ part: partId.optional(), text, learner: learner.optional() })
  .meta({ example: { part: 'service', text: 'My Service selects the same Pods: why no points?' } });

export const replyBody = z.strictObject({
  text,
  close: z.boolean().optional().describe('For staff: the thread ends with this.'),
});

export const contestChange = z.strictObject({ state: z.enum(['open', 'closed']) });

export const contestQuery = pageQuery.extend({
  learner: id.optional().describe("The enrolment; a learner's token sees its own anyway."),
  state: state.optional(),
});

export const contest = z
  .object({
    id,
    courseId: id,
    assignmentId: id,
    learnerId: id,
    part: partId.optional(),
    state: state.describe("A learner's message opens it, staff's answers it."),
    messages: z.array(
      z.object({
        id,
        sender: z.enum(['learner', 'staff']),
        tokenId: id,
        text: z.string(),
        at: instant,
      }),
    ),
    revision: z.number().int(),
    createdAt: instant,
  })
  .meta({ id: 'Contest' });
