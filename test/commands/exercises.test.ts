import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { exercisesCommand } from '../../src/commands/exercises.ts';

const folder = mkdtempSync(join(tmpdir(), 'workshop-'));
let printed = '';

beforeAll(() => {
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
});
afterEach(() => {
  process.exitCode = 0;
});
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** What a command line prints, and how it ends. */
async function run(...args: readonly string[]) {
  printed = '';
  process.exitCode = 0;
  await exercisesCommand().parseAsync(['node', 'exercises', ...args, '--folder', folder]);
  return { printed, exit: process.exitCode };
}

const definition = join(folder, '010-calls', 'exercise.yaml');
const change = (from: string, to: string): void =>
  writeFileSync(definition, readFileSync(definition, 'utf8').replace(from, to));

it('an author goes from nothing to a second version', { timeout: 300_000 }, async () => {
  await run('new', '--id', 'calls', '--title', 'Who calls: whom?', '--kind', 'commands');
  expect(readdirSync(folder)).toEqual(['010-calls']);
  await expect(run('new', '--id', 'calls', '--title', 'T')).rejects.toThrow(/is there already/);
  await expect(run('new', '--id', 'No Id', '--title', 'T')).rejects.toThrow(/lower-case/);

  expect(await run('lint')).toMatchObject({ exit: 0 });
  change('minutes: 15', 'minutes: 15\nminuets: 15');
  const { exit, printed: told } = await run('lint', 'calls');
  expect(exit).toBe(1);
  expect(told).toMatch(/^010-calls\/exercise\.yaml:\d+:\d+: unloadable: minuets/m);
  change('\nminuets: 15', '');

  const view = JSON.parse((await run('preview', 'calls', '--seed', 'ada', '--json')).printed);
  expect(view).toMatchObject({ id: 'calls', title: 'Who calls: whom?' });
  expect((await run('preview', 'calls')).printed).toContain('# Who calls: whom?');
  expect(JSON.parse((await run('variants', 'calls', '--json')).printed)).toHaveLength(24);
  expect(
    JSON.parse((await run('variants', 'calls', '--seed', 'ada', '--json')).printed),
  ).toHaveLength(1);
  const mutants = JSON.parse((await run('mutate', 'calls', '--json')).printed);
  expect(mutants.length).toBeGreaterThan(10);
  expect((await run('mutate', 'calls', '--survivors')).printed).toMatch(/^0 mutants$/m);

  expect((await run('release', 'calls')).printed).toMatch(/released calls version 1/);
  expect((await run('release')).printed).toMatch(/nothing new/);
  change('two Pods', 'both Pods');
  const changed = await run('test', '--exercise', 'calls', '--json');
  expect(changed.exit).toBe(1);
  expect(JSON.parse(changed.printed).record).toEqual([expect.stringMatching(/another content/)]);
  await expect(run('revise', 'calls')).rejects.toThrow(/another content/);

  change('both Pods', 'two Pods');
  await run('revise', 'calls');
  change('two Pods', 'both Pods');
  expect(readdirSync(folder)).toEqual(['010-calls', '010-calls@1', 'releases.yaml']);
  expect((await run('release')).printed).toMatch(/released calls version 2/);
  expect((await run('list')).printed).toMatch(/^calls\tv2\t/);
});

it('a wrong exercise ends the test with 1, and says why', { timeout: 120_000 }, async () => {
  const parts = readFileSync(definition, 'utf8');
  change('points: 4', 'points: 5');
  const { exit, printed: told } = await run('test', 'calls');
  writeFileSync(definition, parts);
  expect(exit).toBe(1);
  expect(told).toMatch(/FAIL 010-calls/);
  await expect(run('test', 'nobody')).rejects.toThrow(/there is no exercise nobody/);
});
