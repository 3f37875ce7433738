import type { Instant } from '../gradebook/course.ts';
import type { LaunchRow, LaunchStore } from '../gradebook/launch/launch.ts';
import { keepBeside } from './audit.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import type { GroupCommit } from './group-commit.ts';
import type { Schema } from './schema.ts';
import { statement } from './statement.ts';
import { insertToken } from './tokens.ts';

type Columns = Omit<Schema['launches'], 'place' | 'used_at'>;

const insert = statement((v: Columns) =>
  tables.insertInto('launches').values({
    id: v.id,
    hash: v.hash,
    course_id: v.course_id,
    assignment_id: v.assignment_id,
    learner_id: v.learner_id,
    token_minutes: v.token_minutes,
    expires_at: v.expires_at,
    token_id: v.token_id,
    created_at: v.created_at,
  }),
);

const find = statement((v: { hash: string; now: Instant }) =>
  tables
    .selectFrom('launches')
    .selectAll()
    .where('hash', '=', v.hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', v.now),
);

const use = statement((v: { hash: string; now: Instant }) =>
  tables
    .updateTable('launches')
    .set({ used_at: v.now })
    .where('hash', '=', v.hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', v.now),
);

const forget = statement((v: { before: Instant }) =>
  tables.deleteFrom('launches').where('expires_at', '<', v.before),
);

type Write = GroupCommit['write'];
type Read = <T>(work: () => T) => Promise<T>;

export function launchMethods(connection: Connection, read: Read, write: Write): LaunchStore {
  return {
    addLaunch: (launch, beside) =>
      write(() => {
        insertLaunch(connection, launch);
        keepBeside(connection, beside);
      }),
    launch: (hash, now) =>
      read(() => {
        const row = connection.first(find, { hash, now });
        return row && toLaunch(row);
      }),
    openLaunch: (hash, now, token, beside) =>
      write(() => {
        if (connection.run(use, { hash, now }) !== 1) return false;
        insertToken(connection, token);
        keepBeside(connection, beside);
        return true;
      }),
    forgetLaunches: (before) =>
      write(() => {
        connection.run(forget, { before });
      }),
  };
}

function insertLaunch(connection: Connection, launch: LaunchRow): void {
  connection.run(insert, {
    id: launch.id,
    hash: launch.hash,
    course_id: launch.courseId,
    assignment_id: launch.assignmentId,
    learner_id: launch.learnerId,
    token_minutes: launch.tokenMinutes,
    expires_at: launch.expiresAt,
    token_id: launch.tokenId,
    created_at: launch.createdAt,
  });
}

function toLaunch(row: Columns): LaunchRow {
  return {
    id: row.id,
    hash: row.hash,
    courseId: row.course_id,
    assignmentId: row.assignment_id,
    learnerId: row.learner_id,
    tokenMinutes: row.token_minutes,
    expiresAt: row.expires_at,
    tokenId: row.token_id,
    createdAt: row.created_at,
  };
}
