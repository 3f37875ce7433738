import { join } from 'node:path';
import { loadCourse } from '../../exercise/course.ts';
import type { Exercise } from '../../exercise/exercise.ts';
import { loadExercise } from '../../exercise/load.ts';
import { ExerciseError } from '../../exercise/read-yaml.ts';
import { folderProblems, loadReleases, releaseProblems } from '../../exercise/releases.ts';
import type { Chosen } from './chosen.ts';

/**
 * What is wrong beside the folders that were chosen: the outline, and the record of releases as far
 * as it is about them. A folder that cannot be loaded is told of by its own report.
 */
export function recordProblems(path: string, folders: readonly Chosen[]): readonly string[] {
  try {
    loadCourse(path);
    const exercises = folders.flatMap(loadable);
    const ids = new Set(exercises.map(({ id, version }) => `${id} ${version}`));
    const releases = loadReleases(path).filter(({ id, version }) => ids.has(`${id} ${version}`));
    return [...folderProblems(exercises), ...releaseProblems(exercises, releases)];
  } catch (error) {
    if (error instanceof ExerciseError) return error.problems;
    throw error;
  }
}

function loadable({ path, folder }: Chosen): Exercise[] {
  try {
    return [loadExercise(join(path, folder), folder)];
  } catch (error) {
    if (error instanceof ExerciseError) return [];
    throw error;
  }
}
