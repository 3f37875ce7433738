import { sql } from 'kysely';
import type { Placed, Slice } from '../gradebook/ports.ts';
import type {
  Regrade,
  RegradeCounts,
  RegradeScope,
  RegradeState,
  RegradeTarget,
} from '../gradebook/regrade/regrade.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import type { RegradeSchema } from './regrade-schema.ts';
import { present } from './row.ts';
import { statement } from './statement.ts';

type Row = Omit<RegradeSchema['regrades'], 'place'> & { place: number };
type Columns = Omit<Row, 'place'>;

const insert = statement((v: Columns) =>
  tables.insertInto('regrades').values({
    ...{ id: v.id, course_id: v.course_id, state: v.state, scope: v.scope, targets: v.targets },
    ...{ keep: v.keep, reason: v.reason, engine_version: v.engine_version, cursor: v.cursor },
    ...{ counts: v.counts, basis: v.basis, digest: v.digest, problem: v.problem },
    ...{ token_id: v.token_id, applied_by: v.applied_by, request_id: v.request_id },
    ...{ created_at: v.created_at, ready_at: v.ready_at, ended_at: v.ended_at },
    revision: v.revision,
  }),
);

const change = statement((v: Columns & { was: number }) =>
  tables
    .updateTable('regrades')
    .set({
      ...{ state: v.state, targets: v.targets, engine_version: v.engine_version },
      ...{ cursor: v.cursor, counts: v.counts, basis: v.basis, digest: v.digest },
      ...{ problem: v.problem, applied_by: v.applied_by, request_id: v.request_id },
      ...{ ready_at: v.ready_at, ended_at: v.ended_at, revision: v.revision },
    })
    .where('id', '=', v.id)
    .where('revision', '=', v.was),
);

const all = tables.selectFrom('regrades').selectAll();

const find = statement((v: { id: string }) => all.where('id', '=', v.id));

const ofCourse = statement((v: { courseId: string; after: number; limit: number }) =>
  all
    .where('course_id', '=', v.courseId)
    .where('place', '<', v.after)
    .orderBy('place', 'desc')
    .limit(v.limit),
);

const atWork = statement((_: object) =>
  all
    .where('state', 'in', [
      sql.lit<RegradeState>('judging'),
      sql.lit<RegradeState>('comparing'),
      sql.lit<RegradeState>('applying'),
    ])
    .orderBy('place')
    .limit(sql.lit(10)),
);

export function insertRegrade(connection: Connection, regrade: Regrade): void {
  connection.run(insert, toColumns(regrade));
}

/** False when it is not the revision before that is there. */
export function replaceRegrade(connection: Connection, regrade: Regrade): boolean {
  const was = regrade.revision - 1;
  return connection.run(change, { ...toColumns(regrade), was }) === 1;
}

export function findRegrade(connection: Connection, id: string): Placed<Regrade> | undefined {
  const row = connection.first(find, { id });
  return row && { place: row.place, value: toRegrade(row) };
}

/** Newest first. */
export function listRegrades(
  connection: Connection,
  courseId: string,
  slice: Slice,
): readonly Placed<Regrade>[] {
  const after = slice.after ?? Number.MAX_SAFE_INTEGER;
  const rows = connection.all(ofCourse, { courseId, after, limit: slice.limit });
  return rows.map((row) => ({ place: row.place, value: toRegrade(row) }));
}

/** Oldest first. */
export function regradesAtWork(connection: Connection): readonly Regrade[] {
  return connection.all(atWork, {}).map(toRegrade);
}

function toColumns(one: Regrade): Columns {
  return {
    ...{ id: one.id, course_id: one.courseId, state: one.state, keep: one.keep },
    ...{ reason: one.reason, engine_version: one.engineVersion, cursor: one.cursor },
    scope: JSON.stringify(one.scope),
    targets: JSON.stringify(one.targets),
    counts: JSON.stringify(one.counts),
    basis: one.basis ?? null,
    digest: one.digest ?? null,
    problem: one.problem ?? null,
    token_id: one.tokenId,
    applied_by: one.appliedBy ?? null,
    request_id: one.requestId ?? null,
    created_at: one.createdAt,
    ready_at: one.readyAt ?? null,
    ended_at: one.endedAt ?? null,
    revision: one.revision,
  };
}

function toRegrade(row: Row): Regrade {
  const { basis, digest, problem, applied_by, request_id, ready_at, ended_at } = present(row);
  return {
    ...{ id: row.id, courseId: row.course_id, state: row.state, keep: row.keep },
    scope: JSON.parse(row.scope) as RegradeScope,
    targets: JSON.parse(row.targets) as readonly RegradeTarget[],
    counts: JSON.parse(row.counts) as RegradeCounts,
    ...{ reason: row.reason, engineVersion: row.engine_version, cursor: row.cursor },
    ...(basis !== undefined && { basis }),
    ...(digest !== undefined && { digest }),
    ...(problem !== undefined && { problem }),
    tokenId: row.token_id,
    ...(applied_by !== undefined && { appliedBy: applied_by }),
    ...(request_id !== undefined && { requestId: request_id }),
    createdAt: row.created_at,
    ...(ready_at !== undefined && { readyAt: ready_at }),
    ...(ended_at !== undefined && { endedAt: ended_at }),
    revision: row.revision,
  };
}
