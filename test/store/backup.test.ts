import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backupStore, openStore, restoreStore, StoreError } from '../../src/store/index.ts';
import { tempFolder } from './temp-folder.ts';

const now = new Date('2026-05-01T10:00:00.000Z');
const course = (id: string) => ({
  id,
  title: id,
  timeZone: 'UTC',
  revision: 1,
  createdAt: now.toISOString(),
});

async function storeWith(file: string, ...ids: string[]) {
  const store = openStore({ file });
  for (const id of ids) await store.addCourse(course(id), {});
  return store;
}

describe('a backup', () => {
  it('holds what was acknowledged, though the server still holds the store', async () => {
    const folder = tempFolder();
    const file = join(folder, 'lab.db');
    const store = await storeWith(file, 'one', 'two');
    backupStore(file, join(folder, 'copy.db'));
    await store.addCourse(course('later'), {});
    await store.close();
    const copy = openStore({ file: join(folder, 'copy.db') });
    const found = (await copy.courses({ limit: 10 })).map(({ value }) => value.id);
    await copy.close();
    expect(found).toEqual(['one', 'two']);
  });

  it('is for its owner alone, and leaves nothing unfinished behind', async () => {
    const folder = tempFolder();
    await (await storeWith(join(folder, 'lab.db'), 'one')).close();
    backupStore(join(folder, 'lab.db'), join(folder, 'copy.db'));
    expect(statSync(join(folder, 'copy.db')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => name.includes('unfinished'))).toEqual([]);
  });

  it('never overwrites, and wants a store to copy', async () => {
    const folder = tempFolder();
    await (await storeWith(join(folder, 'lab.db'), 'one')).close();
    writeFileSync(join(folder, 'copy.db'), 'mine');
    expect(() => backupStore(join(folder, 'lab.db'), join(folder, 'copy.db'))).toThrow(StoreError);
    expect(readFileSync(join(folder, 'copy.db'), 'utf8')).toBe('mine');
    expect(() => backupStore(join(folder, 'none.db'), join(folder, 'c.db'))).toThrow(StoreError);
  });
});

describe('a restore', () => {
  it('puts the backup in place and keeps what was there, its log included', async () => {
    const folder = tempFolder();
    const file = join(folder, 'lab.db');
    await (await storeWith(file, 'one')).close();
    backupStore(file, join(folder, 'copy.db'));
    await (await storeWith(file, 'later')).close();
    const { before } = restoreStore(join(folder, 'copy.db'), file, { replace: true, now });
    expect(await ids(file)).toEqual(['one']);
    expect(before).toBeDefined();
    expect(await ids(before ?? '')).toEqual(['one', 'later']);
  });

  it('refuses what would lose something, and changes nothing then', async () => {
    const folder = tempFolder();
    const file = join(folder, 'lab.db');
    const store = await storeWith(file, 'one');
    backupStore(file, join(folder, 'copy.db'));
    const put = (backup: string, replace = true) => restoreStore(backup, file, { replace, now });
    expect(() => put(join(folder, 'copy.db'))).toThrow(/another Service Lab process/);
    await store.close();
    expect(() => put(join(folder, 'copy.db'), false)).toThrow(/--replace/);
    writeFileSync(join(folder, 'torn.db'), readFileSync(join(folder, 'copy.db')).subarray(0, 9000));
    writeFileSync(join(folder, 'text.db'), 'no database');
    writeFileSync(join(folder, 'empty.db'), '');
    for (const bad of ['torn.db', 'text.db', 'empty.db', 'none.db']) {
      expect(() => put(join(folder, bad)), bad).toThrow(StoreError);
    }
    expect(await ids(file)).toEqual(['one']);
    expect(existsSync(`${file}.unfinished`)).toBe(false);
  });
});

async function ids(file: string): Promise<string[]> {
  const store = openStore({ file });
  const found = (await store.courses({ limit: 10 })).map(({ value }) => value.id);
  await store.close();
  return found;
}
