import type { Exercise, ExerciseKey, PartKind, Variant } from '../exercise/exercise.ts';
import type { Library } from '../exercise/load.ts';
import { variantIndex } from '../exercise/variant.ts';
import { limits } from '../limits.ts';
import { engineVersion } from './engine-version.ts';
import { check, grade } from './grade.ts';
import { RecentVerdicts } from './recent-verdicts.ts';
import type { Grader, GradingQuestion } from './verdict.ts';

/** The engine over a library of exercises. A key that the library does not hold throws. */
export function createGrader(library: Library): Grader {
  const find = (key: ExerciseKey): Exercise => {
    const exercise = library.find(key);
    if (exercise) return exercise;
    throw new Error(`exercise ${key.id} version ${key.version} (${key.digest}) is not loaded`);
  };
  const recent = new RecentVerdicts(limits.rememberedCharacters);
  return {
    engineVersion,
    grade(key, question) {
      const exercise = find(key);
      const name = [exercise.digest, question.part, dealOf(exercise, question), question.answer];
      return recent.of(JSON.stringify(name), () => grade(exercise, question));
    },
    check: (key, question) => check(find(key), question),
    dealOf: (key, question) => dealOf(find(key), question),
    parametersOf: (key, seed) => variantOf(find(key), seed)?.parameters ?? {},
  };
}

/** Parts whose questions or whose order the seed itself decides, and not the variant alone. */
const dealtBySeed: readonly PartKind[] = ['choice', 'match', 'predict'];

function dealOf(
  { id, version, variants, parts }: Exercise,
  { part, seed }: Pick<GradingQuestion, 'part' | 'seed'>,
): string {
  const kind = parts.find((each) => each.id === part)?.kind;
  if (kind !== undefined && dealtBySeed.includes(kind)) return `seed ${seed}`;
  return `variant ${variantIndex(id, version, seed, variants.length)}`;
}

function variantOf({ id, version, variants }: Exercise, seed: string): Variant | undefined {
  return variants[variantIndex(id, version, seed, variants.length)];
}
