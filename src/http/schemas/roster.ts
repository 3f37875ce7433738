import { z } from 'zod';
import { limits } from '../../limits.ts';
import { reason } from './assignment.ts';
import { id, instant } from './common.ts';
import { enrolment, token } from './gradebook.ts';

const externalId = z.string().trim().min(1).max(200);
const personName = z.string().trim().min(1).max(200);
const role = z.enum(['learner', 'instructor', 'assistant']);

export const enrolmentFilter = {
  externalId: externalId.optional().describe('Finds one person by the id of your own system.'),
  role: role.optional(),
  section: id.optional().describe("The section's id."),
  active: z.enum(['true', 'false']).optional(),
};

export const enrolmentChange = z
  .strictObject({
    name: personName.nullable().optional().describe('Null takes it away.'),
    role: role.optional(),
    sectionId: id.nullable().optional().describe('Null takes the person out of their section.'),
    active: z
      .boolean()
      .optional()
      .describe('False: their tokens are refused until it is true again; nothing is lost.'),
    reason: reason.optional(),
  })
  .meta({ example: { sectionId: '0199f0a1c2d3', reason: 'Asked to change labs' } });

/** Rows are judged one by one, so that each problem names its row and column. */
export const rosterBody = z
  .strictObject({
    people: z
      .array(z.record(z.string(), z.unknown()))
      .min(1)
      .max(limits.rosterRows)
      .describe('Members of each: externalId, name, role, section (its name), active.'),
    reason: reason.optional(),
  })
  .meta({
    example: {
      people: [
        { externalId: 's-1001', name: 'Ada Lovelace', section: 'Tuesday lab' },
        { externalId: 's-1002', name: 'Grace Hopper', role: 'assistant' },
      ],
    },
  });

export const rosterQuery = z.object({
  dryRun: z.enum(['true', 'false']).optional().describe('Says what would be done; does nothing.'),
  onProblem: z
    .enum(['refuse', 'skip'])
    .optional()
    .describe('`refuse` (usual): one bad row and nothing is done. `skip`: it is left out.'),
  absent: z
    .enum(['keep', 'deactivate'])
    .optional()
    .describe('What becomes of learners who are not in the roster; `keep` is usual.'),
});

const rosterProblem = z.object({
  row: z.number().int().describe("As the file's lines, or the rows of `people`, count from 1."),
  column: z.string().optional(),
  detail: z.string(),
});

export const rosterResult = z
  .object({
    applied: z.boolean().describe('False for a dry run.'),
    rows: z.number().int(),
    created: z.number().int(),
    updated: z.number().int(),
    deactivated: z.number().int(),
    unchanged: z.number().int(),
    skipped: z.number().int().describe('Rows left out for their problems.'),
    sectionsCreated: z.array(z.string()),
    ignoredColumns: z.array(z.string()).optional(),
    problems: z.array(rosterProblem),
    problemCount: z.number().int(),
    people: z
      .array(
        z.object({
          row: z.number().int().optional(),
          externalId: z.string(),
          enrolmentId: id.optional(),
          outcome: z.enum(['created', 'updated', 'deactivated']),
          changed: z
            .record(
              z.string(),
              z.object({ from: z.string().nullable(), to: z.string().nullable() }),
            )
            .optional(),
        }),
      )
      .describe('Everybody for whom something changed.'),
  })
  .meta({ id: 'RosterResult' });

export const erasureBody = z
  .strictObject({
    confirm: z.string().max(200).describe("The person's external id, typed once more."),
    reason,
  })
  .meta({ example: { confirm: 's-1001', reason: 'Asked for by letter' } });

export const erasureResult = z
  .object({ enrolmentId: id, pseudonym: z.string(), erasedAt: instant })
  .meta({ id: 'ErasureResult' });

const rows = z.array(z.looseObject({}));

export const learnerExport = z
  .looseObject({
    exportedAt: instant,
    enrolment,
    tokens: z.array(token),
    submissions: rows,
    events: rows,
    extensions: rows,
    overrides: rows,
    contests: rows,
    audit: rows,
    withheld: z.array(id).describe('Assignments whose results are not released yet.'),
  })
  .meta({ id: 'LearnerExport' });

export const invitationBody = z
  .strictObject({
    role: role.optional().describe('Learner if absent.'),
    sectionId: id.optional(),
    uses: z.number().int().min(1).max(limits.invitationUses).optional(),
    expiresAt: instant.optional(),
    label: z.string().trim().min(1).max(200).optional(),
  })
  .meta({ example: { uses: 30, expiresAt: '2026-10-01T00:00:00Z', label: 'Tuesday lab' } });

export const invitation = z
  .object({
    id,
    courseId: id,
    label: z.string(),
    role,
    sectionId: id.optional(),
    uses: z.number().int(),
    mostUses: z.number().int().optional(),
    expiresAt: instant.optional(),
    revokedAt: instant.optional(),
    tokenId: id,
    createdAt: instant,
  })
  .meta({ id: 'Invitation' });

export const issuedInvitation = z
  .object({
    invitation,
    code: z.string().optional().describe('Shown this once; absent when the answer is repeated.'),
  })
  .meta({ id: 'IssuedInvitation' });

export const acceptBody = z
  .strictObject({
    code: z.string().min(1).max(200),
    externalId: externalId.describe('An id that nobody in the course has yet.'),
    name: personName.optional(),
  })
  .meta({ example: { code: 'sl_…', externalId: 's-1003', name: 'Katherine Johnson' } });

export const accepted = z
  .object({ enrolment, token, secret: z.string().describe('Shown this once.') })
  .meta({ id: 'AcceptedInvitation' });

export const classTokensBody = z
  .strictObject({
    learnerIds: z.array(id).min(1).max(limits.tokensAtOnce).optional(),
    sectionId: id.optional(),
    expiresAt: instant.optional(),
    replace: z.boolean().optional().describe('Ends earlier tokens of the same learners.'),
    reason: reason.optional(),
  })
  .meta({ example: { sectionId: '0199f0a1c2d3', expiresAt: '2027-02-01T00:00:00Z' } });

export const classTokens = z
  .object({
    items: z.array(
      z.object({
        enrolmentId: id,
        externalId: z.string(),
        name: z.string().optional(),
        tokenId: id,
        secret: z.string().optional().describe('Shown this once.'),
      }),
    ),
  })
  .meta({ id: 'ClassTokens' });
