import type BetterSqlite3 from 'better-sqlite3';
import type { Migration } from './migrations.ts';
import { StoreError } from './store-error.ts';

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
}

const history = `CREATE TABLE IF NOT EXISTS schema_migrations (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  checksum TEXT NOT NULL,
  applied_at TEXT NOT NULL
) STRICT`;

/** Migrations the file has not seen. Refuses a file that is not ours, is newer, or differs. */
export function pendingMigrations(
  database: BetterSqlite3.Database,
  migrations: readonly Migration[],
): readonly Migration[] {
  const applied = appliedMigrations(database);
  for (const one of applied) {
    const known = migrations.find(({ number }) => number === one.number);
    if (known === undefined) refuseNewer(database.name, one);
    if (known.checksum !== one.checksum) refuseChanged(database.name, known);
  }
  return migrations.slice(applied.length);
}

/** Applies them, one transaction each: after a failure the file is as the last good one left it. */
export function migrate(
  database: BetterSqlite3.Database,
  pending: readonly Migration[],
  now: () => Date,
): void {
  if (pending.length === 0) return;
  database.exec(history);
  const note = database.prepare('INSERT INTO schema_migrations VALUES (?, ?, ?, ?)');
  const apply = database.transaction((one: Migration) => {
    database.exec(one.sql);
    note.run(one.number, one.name, one.checksum, now().toISOString());
  });
  for (const one of pending) apply.immediate(one);
}

function appliedMigrations(database: BetterSqlite3.Database): readonly Applied[] {
  const names = database
    .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
    .all()
    .map(({ name }) => name);
  if (names.includes('schema_migrations')) {
    return database
      .prepare<[], Applied>('SELECT number, name, checksum FROM schema_migrations ORDER BY number')
      .all();
  }
  if (names.length > 0) {
    const remedy = 'Move it away, or set DATA_DIR to another folder.';
    throw new StoreError(database.name, 'this is not a database of Service Lab.', remedy);
  }
  return [];
}

function refuseNewer(file: string, one: Applied): never {
  const remedy =
    'Start that newer version, or put back the backup made before it. Nothing was changed.';
  throw new StoreError(file, `a newer Service Lab wrote this store (it has ${one.name}).`, remedy);
}

function refuseChanged(file: string, known: Migration): never {
  const problem = `migration ${known.name} is not the one this store was made with.`;
  const remedy = 'Released migrations never change: install an unmodified version.';
  throw new StoreError(file, problem, remedy);
}
