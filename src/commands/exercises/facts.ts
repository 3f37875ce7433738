import { answersOf } from '../../exercise/answers.ts';
import type { Exercise, Variant } from '../../exercise/exercise.ts';
import type { PartOf } from '../../exercise/part-format.ts';

/** What can be said of an exercise without trying it. */
export interface ExerciseFacts {
  readonly folder: string;
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly points: number;
  /** The kinds of its parts, in order. */
  readonly kinds: readonly string[];
  readonly variants: number;
  readonly right: number;
  readonly wrong: number;
  /** The findings that its wrong answers must raise, each once, sorted. */
  readonly codes: readonly string[];
  readonly allowed: readonly (PartOf<'manifest'>['mutants']['allowed'][number] & {
    readonly part: string;
  })[];
}

export function factsOf(exercise: Exercise): ExerciseFacts {
  const { folder, id, version, title, points, variants } = exercise;
  const variant = variants[0] as Variant;
  const answers = answersOf(exercise, variant);
  const codes = answers.flatMap(({ expected }) => expected?.codes ?? []);
  const wrong = answers.filter(({ expected }) => expected).length;
  return {
    ...{ folder, id, version, title, points, wrong, right: answers.length - wrong },
    kinds: variant.parts.map(({ kind }) => kind),
    variants: variants.length,
    codes: [...new Set(codes)].sort(),
    allowed: variant.parts.flatMap((part) =>
      'mutants' in part ? part.mutants.allowed.map((each) => ({ ...each, part: part.id })) : [],
    ),
  };
}
