import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { digestOf, type Files } from './digest.ts';
import type { Exercise, ExerciseKey, Variant } from './exercise.ts';
import { type ExerciseDefinition, exerciseFormat, type Parameters } from './format.ts';
import { pointsOf } from './part-format.ts';
import { ExerciseError, readYaml } from './read-yaml.ts';
import { renderTemplate, variantIndex, variantsOf } from './variant.ts';
import { prepareWorld } from './world.ts';

/** All exercises of this installation, in the order of their folders' names. */
export interface Library {
  readonly exercises: readonly Exercise[];
  get(id: string): Exercise | undefined;
  /** The exercise of exactly this version and content. */
  find(key: ExerciseKey): Exercise | undefined;
}

const definitionFile = 'exercise.yaml';

/**
 * Reads every folder below `folder` that holds an exercise.yaml, and prepares its worlds. Throws
 * one ExerciseError with the problems of all of them.
 */
export function loadExercises(folder: string): Library {
  const exercises: Exercise[] = [];
  const problems: string[] = [];
  for (const name of foldersIn(folder)) {
    try {
      exercises.push(loadExercise(join(folder, name), name));
    } catch (error) {
      if (!(error instanceof ExerciseError)) throw error;
      problems.push(...error.problems.map((problem) => `${name}/${problem}`));
    }
  }
  problems.push(...sameIds(exercises));
  if (problems.length > 0) throw new ExerciseError(problems);
  return libraryOf(exercises);
}

/** The same as loadExercises for exercises that are already at hand. */
export function libraryOf(exercises: readonly Exercise[]): Library {
  const byId = new Map(exercises.map((exercise) => [exercise.id, exercise]));
  return {
    exercises,
    get: (id) => byId.get(id),
    find(key) {
      const found = byId.get(key.id);
      const same = found?.version === key.version && found.digest === key.digest;
      return same ? found : undefined;
    },
  };
}

/** One exercise from its folder. Throws ExerciseError. */
export function loadExercise(path: string, folder: string): Exercise {
  return exerciseOf(filesIn(path), folder);
}

/** One exercise from its files' contents. Throws ExerciseError. */
export function exerciseOf(files: Files, folder: string): Exercise {
  const source = files.get(definitionFile)?.toString('utf8');
  if (source === undefined) throw new ExerciseError([`${definitionFile}: is missing`]);
  const variants = variantsOf(source).map((parameters) => prepareVariant(files, parameters));
  const [first] = variants as [Prepared, ...Prepared[]];
  const { id, version, title, summary, objectives, level, minutes, platform } = first.definition;
  return {
    ...{ id, version, title, summary, objectives, level, minutes, platform, folder, files },
    digest: digestOf(files),
    points: first.definition.parts.reduce((sum, part) => sum + pointsOf(part), 0),
    parts: first.definition.parts.map((part) => ({
      ...{ id: part.id, kind: part.kind, title: part.title, prompt: part.prompt },
      ...{ hints: part.hints, points: pointsOf(part) },
    })),
    variants: variants.map(({ variant }) => variant),
    variantOf(seed) {
      const index = variantIndex(id, version, seed, variants.length);
      return (variants[index] ?? first).variant;
    },
  };
}

interface Prepared {
  readonly definition: ExerciseDefinition;
  readonly variant: Variant;
}

function prepareVariant(files: Files, parameters: Parameters): Prepared {
  const file = (name: string): string | undefined => {
    const text = files.get(name)?.toString('utf8');
    return text === undefined ? undefined : rendered(name, text, parameters);
  };
  const definition = readYaml(definitionFile, file(definitionFile) ?? '', exerciseFormat);
  demandFiles(definition, files);
  const manifests = file(definition.world.manifests) ?? '';
  const { title, brief, parts, platform } = definition;
  const world = prepareWorld(definition.world, platform, manifests);
  return { definition, variant: { parameters, title, brief, parts, world, file } };
}

function rendered(name: string, text: string, parameters: Parameters): string {
  try {
    return renderTemplate(text, parameters);
  } catch (error) {
    throw new ExerciseError([`${name}: ${(error as Error).message}`]);
  }
}

function demandFiles(definition: ExerciseDefinition, files: Files): void {
  const missing: string[] = [];
  const demand = (name: string | undefined, field: string) => {
    if (name !== undefined && !files.has(name)) {
      missing.push(`${definitionFile}: ${field}: there is no file \`${name}\``);
    }
  };
  demand(definition.world.manifests, 'world.manifests');
  definition.parts.forEach((part, index) => {
    if (part.kind === 'manifest') demand(part.start, `parts[${index}].start`);
    if (part.kind === 'predict') demand(part.apply, `parts[${index}].apply`);
  });
  if (missing.length > 0) throw new ExerciseError(missing);
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
    .filter((exercise, index) => exercises.findIndex(({ id }) => id === exercise.id) !== index)
    .map((exercise) => `${exercise.folder}/${definitionFile}: id: another folder has it already`);
}
