import { sql } from 'kysely';
import type { Instant } from '../gradebook/course.ts';
import type { Placed, Slice, TokenRow } from '../gradebook/ports.ts';
import type { Token } from '../gradebook/token.ts';
import type { Connection } from './connection.ts';
import { elements, tables } from './dialect.ts';
import { present } from './row.ts';
import type { Schema } from './schema.ts';
import { statement } from './statement.ts';

type Columns = Omit<Schema['tokens'], 'place'>;
type Row = Columns & { place: number; courses: string | null };

const insert = statement((v: Columns) =>
  tables.insertInto('tokens').values({
    id: v.id,
    hash: v.hash,
    label: v.label,
    role: v.role,
    learner_id: v.learner_id,
    created_at: v.created_at,
    expires_at: v.expires_at,
    revoked_at: v.revoked_at,
    last_used_at: v.last_used_at,
  }),
);

const grant = statement((v: { tokenId: string; courseId: string }) =>
  tables
    .insertInto('token_courses')
    .values({ token_id: v.tokenId, course_id: v.courseId })
    .onConflict((conflict) => conflict.doNothing()),
);

const withCourses = tables
  .selectFrom('tokens')
  .selectAll('tokens')
  .select((one) =>
    one
      .selectFrom('token_courses')
      .whereRef('token_id', '=', 'tokens.id')
      .select(sql<string>`group_concat(course_id, ' ')`.as('courses'))
      .as('courses'),
  );

const find = statement((v: { id: string }) => withCourses.where('id', '=', v.id));
const findHash = statement((v: { hash: string }) =>
  withCourses
    .where('hash', '=', v.hash)
    .select((one) =>
      one
        .selectFrom('enrolments')
        .whereRef('enrolments.id', '=', 'tokens.learner_id')
        .select('deactivated_at')
        .as('suspended_at'),
    ),
);

const ofLearner = statement((v: { learnerId: string }) =>
  withCourses.where('learner_id', '=', v.learnerId).orderBy('place'),
);

const revokeLearner = statement((v: { learnerId: string; at: string }) =>
  tables
    .updateTable('tokens')
    .set({ revoked_at: v.at })
    .where('learner_id', '=', v.learnerId)
    .where('revoked_at', 'is', null),
);

const page = statement((v: { after: number; limit: number }) =>
  withCourses.where('place', '>', v.after).orderBy('place').limit(v.limit),
);

const pageOfCourses = statement((v: { after: number; limit: number; among: string }) =>
  withCourses
    .where('place', '>', v.after)
    .where('id', 'in', (one) =>
      one
        .selectFrom('token_courses')
        .where('course_id', 'in', elements(v.among))
        .select('token_id'),
    )
    .orderBy('place')
    .limit(v.limit),
);

const revoke = statement((v: { id: string; at: string }) =>
  tables
    .updateTable('tokens')
    .set({ revoked_at: v.at })
    .where('id', '=', v.id)
    .where('revoked_at', 'is', null),
);

const revokeOthers = statement((v: { label: string; hash: string; at: string }) =>
  tables
    .updateTable('tokens')
    .set({ revoked_at: v.at })
    .where('label', '=', v.label)
    .where('hash', '!=', v.hash)
    .where('revoked_at', 'is', null),
);

const revive = statement((v: { hash: string }) =>
  tables.updateTable('tokens').set({ revoked_at: null }).where('hash', '=', v.hash),
);

const touch = statement((v: { id: string; at: string }) =>
  tables.updateTable('tokens').set({ last_used_at: v.at }).where('id', '=', v.id),
);

export function insertToken(connection: Connection, token: TokenRow): void {
  connection.run(insert, {
    id: token.id,
    hash: token.hash,
    label: token.label,
    role: token.role,
    learner_id: token.learnerId ?? null,
    created_at: token.createdAt,
    expires_at: token.expiresAt ?? null,
    revoked_at: token.revokedAt ?? null,
    last_used_at: token.lastUsedAt ?? null,
  });
  for (const courseId of token.courseIds) grantCourse(connection, token.id, courseId);
}

export function grantCourse(connection: Connection, tokenId: string, courseId: string): void {
  connection.run(grant, { tokenId, courseId });
}

export function findToken(connection: Connection, id: string): Token | undefined {
  const row = connection.first(find, { id });
  return row && toToken(row);
}

export function findTokenByHash(connection: Connection, hash: string): TokenRow | undefined {
  const row = connection.first(findHash, { hash });
  if (row === undefined) return undefined;
  const suspended = row.suspended_at !== null;
  return { ...toToken(row), hash: row.hash, ...(suspended && { suspended }) };
}

/** `among`: only tokens that reach one of these courses. */
export function listTokens(
  connection: Connection,
  slice: Slice,
  among?: readonly string[],
): readonly Placed<Token>[] {
  const window = { after: slice.after ?? 0, limit: slice.limit };
  const rows =
    among === undefined
      ? connection.all(page, window)
      : connection.all(pageOfCourses, { ...window, among: JSON.stringify(among) });
  return rows.map((row) => ({ place: row.place, value: toToken(row) }));
}

export function revokeToken(connection: Connection, id: string, at: Instant): void {
  connection.run(revoke, { id, at });
}

export function learnerTokens(connection: Connection, learnerId: string): readonly Token[] {
  return connection.all(ofLearner, { learnerId }).map(toToken);
}

/** Ends all tokens that stand for the learner. */
export function revokeLearnerTokens(connection: Connection, learnerId: string, at: Instant): void {
  connection.run(revokeLearner, { learnerId, at });
}

export function adoptToken(connection: Connection, token: TokenRow): void {
  const { label, hash, createdAt: at } = token;
  connection.run(revokeOthers, { label, hash, at });
  if (connection.run(revive, { hash }) === 0) insertToken(connection, token);
}

export function touchTokens(connection: Connection, uses: ReadonlyMap<string, Instant>): void {
  for (const [id, at] of uses) connection.run(touch, { id, at });
}

function toToken(row: Row): Token {
  const { learner_id, expires_at, revoked_at, last_used_at, courses } = present(row);
  return {
    id: row.id,
    label: row.label,
    role: row.role,
    courseIds: courses === undefined ? [] : courses.split(' '),
    ...(learner_id !== undefined && { learnerId: learner_id }),
    createdAt: row.created_at,
    ...(expires_at !== undefined && { expiresAt: expires_at }),
    ...(revoked_at !== undefined && { revokedAt: revoked_at }),
    ...(last_used_at !== undefined && { lastUsedAt: last_used_at }),
  };
}
