import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadDriver } from '../../src/store/dialect.ts';
import { openStore, StoreError } from '../../src/store/index.ts';
import { type Migration, readMigrations } from '../../src/store/migrations.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { tempFolder } from './temp-folder.ts';

const migrations = readMigrations();

function extra(sql: string, checksum = 'c'): Migration {
  const number = migrations.length + 1;
  return { number, name: `000${number}_extra.sql`, sql, checksum };
}

function openAndClose(file: string, using: readonly Migration[] = migrations): void {
  const { database, unlock } = openDatabase({ file, migrations: using });
  database.close();
  unlock();
}

function query(file: string, sql: string): unknown[] {
  const database = new (loadDriver(file))(file);
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}

describe('migrations', () => {
  test('run once, in order, and are noted with their checksums', () => {
    const file = join(tempFolder(), 'lab.db');
    openAndClose(file);
    openAndClose(file);
    const noted = query(file, 'SELECT number, name, checksum FROM schema_migrations');
    expect(noted).toEqual(
      migrations.map(({ number, name, checksum }) => ({ number, name, checksum })),
    );
  });

  test('a later one is applied to an older store, which keeps its rows', () => {
    const file = join(tempFolder(), 'lab.db');
    openAndClose(file);
    const driver = new (loadDriver(file))(file);
    driver.exec("INSERT INTO courses (id, title, created_at) VALUES ('c', 'C', 't')");
    driver.close();
    openAndClose(file, [...migrations, extra('ALTER TABLE courses ADD COLUMN nickname TEXT')]);
    expect(query(file, 'SELECT id, nickname FROM courses')).toEqual([{ id: 'c', nickname: null }]);
  });

  test('one that fails leaves the store as the one before it did', () => {
    const file = join(tempFolder(), 'lab.db');
    const broken = extra('CREATE TABLE half (a TEXT) STRICT; SELECT nonsense FROM nowhere;');
    expect(() => openAndClose(file, [...migrations, broken])).toThrow();
    expect(query(file, "SELECT name FROM sqlite_master WHERE name = 'half'")).toEqual([]);
    expect(query(file, 'SELECT count(*) AS n FROM schema_migrations')).toEqual([
      { n: migrations.length },
    ]);
    openAndClose(file);
  });

  test('a store of a newer version is refused by name, and left alone', () => {
    const file = join(tempFolder(), 'lab.db');
    openAndClose(file, [...migrations, extra('CREATE TABLE future (a TEXT) STRICT')]);
    expect(() => openStore({ file })).toThrow(StoreError);
    expect(() => openStore({ file })).toThrow(/lab\.db: a newer Service Lab/);
  });

  test('a migration that is not the one applied is refused', () => {
    const file = join(tempFolder(), 'lab.db');
    openAndClose(file, [...migrations, extra('CREATE TABLE more (a TEXT) STRICT', 'before')]);
    const changed = [...migrations, extra('CREATE TABLE more (a TEXT) STRICT', 'after')];
    expect(() => openAndClose(file, changed)).toThrow(StoreError);
  });

  test('a gap in the numbers is found', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, '0001_one.sql'), 'SELECT 1;');
    writeFileSync(join(folder, '0003_three.sql'), 'SELECT 3;');
    expect(() => readMigrations(folder)).toThrow(/0003_three/);
  });

  test('line ends do not change a checksum', () => {
    const [unix, windows] = [tempFolder(), tempFolder()];
    writeFileSync(join(unix, '0001_one.sql'), 'SELECT 1;\nSELECT 2;\n');
    writeFileSync(join(windows, '0001_one.sql'), 'SELECT 1;\r\nSELECT 2;\r\n');
    expect(readMigrations(windows)).toEqual(readMigrations(unix));
  });

  test('every table is STRICT', () => {
    const file = join(tempFolder(), 'lab.db');
    openAndClose(file);
    const loose = query(
      file,
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'",
    );
    expect(loose).toEqual([]);
  });
});
