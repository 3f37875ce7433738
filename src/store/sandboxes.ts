import type { Placed, Slice } from '../gradebook/ports.ts';
import { Refusal } from '../gradebook/refusal.ts';
import type { SandboxFilter } from '../sandboxes/ports.ts';
import type { SandboxRecord } from '../sandboxes/sandbox.ts';
import type { Connection } from './connection.ts';
import { elements, tables } from './dialect.ts';
import { present } from './row.ts';
import type { SandboxTables } from './sandbox-schema.ts';
import { statement } from './statement.ts';

type Columns = Omit<SandboxTables['sandboxes'], 'place'>;
type Row = Columns & { place: number };

const insert = statement((v: Columns) =>
  tables.insertInto('sandboxes').values({
    id: v.id,
    course_id: v.course_id,
    assignment_id: v.assignment_id,
    learner_id: v.learner_id,
    exercise_id: v.exercise_id,
    exercise_version: v.exercise_version,
    exercise_digest: v.exercise_digest,
    part: v.part,
    seed: v.seed,
    platform: v.platform,
    token_id: v.token_id,
    world: v.world,
    version: v.version,
    created_at: v.created_at,
    expires_at: v.expires_at,
  }),
);

const owned = tables.selectFrom('sandboxes').select((all) => all.fn.countAll<number>().as('count'));

const countOfLearner = statement((v: { learnerId: string; now: string }) =>
  owned.where('learner_id', '=', v.learnerId).where('expires_at', '>', v.now),
);

const countOfToken = statement((v: { tokenId: string; now: string }) =>
  owned
    .where('token_id', '=', v.tokenId)
    .where('learner_id', 'is', null)
    .where('expires_at', '>', v.now),
);

const find = statement((v: { id: string }) =>
  tables.selectFrom('sandboxes').selectAll().where('id', '=', v.id),
);

const findByKubeconfig = statement((v: { hash: string }) =>
  tables
    .selectFrom('sandboxes')
    .innerJoin('sandbox_kubeconfigs', 'sandbox_kubeconfigs.sandbox', 'sandboxes.place')
    .where('sandbox_kubeconfigs.hash', '=', v.hash)
    .selectAll('sandboxes'),
);

interface Window {
  readonly now: string;
  readonly after: number;
  readonly limit: number;
  readonly tokenId: string;
}

const newest = (v: Window) =>
  tables
    .selectFrom('sandboxes')
    .selectAll()
    .where('expires_at', '>', v.now)
    .where('place', '<', v.after)
    .orderBy('place', 'desc')
    .limit(v.limit);

const page = statement(newest);

const pageOfCourses = statement((v: Window & { courseIds: string }) =>
  newest(v).where((row) =>
    row.or([
      row('course_id', 'in', elements(v.courseIds)),
      row.and([row('course_id', 'is', null), row('token_id', '=', v.tokenId)]),
    ]),
  ),
);

const pageOfLearner = statement((v: Window & { learnerId: string }) =>
  newest(v).where('learner_id', '=', v.learnerId),
);

const moveEnd = statement((v: { id: string; expiresAt: string }) =>
  tables.updateTable('sandboxes').set({ expires_at: v.expiresAt }).where('id', '=', v.id),
);

const remove = statement((v: { id: string }) =>
  tables.deleteFrom('sandboxes').where('id', '=', v.id),
);

const over = statement((v: { now: string }) =>
  tables.selectFrom('sandboxes').select('id').where('expires_at', '<=', v.now).limit(500),
);

export function insertSandbox(
  connection: Connection,
  record: SandboxRecord,
  version: number,
  most: number,
): void {
  refuseTooMany(connection, record, most);
  const { task } = record;
  connection.run(insert, {
    id: record.id,
    course_id: record.courseId ?? null,
    assignment_id: task?.assignmentId ?? null,
    learner_id: record.learnerId ?? null,
    exercise_id: task?.exercise.id ?? null,
    exercise_version: task?.exercise.version ?? null,
    exercise_digest: task?.exercise.digest ?? null,
    part: task?.part ?? null,
    seed: task?.seed ?? null,
    platform: record.platform,
    token_id: record.tokenId,
    world: record.world,
    version,
    created_at: record.createdAt,
    expires_at: record.expiresAt,
  });
}

/** By what is true in the transaction: of two at once only one may be the last. */
function refuseTooMany(connection: Connection, record: SandboxRecord, most: number): void {
  const { learnerId, tokenId, createdAt: now } = record;
  const counted =
    learnerId === undefined
      ? connection.first(countOfToken, { tokenId, now })
      : connection.first(countOfLearner, { learnerId, now });
  if ((counted?.count ?? 0) < most) return;
  throw new Refusal('conflict', `There are ${most} sandboxes already: delete one of them first.`);
}

export function findSandbox(connection: Connection, id: string): SandboxRecord | undefined {
  const row = connection.first(find, { id });
  return row && toRecord(row);
}

export function placeOfSandbox(connection: Connection, id: string): number | undefined {
  return connection.first(find, { id })?.place;
}

export function findSandboxByKubeconfig(
  connection: Connection,
  hash: string,
): SandboxRecord | undefined {
  const row = connection.first(findByKubeconfig, { hash });
  return row && toRecord(row);
}

/** Newest first. */
export function listSandboxes(
  connection: Connection,
  { courseIds, learnerId, tokenId }: SandboxFilter,
  now: string,
  slice: Slice,
): readonly Placed<SandboxRecord>[] {
  const after = slice.after ?? Number.MAX_SAFE_INTEGER;
  const window = { now, after, limit: slice.limit, tokenId };
  const rows: Row[] =
    learnerId !== undefined
      ? connection.all(pageOfLearner, { ...window, learnerId })
      : courseIds !== undefined
        ? connection.all(pageOfCourses, { ...window, courseIds: JSON.stringify(courseIds) })
        : connection.all(page, window);
  return rows.map((row) => ({ place: row.place, value: toRecord(row) }));
}

export function moveSandboxEnd(connection: Connection, id: string, expiresAt: string): void {
  connection.run(moveEnd, { id, expiresAt });
}

export const deleteSandbox = (connection: Connection, id: string): number =>
  connection.run(remove, { id });

export const sandboxesOver = (connection: Connection, now: string): readonly string[] =>
  connection.all(over, { now }).map(({ id }) => id);

function toRecord(row: Row): SandboxRecord {
  const { course_id, learner_id, assignment_id, exercise_id, part, seed } = present(row);
  const isTask =
    course_id !== undefined && assignment_id !== undefined && exercise_id !== undefined;
  return {
    id: row.id,
    ...(isTask && {
      task: {
        courseId: course_id,
        assignmentId: assignment_id,
        exercise: {
          id: exercise_id,
          version: row.exercise_version ?? 0,
          digest: row.exercise_digest ?? '',
        },
        part: part ?? '',
        seed: seed ?? '',
      },
    }),
    ...(course_id !== undefined && { courseId: course_id }),
    ...(learner_id !== undefined && { learnerId: learner_id }),
    platform: row.platform,
    tokenId: row.token_id,
    world: row.world,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
