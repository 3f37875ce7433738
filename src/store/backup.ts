import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { loadDriver } from './dialect.ts';
import { lockStore } from './lock.ts';
import { pendingMigrations } from './migrate.ts';
import { readMigrations } from './migrations.ts';
import { StoreError } from './store-error.ts';

/** Answers, names and hashes of tokens are in a backup, too. */
const ownerOnly = 0o600;

/**
 * Writes the store as it stands at one moment into a new file, whole and checked, beside a server
 * that goes on writing (SQLite's VACUUM INTO reads one snapshot and holds no writer up). The file
 * gets its name only when it is complete and on disk. Throws a StoreError when `target` is there
 * already, or the store is not.
 */
export function backupStore(file: string, target: string): void {
  if (!existsSync(file)) {
    throw new StoreError(file, 'there is no store.', 'Set DATA_DIR to the folder that holds it.');
  }
  if (existsSync(target)) {
    const remedy = 'Name another file: a backup never overwrites.';
    throw new StoreError(target, 'this file is there already.', remedy);
  }
  const Driver = loadDriver(file);
  const unfinished = `${target}.unfinished`;
  rmSync(unfinished, { force: true });
  const database = new Driver(file, { fileMustExist: true, timeout: 10_000 });
  try {
    database.prepare('VACUUM INTO ?').run(unfinished);
  } finally {
    database.close();
  }
  chmodSync(unfinished, ownerOnly);
  checkWhole(unfinished);
  settleOnDisk(unfinished);
  renameSync(unfinished, target);
  settleOnDisk(dirname(target));
}

/** What a restore did. */
export interface Restored {
  /** Where the store that was there before lies now. */
  readonly before?: string;
}

/**
 * Puts a backup in the place of the store, which must not be in use. What was there before is moved
 * aside under a new name, never deleted. Refuses a file that is damaged, is no store, or is of a
 * newer version; and a store that is there already unless `replace` says so.
 */
export function restoreStore(
  backup: string,
  file: string,
  options: { readonly replace: boolean; readonly now: Date },
): Restored {
  if (!existsSync(backup)) {
    throw new StoreError(backup, 'there is no such file.', 'Name the file of a backup.');
  }
  checkWhole(backup);
  const unlock = lockStore(file, loadDriver(file));
  try {
    const there = existsSync(file);
    if (there && !options.replace) {
      const remedy = 'Say --replace to put the backup in its place; it is then kept beside it.';
      throw new StoreError(file, 'there is a store already.', remedy);
    }
    const unfinished = `${file}.unfinished`;
    copyFileSync(backup, unfinished);
    chmodSync(unfinished, ownerOnly);
    settleOnDisk(unfinished);
    const before = there ? moveAside(file, options.now) : undefined;
    renameSync(unfinished, file);
    settleOnDisk(dirname(file));
    return before === undefined ? {} : { before };
  } finally {
    unlock();
  }
}

/** With the write-ahead log that belongs to it: both under the new name, so that they stay one. */
function moveAside(file: string, now: Date): string {
  const stamp = now.toISOString().replaceAll(/[:.]/g, '-');
  const aside = `${file}.before-${stamp}`;
  for (const suffix of ['-wal', '-shm', '']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  }
  return aside;
}

/** Reads all of a file that should be a store this version can open. */
function checkWhole(file: string): void {
  const Driver = loadDriver(file);
  const remedy = 'Use another backup. Nothing was changed.';
  let database: InstanceType<typeof Driver> | undefined;
  try {
    database = new Driver(file, { readonly: true, fileMustExist: true });
    const found = database.pragma('integrity_check(1)', { simple: true });
    if (found !== 'ok') throw new StoreError(file, `it is damaged: ${String(found)}.`, remedy);
    if (pendingMigrations(database, readMigrations()).length === readMigrations().length) {
      throw new StoreError(file, 'it is an empty database, no store.', remedy);
    }
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    throw new StoreError(file, 'it is damaged or no store at all.', remedy, { cause });
  } finally {
    database?.close();
  }
}

/** A file's bytes, or a folder's names, are on disk when this returns (fsync(2)). */
function settleOnDisk(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
