import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { chosenFolders } from '../src/commands/exercises/chosen.ts';
import { exercisesPage, mutantsOnPage } from '../src/commands/exercises/exercises-page.ts';
import { factsOf } from '../src/commands/exercises/facts.ts';
import { lintFolders } from '../src/commands/exercises/lint-command.ts';
import { testAll } from '../src/commands/exercises/test-all.ts';
import { loadExercise } from '../src/exercise/load.ts';
import type { Report } from '../src/grading/self-test/report.ts';

const folder = 'exercises';
const folders = chosenFolders(folder, []);
const names = folders.map((each) => each.folder);

describe('every exercise proves itself', () => {
  let reports: readonly Report[] = [];
  beforeAll(async () => {
    reports = await testAll(folders);
  }, 900_000);

  it.each(names)('%s', (name) => {
    const report = reports.find(({ exercise }) => exercise === name);
    expect(report?.problems).toEqual([]);
  });
});

it('lint has nothing to say of any of them', { timeout: 300_000 }, () => {
  expect(lintFolders(folder, folders)).toEqual([]);
});

it('every folder of the exercises is one', () => {
  const all = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(
    all.map(({ name }) => name).filter((name) => !existsSync(`${folder}/${name}/exercise.yaml`)),
  ).toEqual([]);
});

it('docs/exercises.md says what the exercises say', () => {
  const page = readFileSync('docs/exercises.md', 'utf8');
  const mutants = mutantsOnPage(page);
  const none = { made: 0, tried: 0, caught: 0, alike: 0, allowed: 0 };
  const rows = names.map((name) => {
    const facts = factsOf(loadExercise(`${folder}/${name}`, name));
    return { ...facts, mutants: mutants.get(name) ?? none };
  });
  const hint = 'run `service-lab exercises test --report docs/exercises.md`';
  expect(page, hint).toBe(exercisesPage(rows, page));
});
