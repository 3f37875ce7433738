import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Connection } from '../../src/store/connection.ts';
import { loadDriver, pragmas, tables } from '../../src/store/dialect.ts';
import { GroupCommit } from '../../src/store/group-commit.ts';
import { readMigrations } from '../../src/store/migrations.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { statement } from '../../src/store/statement.ts';
import { tempFolder } from './temp-folder.ts';

const insert = statement((v: { id: string; title: string }) =>
  tables
    .insertInto('courses')
    .values({ id: v.id, title: v.title, time_zone: 'UTC', revision: 1, created_at: 't' }),
);
const list = statement((_: object) => tables.selectFrom('courses').select('id').orderBy('place'));

function bed() {
  const file = join(tempFolder(), 'lab.db');
  const { database, unlock } = openDatabase({ file, migrations: readMigrations() });
  const connection = new Connection(database);
  const commits = new GroupCommit(connection);
  const begun: string[] = [];
  const command = connection.command.bind(connection);
  connection.command = (sql) => {
    begun.push(sql);
    command(sql);
  };
  onTestFinished(() => {
    connection.close();
    unlock();
  });
  const add = (id: string, title = id) =>
    commits.write(() => connection.run(insert, { id, title }));
  const ids = () => connection.all(list, {}).map((row) => row.id);
  return { file, database, connection, commits, begun, add, ids };
}

/** The ids in a copy of the files as they lie on the disk now: what a crash would leave. */
function idsAfterCrash(file: string): string[] {
  const copy = join(tempFolder(), 'copy.db');
  for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, copy + end);
  const database = new (loadDriver(copy))(copy);
  const rows = database.prepare('SELECT id FROM courses ORDER BY place').all() as { id: string }[];
  database.close();
  return rows.map(({ id }) => id);
}

test('a commit is a durable one', () => {
  const { database } = bed();
  expect(database.pragma('synchronous', { simple: true })).toBe(2);
  expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(pragmas).toContain('synchronous = FULL');
});

test('writes that arrive together share one transaction', async () => {
  const { add, begun, ids } = bed();
  await Promise.all(['a', 'b', 'c'].map((id) => add(id)));
  expect(begun.filter((sql) => sql.startsWith('BEGIN'))).toHaveLength(1);
  expect(ids()).toEqual(['a', 'b', 'c']);
});

test('a caller is answered only when its write would survive a crash', async () => {
  const { file, add } = bed();
  const waiting = add('a').then(() => idsAfterCrash(file));
  expect(idsAfterCrash(file)).toEqual([]);
  expect(await waiting).toEqual(['a']);
});

test('a write that fails fails alone, and leaves nothing', async () => {
  const { add, commits, connection, ids } = bed();
  const thrown = new Error('half done');
  const results = await Promise.allSettled([
    add('a'),
    commits.write(() => {
      connection.run(insert, { id: 'half', title: 'half' });
      throw thrown;
    }),
    add('a', 'again'),
    add('b'),
  ]);
  expect(results.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'rejected',
    'fulfilled',
  ]);
  expect(results[1]).toMatchObject({ reason: thrown });
  expect(results[2]).toMatchObject({ reason: { code: 'conflict' } });
  expect(ids()).toEqual(['a', 'b']);
});

test('a full disk refuses the batch, keeps nothing of it, and is over when there is room', async () => {
  const { database, add, ids } = bed();
  await add('before');
  const pages = database.pragma('page_count', { simple: true }) as number;
  database.pragma(`max_page_count = ${pages}`);
  const results = await Promise.allSettled([add('small'), add('big', 'x'.repeat(100_000))]);
  for (const result of results) {
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'store-unavailable' } });
  }
  expect(ids()).toEqual(['before']);
  database.pragma('max_page_count = 1000000');
  await add('after');
  expect(ids()).toEqual(['before', 'after']);
});

test('a store that may not write says so', async () => {
  const { database, add, ids } = bed();
  database.pragma('query_only = ON');
  await expect(add('a')).rejects.toMatchObject({ code: 'store-unavailable' });
  database.pragma('query_only = OFF');
  expect(ids()).toEqual([]);
});

test('the queue can be seen, and closing commits it', async () => {
  const { add, commits, ids } = bed();
  const writes = [add('a'), add('b')];
  expect(commits.length).toBe(2);
  commits.close();
  expect(commits.length).toBe(0);
  await Promise.all(writes);
  expect(ids()).toEqual(['a', 'b']);
  await expect(add('late')).rejects.toMatchObject({ code: 'store-unavailable' });
});

test('more writes than one commit carries are all kept, in order', async () => {
  const { add, ids } = bed();
  const wanted = Array.from({ length: 700 }, (_, index) => `c${index}`);
  await Promise.all(wanted.map((id) => add(id)));
  expect(ids()).toEqual(wanted);
});
