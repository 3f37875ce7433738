import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadDriver } from '../../src/store/dialect.ts';
import { openStore, StoreError } from '../../src/store/index.ts';
import { tempFolder, tempStore } from './temp-folder.ts';

function refusal(file: string, exclusive = true): StoreError {
  try {
    openStore({ file, exclusive });
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
  throw new Error('it opened');
}

test('a folder that is not there is made', async () => {
  const store = tempStore({ file: join(tempFolder(), 'a', 'b', 'lab.db') });
  expect(await store.isEmpty()).toBe(true);
  await store.ping();
});

test('a file that is no database is refused by name and left as it is', () => {
  const file = join(tempFolder(), 'lab.db');
  writeFileSync(file, 'my holiday notes\n'.repeat(500));
  const error = refusal(file);
  expect(error.file).toBe(file);
  expect(error.message).toContain(file);
  expect(error.message).toContain('backup');
  expect(readFileSync(file, 'utf8')).toContain('my holiday notes');
});

test('a database with a damaged page is refused', async () => {
  const file = join(tempFolder(), 'lab.db');
  await openStore({ file }).close();
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(4096, 0xa5), 0, 4096, 4096 * 3);
  closeSync(handle);
  expect(refusal(file).message).toContain('damaged');
});

test("another program's database is refused", () => {
  const file = join(tempFolder(), 'lab.db');
  const other = new (loadDriver(file))(file);
  other.exec('CREATE TABLE holidays (day TEXT)');
  other.close();
  expect(refusal(file).message).toContain('not a database of Service Lab');
});

test('a folder that cannot be written is refused with what to do', () => {
  const blocker = join(tempFolder(), 'blocker');
  writeFileSync(blocker, '');
  const error = refusal(join(blocker, 'data', 'lab.db'));
  expect(error.message).toContain('DATA_DIR');
});

test('a folder in the place of the file is refused', () => {
  const file = join(tempFolder(), 'lab.db');
  mkdirSync(file);
  expect(refusal(file).file).toBe(file);
});

test('a second process on the same store is refused, and may come when the first has gone', async () => {
  const file = join(tempFolder(), 'lab.db');
  const first = openStore({ file });
  expect(openElsewhere(file)).toContain('another Service Lab process');
  await first.close();
  expect(openElsewhere(file)).toBe('opened');
});

test('a lock ends with the process that held it', () => {
  const file = join(tempFolder(), 'lab.db');
  expect(openElsewhere(file, 'process.exit(0)')).toBe('opened');
  expect(openElsewhere(file)).toBe('opened');
});

test('a tool may open the store beside the server, unless it is older', async () => {
  const file = join(tempFolder(), 'lab.db');
  expect(refusal(file, false).message).toContain('service-lab migrate');
  const server = openStore({ file });
  const tool = openStore({ file, exclusive: false });
  await tool.addCourse({ id: 'c', title: 'C', timeZone: 'UTC', revision: 1, createdAt: 't' }, {});
  expect(await server.course('c')).toMatchObject({ id: 'c', title: 'C', timeZone: 'UTC' });
  await tool.close();
  await server.close();
});

/** Opens the store in another process; says `opened` or why not. */
function openElsewhere(file: string, ending = ''): string {
  const script = `
    const { openStore } = await import(${JSON.stringify(new URL('../../src/store/index.ts', import.meta.url).href)});
    try {
      const store = openStore({ file: ${JSON.stringify(file)} });
      process.stdout.write('opened');
      ${ending}
      await store.close();
    } catch (error) {
      process.stdout.write(error.message);
    }`;
  const run = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', script],
    {
      encoding: 'utf8',
      cwd: new URL('../..', import.meta.url).pathname,
    },
  );
  return run.stdout || run.stderr;
}
