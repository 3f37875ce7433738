import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { limits } from '../limits.ts';
import { dealt } from './deal.ts';
import { digestOf, type Files } from './digest.ts';
import type { Exercise, ExerciseKey, Variant } from './exercise.ts';
import type { Parameters } from './format.ts';
import { pointsOf } from './part-format.ts';
import { definitionFile, type PreparedVariant, variantFor } from './prepared-variant.ts';
import { ExerciseError } from './read-yaml.ts';
import { folderProblems, loadReleases, releaseProblems } from './releases.ts';
import { unfilled, variantIndex, variantsOf } from './variant.ts';

/** All exercises of this installation, in the order of their folders' names. */
export interface Library {
  /** The newest version of each. */
  readonly exercises: readonly Exercise[];
  /** Every version there is. */
  readonly all: readonly Exercise[];
  get(id: string): Exercise | undefined;
  /** The exercise of exactly this version and content. */
  find(key: ExerciseKey): Exercise | undefined;
}

/**
 * Reads every folder below `folder` that holds an exercise.yaml; worlds are made when they are
 * first asked for. Throws one ExerciseError with the problems of all of them, one that was released
 * and is another now among them.
 */
export function loadExercises(folder: string): Library {
  const exercises: Exercise[] = [];
  const problems: string[] = [];
  for (const name of foldersIn(folder)) {
    try {
      exercises.push(exerciseOf(filesIn(join(folder, name)), name));
    } catch (error) {
      if (!(error instanceof ExerciseError)) throw error;
      problems.push(...error.problems.map((problem) => `${name}/${problem}`));
    }
  }
  problems.push(...sameIds(exercises), ...folderProblems(exercises));
  problems.push(...releaseProblems(exercises, loadReleases(folder)));
  if (problems.length > 0) throw new ExerciseError(problems);
  return libraryOf(exercises);
}

/**
 * The same as loadExercises for exercises that are already at hand. An id may be there in several
 * versions, each in its folder: the highest is the one to begin with, and all can be judged by.
 */
export function libraryOf(all: readonly Exercise[]): Library {
  const byKey = new Map(all.map((exercise) => [keyText(exercise), exercise]));
  const newest = new Map<string, Exercise>();
  for (const exercise of all) {
    const known = newest.get(exercise.id);
    if (!known || known.version < exercise.version) newest.set(exercise.id, exercise);
  }
  return {
    exercises: all.filter((exercise) => newest.get(exercise.id) === exercise),
    all,
    get: (id) => newest.get(id),
    find: (key) => byKey.get(keyText(key)),
  };
}

const keyText = ({ id, version, digest }: ExerciseKey): string =>
  JSON.stringify([id, version, digest]);

/** One exercise from its folder, its worlds tried. Throws ExerciseError. */
export function loadExercise(path: string, folder: string): Exercise {
  return withWorldsTried(exerciseOf(filesIn(path), folder));
}

/** The exercise, once the worlds of its first variant could be made. Throws ExerciseError. */
export function withWorldsTried(exercise: Exercise): Exercise {
  const [first] = exercise.variants;
  for (const { id } of exercise.parts) first?.worldOf(id);
  return exercise;
}

/** One exercise from its files' contents. Throws ExerciseError. */
export function exerciseOf(files: Files, folder: string): Exercise {
  const source = files.get(definitionFile)?.toString('utf8');
  if (source === undefined) throw new ExerciseError([`${definitionFile}: is missing`]);
  const rows = variantsOf(definitionFile, source);
  demandParameters(files, rows[0] ?? {});
  const variants = rows.map((parameters) => variantFor(files, parameters));
  const [first] = variants as [PreparedVariant, ...PreparedVariant[]];
  const { id, version, title, summary, objectives, level, minutes, platform } = first.definition;
  const bySeed = new Map<string, Variant>();
  return {
    ...{ id, version, title, summary, objectives, level, minutes, platform, folder, files },
    digest: digestOf(files),
    misconceptions: first.definition.misconceptions,
    points: first.parts.reduce((sum, part) => sum + pointsOf(part), 0),
    parts: first.parts.map((part) => ({
      ...{ id: part.id, kind: part.kind, title: part.title, prompt: part.prompt },
      ...{ hints: part.hints, points: pointsOf(part) },
    })),
    variants,
    variantOf(seed) {
      const known = bySeed.get(seed);
      if (known) return known;
      if (bySeed.size >= limits.rememberedSeeds) bySeed.clear();
      const index = variantIndex(id, version, seed, variants.length);
      const made = dealt(variants[index] ?? first, JSON.stringify([id, version, seed]));
      bySeed.set(seed, made);
      return made;
    },
  };
}

/** Every variant gives the same names; so a placeholder that the first fills, all fill. */
function demandParameters(files: Files, parameters: Parameters): void {
  const problems = [...files].flatMap(([name, bytes]) =>
    unfilled(bytes.toString('utf8'), parameters).map(
      ({ line, column, text }) => `${name}:${line}:${column}: ${text} is given by no variant`,
    ),
  );
  if (problems.length > 0) throw new ExerciseError(problems);
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
}

function filesIn(path: string): Files {
  const entries = readdirSync(path, { withFileTypes: true, recursive: true });
  const names = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    names.map((name) => [relative(path, name).split(sep).join('/'), readFileSync(name)]),
  );
}

function sameIds(exercises: readonly Exercise[]): string[] {
  return exercises
    .filter(
      ({ id, version }, index) =>
        exercises.findIndex((each) => each.id === id && each.version === version) !== index,
    )
    .map(({ folder }) => `${folder}/${definitionFile}: id: another folder has it already`);
}
