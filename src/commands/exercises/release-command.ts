import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Exercise } from '../../exercise/exercise.ts';
import { loadExercise } from '../../exercise/load.ts';
import { ExerciseError } from '../../exercise/read-yaml.ts';
import {
  folderProblems,
  loadReleases,
  type Release,
  releaseProblems,
  releasesFile,
  releasesText,
} from '../../exercise/releases.ts';
import { reportLines } from '../../grading/self-test/report.ts';
import { print } from '../with-lab.ts';
import { type Chosen, chosenFolder, chosenFolders, usage } from './chosen.ts';
import { type FolderOption, folderOption } from './folder-option.ts';
import { testAll } from './test-all.ts';

/** `service-lab exercises release`: what proved itself is recorded, and is not changed again. */
export function releaseCommand(): Command {
  return new Command('release')
    .description('record exercises as released: from then on their content is fixed')
    .argument('[exercises...]', 'ids, folders or paths; all of them if absent')
    .addOption(folderOption())
    .action(async (names: readonly string[], { folder }: FolderOption) => {
      const folders = chosenFolders(folder, names);
      const exercises = folders.map((each) =>
        loadExercise(join(each.path, each.folder), each.folder),
      );
      const known = loadReleases(folder);
      const problems = [...folderProblems(exercises), ...problemsOf(exercises, known)];
      if (problems.length > 0) throw new ExerciseError(problems);
      const fresh = exercises.filter((each) => !isRecorded(each, known));
      await demandProof(folders.filter((_, index) => fresh.includes(exercises[index] as Exercise)));
      const keys = fresh.map(({ id, version, digest }) => ({ id, version, digest }));
      writeFileSync(join(folder, releasesFile), releasesText([...known, ...keys]));
      for (const { id, version } of keys) print(`released ${id} version ${version}`);
      if (keys.length === 0) print('nothing new to release');
    });
}

const isRecorded = ({ id, version }: Exercise, known: readonly Release[]): boolean =>
  known.some((each) => each.id === id && each.version === version);

/** The record's problems as far as they are about these exercises. */
const problemsOf = (exercises: readonly Exercise[], known: readonly Release[]): readonly string[] =>
  releaseProblems(
    exercises,
    known.filter((each) =>
      exercises.some(({ id, version }) => id === each.id && version === each.version),
    ),
  );

async function demandProof(folders: readonly Chosen[]): Promise<void> {
  const failed = (await testAll(folders)).filter(({ problems }) => problems.length > 0);
  if (failed.length > 0) throw new ExerciseError(failed.flatMap(reportLines));
}

/** `service-lab exercises revise`: keeps the released version beside the next one. */
export function reviseCommand(): Command {
  return new Command('revise')
    .description('begin the next version: keep the released folder as NNN-id@V, raise the version')
    .argument('<exercise>', 'its id, folder or path')
    .addOption(folderOption())
    .action((name: string, { folder: path }: FolderOption) => {
      const chosen = chosenFolder(path, name);
      const here = join(chosen.path, chosen.folder);
      const exercise = loadExercise(here, chosen.folder);
      demandReleased(exercise, loadReleases(chosen.path));
      const kept = `${chosen.folder.replace(/@\d+$/, '')}@${exercise.version}`;
      if (existsSync(join(chosen.path, kept))) throw usage(`${kept} is there already`);
      cpSync(here, join(chosen.path, kept), { recursive: true });
      raiseVersion(join(here, 'exercise.yaml'), exercise.version + 1);
      print(
        `${kept} keeps version ${exercise.version}; ${chosen.folder} is version ${exercise.version + 1} now`,
      );
    });
}

/** Only what was released needs keeping; and what was changed since is not what was released. */
function demandReleased(exercise: Exercise, known: readonly Release[]): void {
  const { id, version } = exercise;
  if (!isRecorded(exercise, known)) {
    throw usage(`${id} version ${version} was never released: change it as it is`);
  }
  const problems = problemsOf([exercise], known);
  if (problems.length > 0) throw new ExerciseError(problems);
}

function raiseVersion(file: string, version: number): void {
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/^version:.*$/m, `version: ${version}`));
}
