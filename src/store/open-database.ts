import { accessSync, chmodSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { errorCode, loadDriver, pragmas } from './dialect.ts';
import { lockStore } from './lock.ts';
import { migrate, pendingMigrations } from './migrate.ts';
import { type Migration, readMigrations } from './migrations.ts';
import { StoreError } from './store-error.ts';

/** Files up to this many bytes are checked whole at every start: well under a second. */
const checkedBytes = 64 * 1024 * 1024;

/** Answers, names and hashes of tokens are in it: nobody else's business on a shared machine. */
const ownerOnly = 0o600;

export interface OpenOptions {
  /** Path of the database; its folder is made. `:memory:` for none. */
  readonly file: string;
  /** Whether this process must be the only one, as a server must. Default true. */
  readonly exclusive?: boolean;
  readonly now?: () => Date;
  /** Default: those of the package. */
  readonly migrations?: readonly Migration[];
}

export interface OpenedDatabase {
  readonly database: BetterSqlite3.Database;
  /** Closes what was opened beside the database. */
  readonly unlock: () => void;
}

/** Opened, sound, and as the newest migration leaves it; else a StoreError and nothing changed. */
export function openDatabase(options: OpenOptions): OpenedDatabase {
  const { file } = options;
  const Driver = loadDriver(file);
  let unlock = () => {};
  let database: BetterSqlite3.Database | undefined;
  try {
    if (file !== ':memory:') {
      ensureWritable(file);
      if (options.exclusive ?? true) unlock = lockStore(file, Driver);
    }
    const fresh = file !== ':memory:' && !existsSync(file);
    database = new Driver(file);
    if (fresh) chmodSync(file, ownerOnly);
    prepare(database, options);
    return { database, unlock };
  } catch (error) {
    database?.close();
    unlock();
    throw explain(file, error);
  }
}

function prepare(database: BetterSqlite3.Database, options: OpenOptions): void {
  const pending = pendingMigrations(database, options.migrations ?? readMigrations());
  checkSoundness(database);
  for (const pragma of pragmas) database.pragma(pragma);
  if (pending.length === 0) return;
  if (options.exclusive === false) {
    const remedy = 'Start the server once, or run `service-lab migrate`, then try again.';
    throw new StoreError(options.file, 'the store is older than this version.', remedy);
  }
  migrate(database, pending, options.now ?? (() => new Date()));
}

function ensureWritable(file: string): void {
  const folder = dirname(file);
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
    if (existsSync(file)) accessSync(file, constants.W_OK);
  } catch (cause) {
    const remedy =
      'Give the account that runs Service Lab the right to write there, or set DATA_DIR to another folder.';
    throw new StoreError(file, `it or its folder ${folder} cannot be written.`, remedy, { cause });
  }
}

/** Makes a folder and those above it, for this account's eyes only. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

function checkSoundness(database: BetterSqlite3.Database): void {
  if (database.name === ':memory:' || statSync(database.name).size > checkedBytes) return;
  const found = database.pragma('quick_check(1)', { simple: true });
  if (found !== 'ok') throw damaged(database.name, found);
}

const explanations: readonly (readonly [prefix: string, problem: string, remedy: string])[] = [
  ['SQLITE_FULL', 'the disk is full.', 'Free some space, then start again. Nothing was lost.'],
  [
    'SQLITE_READONLY',
    'the file is read-only.',
    'Give the account that runs Service Lab the right to write it.',
  ],
  [
    'SQLITE_CANTOPEN',
    'the file cannot be opened.',
    'Check that it is a file this account may read and write.',
  ],
  ['SQLITE_BUSY', 'another program holds the file.', 'Close that program, then start again.'],
  ['SQLITE_IOERR', 'reading or writing the file failed.', 'Check the disk it lies on.'],
];

function explain(file: string, error: unknown): unknown {
  const code = errorCode(error);
  if (error instanceof StoreError || code === '') return error;
  const known = explanations.find(([prefix]) => code.startsWith(prefix));
  return known === undefined
    ? damaged(file, error)
    : new StoreError(file, known[1], known[2], { cause: error });
}

function damaged(file: string, cause: unknown): StoreError {
  const remedy =
    'Put back your last backup, or move the file away to start empty. Nothing was changed.';
  return new StoreError(file, 'the database is damaged or no database at all.', remedy, { cause });
}
