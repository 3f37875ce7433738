import { z } from 'zod';
import { type IdColumn, idColumns, presets } from '../../gradebook/index.ts';
import { progressStates } from '../../gradebook/reporting/matrix.ts';
import { limits } from '../../limits.ts';
import { id, title } from './common.ts';

const formulas = z
  .enum(['escape', 'keep'])
  .default('escape')
  .describe(
    'Cells that a spreadsheet would run (beginning with = + - @, tab or return) get an apostrophe in front; `keep` leaves every cell as it is.',
  );

const columnNames = [...new Set(Object.values(idColumns).flat())] as [string, ...string[]];

const csvOptions = z.object({
  preset: z
    .enum(presets)
    .default('plain')
    .describe('`canvas` and `moodle` are what these platforms import.'),
  idColumn: z
    .enum(columnNames)
    .optional()
    .describe('The column of the platform that the external ids stand in; each preset has one.'),
  formulas,
});

/** The preset's own id column unless another of it is named. */
export const gradebookCsvQuery = csvOptions
  .refine(
    ({ preset, idColumn }) =>
      idColumn === undefined || (idColumns[preset] as readonly string[]).includes(idColumn),
    { error: 'is no id column of this preset', path: ['idColumn'] },
  )
  .transform((asked) => ({
    ...asked,
    idColumn: (asked.idColumn ?? idColumns[asked.preset][0]) as IdColumn,
  }));

export const csvQuery = z.object({ formulas });

const person = { id, externalId: z.string(), name: z.string().optional() };

export const matrix = z
  .object({
    course: z.object({ id, title }),
    states: z.array(z.enum(progressStates)),
    learners: z.array(
      z.object({
        ...person,
        complete: z.number().int(),
        cells: z
          .array(z.object({ state: z.enum(progressStates), late: z.boolean() }))
          .describe('One an assignment, in their order.'),
      }),
    ),
    assignments: z.array(
      z.object({
        id,
        title,
        mode: z.string(),
        counts: z.record(z.enum(progressStates), z.number().int()),
      }),
    ),
  })
  .meta({ id: 'ProgressMatrix' });

export const changesQuery = z.object({
  cursor: z
    .string()
    .max(400)
    .optional()
    .describe('`next` of the answer before; absent: everything from the beginning.'),
  limit: z.coerce.number().int().min(1).max(limits.changesAtOnce).default(limits.pageRows),
});

export const gradeChanges = z
  .object({
    items: z.array(
      z.object({
        learnerId: id,
        externalId: z.string(),
        assignmentId: id,
        score: z.number(),
        outOf: z.number(),
        attempted: z.boolean(),
        awaitsMarking: z.boolean(),
        late: z.boolean(),
        excused: z.boolean(),
        overridden: z.boolean(),
        released: z.boolean().describe('Whether learners see it.'),
      }),
    ),
    next: z.string().describe('The cursor to go on from, now or whenever.'),
    more: z.boolean().describe('Whether there may be more already.'),
  })
  .meta({ id: 'GradeChanges' });
