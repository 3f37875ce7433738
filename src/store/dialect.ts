import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';
import {
  DummyDriver,
  type Expression,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely';
import { Refusal } from '../gradebook/refusal.ts';
import type { Schema } from './schema.ts';
import { StoreError } from './store-error.ts';

/*
 * All that is SQLite's and not SQL's. Another database takes this file's place, with a connection
 * that runs the same compiled statements.
 */

/** Builds typed SQL and compiles it; runs nothing itself. */
export const tables = new Kysely<Schema>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

/** The values of a list that is bound as one parameter, a JSON array, so the SQL stays the same. */
export function elements(list: string): Expression<string> {
  return sql<string>`(select value from json_each(${list}))`;
}

/** What makes a commit mean "on disk", and readers never wait for the writer. */
export const pragmas = [
  'journal_mode = WAL',
  'synchronous = FULL',
  'foreign_keys = ON',
  'busy_timeout = 2000',
  'temp_store = MEMORY',
  'wal_autocheckpoint = 4000',
  'cache_size = -65536',
] as const;

/**
 * better-sqlite3 13 crashes below Node-API 10 and 12 crashes above Node 24.18, so both are
 * optional dependencies and npm installs the one that fits.
 */
export function loadDriver(file: string): typeof BetterSqlite3 {
  const name = Number(process.versions.napi) >= 10 ? 'better-sqlite3' : 'better-sqlite3-node20';
  try {
    return createRequire(import.meta.url)(name) as typeof BetterSqlite3;
  } catch (cause) {
    const remedy =
      'On Node 20 it is compiled at install: have python3, make and a C++ compiler, then run npm ci again; or use Node 22.14 or newer, which needs none.';
    throw new StoreError(file, `the SQLite driver "${name}" is not installed.`, remedy, { cause });
  }
}

/** The driver's error code, such as SQLITE_FULL; empty for errors that are not the driver's. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : '';
}

const unavailable: readonly (readonly [prefix: string, reason: string])[] = [
  ['SQLITE_FULL', 'its disk is full'],
  ['SQLITE_READONLY', 'its file or folder is read-only'],
  ['SQLITE_IOERR', 'reading or writing its file failed'],
  ['SQLITE_CORRUPT', 'its file is damaged'],
  ['SQLITE_NOTADB', 'its file is damaged'],
  ['SQLITE_CANTOPEN', 'its file cannot be opened'],
  ['SQLITE_BUSY', 'another program holds its file'],
  ['SQLITE_LOCKED', 'another program holds its file'],
];

/** Why the store as a whole cannot answer; undefined when the error concerns one statement. */
export function unavailableReason(error: unknown): string | undefined {
  const code = errorCode(error);
  return unavailable.find(([prefix]) => code.startsWith(prefix))?.[1];
}

/** The driver's errors in the gradebook's words; other errors as they are. */
export function translate(error: unknown): unknown {
  const reason = unavailableReason(error);
  if (reason !== undefined) return storeUnavailable(reason, error);
  const code = errorCode(error);
  if (code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY') {
    return new Refusal('conflict', 'That name is already taken.');
  }
  if (code === 'SQLITE_CONSTRAINT_TRIGGER') return triggerRefusal(error) ?? error;
  return error;
}

/** What the triggers of the migrations refuse in anybody's name. */
function triggerRefusal(error: unknown): Refusal | undefined {
  const { message } = error as Error;
  if (message === 'course-archived') {
    return new Refusal('archived', 'The course is archived: it can be read, not written.');
  }
  if (message === 'learner-erased') {
    return new Refusal('forbidden', 'This person was erased from the course.');
  }
  return undefined;
}

export function storeUnavailable(reason: string, cause?: unknown): Refusal {
  const refusal = new Refusal(
    'store-unavailable',
    `The store cannot do this now: ${reason}. Nothing was written.`,
  );
  refusal.cause = cause;
  return refusal;
}
