import type { Exercise, ExerciseKey } from '../exercise/exercise.ts';
import type { Library } from '../exercise/load.ts';
import { engineVersion } from './engine-version.ts';
import { check, grade } from './grade.ts';
import type { Grader } from './verdict.ts';

/** The engine over a library of exercises. A key that the library does not hold throws. */
export function createGrader(library: Library): Grader {
  const find = (key: ExerciseKey): Exercise => {
    const exercise = library.find(key);
    if (exercise) return exercise;
    throw new Error(`exercise ${key.id} version ${key.version} (${key.digest}) is not loaded`);
  };
  return {
    engineVersion,
    grade: (key, question) => grade(find(key), question),
    check: (key, question) => check(find(key), question),
  };
}
