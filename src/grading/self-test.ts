import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { selfTest } from './self-test/exercise-report.ts';
import type { Report } from './self-test/report.ts';

/** What `service-lab exercises test` prints, and whether every exercise proved itself. */
export interface ExercisesTested {
  readonly text: string;
  readonly ok: boolean;
  readonly exercises: readonly Report[];
}

/** Tries all exercises of a folder, or the one exercise that the folder is. */
export function testExercises(folder: string): ExercisesTested {
  const names = existsSync(join(folder, 'exercise.yaml')) ? ['.'] : foldersIn(folder);
  const exercises = names.map((name) => selfTest(folder, name));
  const ok = exercises.length > 0 && exercises.every(({ problems }) => problems.length === 0);
  const lines = exercises.length > 0 ? exercises.flatMap(linesOf) : [`no exercise in ${folder}`];
  return { text: `${lines.join('\n')}\n`, ok, exercises };
}

function linesOf({ exercise, problems, right, wrong, variants, mutants }: Report): string[] {
  const sums = `${variants} variants, ${right} right, ${wrong} wrong, ${mutants.made} mutants`;
  const mark = problems.length === 0 ? 'ok  ' : 'FAIL';
  return [`${mark} ${exercise}: ${sums}`, ...problems.map((problem) => `     ${problem}`)];
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
}
