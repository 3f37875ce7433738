import type { Instant } from '../gradebook/course.ts';
import type { Placed, Slice } from '../gradebook/ports.ts';
import type { Invitation } from '../gradebook/roster/invitation.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import { present } from './row.ts';
import type { Schema } from './schema.ts';
import { statement } from './statement.ts';

type Columns = Omit<Schema['invitations'], 'place'>;
type Row = Columns & { place: number };

const insert = statement((v: Columns) =>
  tables.insertInto('invitations').values({
    id: v.id,
    course_id: v.course_id,
    hash: v.hash,
    label: v.label,
    role: v.role,
    section_id: v.section_id,
    uses: v.uses,
    most_uses: v.most_uses,
    expires_at: v.expires_at,
    revoked_at: v.revoked_at,
    token_id: v.token_id,
    created_at: v.created_at,
  }),
);

const all = tables.selectFrom('invitations').selectAll();

const find = statement((v: { courseId: string; id: string }) =>
  all.where('course_id', '=', v.courseId).where('id', '=', v.id),
);

const findHash = statement((v: { hash: string }) => all.where('hash', '=', v.hash));

const page = statement((v: { courseId: string; after: number; limit: number }) =>
  all
    .where('course_id', '=', v.courseId)
    .where('place', '>', v.after)
    .orderBy('place')
    .limit(v.limit),
);

const revoke = statement((v: { id: string; at: string }) =>
  tables
    .updateTable('invitations')
    .set({ revoked_at: v.at })
    .where('id', '=', v.id)
    .where('revoked_at', 'is', null),
);

const count = statement((v: { id: string }) =>
  tables
    .updateTable('invitations')
    .set((one) => ({ uses: one('uses', '+', 1) }))
    .where('id', '=', v.id)
    .where('revoked_at', 'is', null)
    .where((one) => one.or([one('most_uses', 'is', null), one('uses', '<', one.ref('most_uses'))])),
);

export function insertInvitation(connection: Connection, one: Invitation, hash: string): void {
  connection.run(insert, {
    id: one.id,
    course_id: one.courseId,
    hash,
    label: one.label,
    role: one.role,
    section_id: one.sectionId ?? null,
    uses: one.uses,
    most_uses: one.mostUses ?? null,
    expires_at: one.expiresAt ?? null,
    revoked_at: one.revokedAt ?? null,
    token_id: one.tokenId,
    created_at: one.createdAt,
  });
}

export function findInvitation(
  connection: Connection,
  courseId: string,
  id: string,
): Invitation | undefined {
  const row = connection.first(find, { courseId, id });
  return row && toInvitation(row);
}

export function findInvitationByHash(connection: Connection, hash: string): Invitation | undefined {
  const row = connection.first(findHash, { hash });
  return row && toInvitation(row);
}

export function listInvitations(
  connection: Connection,
  courseId: string,
  slice: Slice,
): readonly Placed<Invitation>[] {
  const rows = connection.all(page, { courseId, after: slice.after ?? 0, limit: slice.limit });
  return rows.map((row) => ({ place: row.place, value: toInvitation(row) }));
}

/** Whether it was in force until then. */
export function revokeInvitation(connection: Connection, id: string, at: Instant): boolean {
  return connection.run(revoke, { id, at }) === 1;
}

/** One use more; false when none is left. */
export function countInvitation(connection: Connection, id: string): boolean {
  return connection.run(count, { id }) === 1;
}

function toInvitation(row: Row): Invitation {
  const { section_id, most_uses, expires_at, revoked_at } = present(row);
  return {
    ...{ id: row.id, courseId: row.course_id, label: row.label, role: row.role },
    ...(section_id !== undefined && { sectionId: section_id }),
    uses: row.uses,
    ...(most_uses !== undefined && { mostUses: most_uses }),
    ...(expires_at !== undefined && { expiresAt: expires_at }),
    ...(revoked_at !== undefined && { revokedAt: revoked_at }),
    ...{ tokenId: row.token_id, createdAt: row.created_at },
  };
}
