import type { VerdictShape } from '../gradebook/analytics/verdict-shape.ts';
import type { StoredSubmission } from '../gradebook/submission.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import type { LedgerKey } from './ledger-key.ts';
import type { Schema } from './schema.ts';
import { statement } from './statement.ts';

type Row = Schema['judged_answers'];

const insert = statement((v: Row) =>
  tables.insertInto('judged_answers').values({
    course: v.course,
    assignment: v.assignment,
    part: v.part,
    learner: v.learner,
    submission: v.submission,
    attempt: v.attempt,
    points: v.points,
    maximum: v.maximum,
    shape: v.shape,
    variant: v.variant,
    at: v.at,
  }),
);

const findShape = statement((v: { shape: string }) =>
  tables.selectFrom('verdict_shapes').select('place').where('shape', '=', v.shape),
);

const insertShape = statement((v: { shape: string; signature: string }) =>
  tables.insertInto('verdict_shapes').values({ shape: v.shape, signature: v.signature }),
);

const insertCheck = statement((v: Schema['shape_checks']) =>
  tables
    .insertInto('shape_checks')
    .values({
      shape: v.shape,
      name: v.name,
      outcome: v.outcome,
      points: v.points,
      maximum: v.maximum,
    })
    .onConflict((one) => one.doNothing()),
);

const insertFinding = statement((v: Schema['shape_findings']) =>
  tables.insertInto('shape_findings').values({ shape: v.shape, code: v.code }),
);

/** What analytics need of a submission; faults, which nobody judged, leave nothing. */
export function insertJudged(
  connection: Connection,
  key: LedgerKey,
  submission: number,
  one: StoredSubmission,
): void {
  if (one.shape === undefined) return;
  connection.run(insert, {
    ...key,
    submission,
    part: one.part,
    attempt: one.attempt ?? null,
    points: one.points,
    maximum: one.maximum,
    shape: placeOfShape(connection, one.shape),
    variant: one.variant ?? null,
    at: Date.parse(one.at),
  });
}

/** The texts are as migration 0005 wrote them of older verdicts. */
function placeOfShape(connection: Connection, { checks, codes }: VerdictShape): number {
  const shape = JSON.stringify({ checks, codes });
  const known = connection.first(findShape, { shape });
  if (known !== undefined) return known.place;
  const failed = checks.filter(([, outcome]) => outcome === 'failed').map(([name]) => name);
  const signature = JSON.stringify({ failed: failed.sort(), codes });
  const place = connection.insert(insertShape, { shape, signature });
  for (const [name, outcome, points, maximum] of checks) {
    connection.run(insertCheck, { shape: place, name, outcome, points, maximum });
  }
  for (const code of codes) connection.run(insertFinding, { shape: place, code });
  return place;
}
