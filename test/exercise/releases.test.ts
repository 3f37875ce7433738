import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadExercises } from '../../src/exercise/load.ts';
import { ExerciseError } from '../../src/exercise/read-yaml.ts';
import { loadReleases, releasesText } from '../../src/exercise/releases.ts';
import { exerciseWith, textPart } from './fixture.ts';

let folder: string;
const definition = (name: string) => join(folder, name, 'exercise.yaml');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'releases-'));
  write('010-fixture', exerciseWith(textPart).files);
  const [exercise] = loadExercises(folder).exercises;
  if (!exercise) throw new Error('the fixture was not loaded');
  const { id, version, digest } = exercise;
  writeFileSync(join(folder, 'releases.yaml'), releasesText([{ id, version, digest }]));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, files: ReadonlyMap<string, Buffer>): void {
  mkdirSync(join(folder, name));
  for (const [file, bytes] of files) writeFileSync(join(folder, name, file), bytes);
}

const change = (name: string, from: string, to: string): void =>
  writeFileSync(definition(name), readFileSync(definition(name), 'utf8').replace(from, to));

const problemsNow = (): readonly string[] => {
  try {
    loadExercises(folder);
    return [];
  } catch (error) {
    if (error instanceof ExerciseError) return error.problems;
    throw error;
  }
};

describe('a released version stays what it is', () => {
  it('the record is read as it was written', () => {
    expect(loadReleases(folder)).toHaveLength(1);
    expect(problemsNow()).toEqual([]);
  });

  it('another content under the same version is refused, with what to do', () => {
    change('010-fixture', 'For tests.', 'For other tests.');
    expect(problemsNow()).toEqual([expect.stringMatching(/released with another content.*revise/)]);
  });

  it('a released version that is gone is missed', () => {
    change('010-fixture', 'version: 1', 'version: 2');
    expect(problemsNow()).toEqual([expect.stringMatching(/version 1 .*no folder.*fixture@1/)]);
  });

  it('a new version beside the old one: both can be judged by, the new one is begun with', () => {
    cpSync(join(folder, '010-fixture'), join(folder, '010-fixture@1'), { recursive: true });
    const [released] = loadReleases(folder);
    change('010-fixture', 'version: 1', 'version: 2');
    const library = loadExercises(folder);
    expect(library.exercises.map(({ version }) => version)).toEqual([2]);
    expect(library.get('fixture')?.version).toBe(2);
    expect(released && library.find(released)?.version).toBe(1);
  });

  it('an old version lies in a folder that says so', () => {
    cpSync(join(folder, '010-fixture'), join(folder, '005-fixture'), { recursive: true });
    change('010-fixture', 'version: 1', 'version: 2');
    expect(problemsNow()).toEqual([expect.stringMatching(/call this folder `005-fixture@1`/)]);
    rmSync(join(folder, '005-fixture'), { recursive: true });
    change('010-fixture', 'version: 2', 'version: 1');
    cpSync(join(folder, '010-fixture'), join(folder, '010-fixture@3'), { recursive: true });
    expect(problemsNow().join('\n')).toMatch(/folder is called @3/);
  });
});
