import { z } from 'zod';
import { limits } from '../../limits.ts';

const longestId = 200;

/** An id as this API makes them; anything else names nothing. */
export const id = z.string().min(1).max(longestId);

export const title = z.string().trim().min(1).max(200);

/** RFC 3339 with an offset. */
export const instant = z.iso
  .datetime({ offset: true })
  .meta({ description: 'An instant, RFC 3339 with an offset.', example: '2026-12-01T08:00:00Z' });

export const pageQuery = z.object({
  cursor: z.string().max(longestId).optional().describe('`next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(limits.pageRows).optional(),
});

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    next: z
      .string()
      .optional()
      .describe('Ask for the next page with ?cursor=…; absent on the last.'),
  });

/** RFC 9457, as every refusal of this API looks. */
const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string(),
    instance: z.string(),
    requestId: z.string(),
    errors: z
      .array(
        z.object({
          pointer: z.string().optional(),
          parameter: z.string().optional(),
          row: z.number().int().optional().describe('Of a table: as its file counts, from 1.'),
          column: z.string().optional(),
          detail: z.string(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem' });

/** One refusal, for the routes that do not share those of all. */
export const problemAnswer = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});

const texts = {
  400: 'The body is not JSON.',
  401: 'A valid token is needed.',
  403: 'The token may not do that.',
  404: 'There is no such thing, or the token may not know of it.',
  409: 'It conflicts with what is there.',
  412: 'It was changed meanwhile.',
  413: 'The body is too large.',
  415: 'The body is not JSON.',
  422: 'A value is not as it must be.',
  429: 'Too many requests.',
  503: 'Nothing can be kept now, or too much is asked; nothing was changed.',
} as const;

type ProblemStatus = keyof typeof texts;
type Answers<S extends ProblemStatus> = Record<S, ReturnType<typeof problemAnswer>>;

/** The refusals of a route besides those that every route can give. */
export function refusals<S extends ProblemStatus = never>(...statuses: S[]) {
  const all: readonly ProblemStatus[] = [401, 422, 429, 503, ...statuses];
  const answers = all.map((status) => [status, problemAnswer(texts[status])]);
  return Object.fromEntries(answers) as Answers<S | 401 | 422 | 429 | 503>;
}

/** The refusals of a route that takes a JSON body. */
export function bodyRefusals<S extends ProblemStatus = never>(...statuses: S[]) {
  return refusals<S | 400 | 413 | 415 | 422>(400, 413, 415, 422, ...statuses);
}
