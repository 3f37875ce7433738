import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the text, line ends as LF. */
  readonly checksum: string;
}

/** The package's own: the same folder seen from src/store and from dist/store. */
const migrationsFolder: string = fileURLToPath(new URL('../../migrations', import.meta.url));

/** `0001_start.sql` and on, in order. Throws when a number is missing or taken twice. */
export function readMigrations(folder: string = migrationsFolder): readonly Migration[] {
  const names = readdirSync(folder).filter((name) => /^\d{4}_[a-z0-9-]+\.sql$/.test(name));
  const migrations = names.sort().map((name) => readMigration(folder, name));
  for (const [index, { number, name }] of migrations.entries()) {
    if (number !== index + 1) throw new Error(`${name}: the migration before it is missing`);
  }
  return migrations;
}

function readMigration(folder: string, name: string): Migration {
  const sql = readFileSync(`${folder}/${name}`, 'utf8').replaceAll('\r\n', '\n');
  const checksum = createHash('sha256').update(sql).digest('hex');
  return { number: Number(name.slice(0, 4)), name, sql, checksum };
}
