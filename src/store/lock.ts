import type BetterSqlite3 from 'better-sqlite3';
import { errorCode } from './dialect.ts';
import { StoreError } from './store-error.ts';

/**
 * Holds a store for this process alone, by a lock of the operating system on a file beside it: it
 * ends with the process, however that ends. Returns what lets it go.
 */
export function lockStore(file: string, Driver: typeof BetterSqlite3): () => void {
  const lock = new Driver(`${file}.lock`, { timeout: 0 });
  try {
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    if (!errorCode(cause).startsWith('SQLITE_BUSY')) throw cause;
    const remedy = 'Stop the other one first, or give this one another DATA_DIR.';
    throw new StoreError(file, 'another Service Lab process is using this store.', remedy, {
      cause,
    });
  }
  return () => {
    lock.close();
  };
}
