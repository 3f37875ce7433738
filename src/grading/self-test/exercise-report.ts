import { join } from 'node:path';
import { answersOf, type ProvingAnswer } from '../../exercise/answers.ts';
import type { Exercise, Variant } from '../../exercise/exercise.ts';
import { loadExercise } from '../../exercise/load.ts';
import { ExerciseError } from '../../exercise/read-yaml.ts';
import type { MutablePart } from './mutants-of-answer.ts';
import { answerProblems, countProblems, startProblems } from './prove-answers.ts';
import {
  gatherProblems,
  type MutantCounts,
  noMutants,
  type Problems,
  type Report,
} from './report.ts';
import { type TriedMutant, tryMutants } from './try-mutants.ts';

/** In how many variants, spread evenly, the mutants are tried; answers are in all. */
const variantsMutated = 3;

const fewestMutants = 40;

/** Tries an exercise's folder on itself; a folder that cannot be loaded is a report, too. */
export function selfTest(path: string, folder: string): Report {
  try {
    return selfTestExercise(loadExercise(join(path, folder), folder));
  } catch (error) {
    if (!(error instanceof ExerciseError)) throw error;
    const none = { right: 0, wrong: 0, variants: 0, trials: 0, mutants: noMutants };
    return { exercise: folder, problems: error.problems, ...none };
  }
}

export function selfTestExercise(exercise: Exercise): Report {
  const problems = gatherProblems();
  const files = { right: new Set<string>(), wrong: new Set<string>() };
  let trials = 0;
  for (const [index, variant] of exercise.variants.entries()) {
    const answers = answersOf(exercise, variant);
    problems.add(index, countProblems(answers, variant));
    problems.add(index, startProblems(exercise, variant));
    for (const each of answers) {
      files[each.expected ? 'wrong' : 'right'].add(each.file);
      trials += 1;
      problems.add(index, answerProblems(exercise, variant, each));
    }
  }
  const mutants = proveMutants(exercise, problems);
  const { length: variants } = exercise.variants;
  return {
    exercise: exercise.folder,
    problems: problems.lines(variants),
    ...{ right: files.right.size, wrong: files.wrong.size, variants, trials, mutants },
  };
}

/** The variants that mutants are tried in: all of a few, else so many, spread over the list. */
function mutatedVariants(exercise: Exercise): readonly (readonly [number, Variant])[] {
  const { length } = exercise.variants;
  const count = Math.min(length, variantsMutated);
  return Array.from({ length: count }, (_, n) => Math.floor((n * length) / count)).flatMap((at) => {
    const variant = exercise.variants[at];
    return variant ? [[at, variant] as const] : [];
  });
}

/** The mutants of all right answers that do something to a cluster, in one variant. */
export function mutantsIn(exercise: Exercise, variant: Variant): readonly TriedMutant[] {
  const rights = answersOf(exercise, variant).filter(({ expected }) => !expected);
  return variant.parts.filter(isMutable).flatMap((part) => {
    const own: readonly ProvingAnswer[] = rights.filter((each) => each.part.id === part.id);
    return tryMutants(exercise, variant, part, own);
  });
}

const isMutable = (part: Variant['parts'][number]): part is MutablePart =>
  part.kind === 'manifest' || part.kind === 'commands';

function proveMutants(exercise: Exercise, problems: Problems): MutantCounts {
  let counts = noMutants;
  for (const [index, variant] of mutatedVariants(exercise)) {
    const tried = mutantsIn(exercise, variant);
    counts = added(counts, tried);
    problems.add(index, tried.flatMap(survivorText));
  }
  const asksForManifest = exercise.parts.some(({ kind }) => kind === 'manifest');
  if (asksForManifest && counts.made < fewestMutants) {
    problems.add(0, [
      `answers: ${counts.made} mutants of the right answers, ${fewestMutants} needed: write right answers that differ more`,
    ]);
  }
  return counts;
}

function added(counts: MutantCounts, tried: readonly TriedMutant[]): MutantCounts {
  const of = (verdict: TriedMutant['verdict']) =>
    tried.filter((each) => each.verdict === verdict).length;
  return {
    made: Math.max(counts.made, tried.length),
    tried: counts.tried + tried.length,
    caught: counts.caught + of('caught'),
    alike: counts.alike + of('alike'),
    allowed: counts.allowed + tried.filter(({ allowed }) => allowed !== undefined).length,
  };
}

function survivorText({
  file,
  mutation,
  verdict,
  allowed,
  points,
  maximum,
}: TriedMutant): string[] {
  if (allowed !== undefined || verdict === 'caught' || verdict === 'alike') return [];
  const what =
    verdict === 'too-strict'
      ? `behaves as a right answer does and gets ${points} of ${maximum}: a check is too strict`
      : 'behaves as no right answer does and gets full marks: a check is too lax, or the brief allows it (mutants.allowed)';
  return [`${file}: ${mutation}: ${what}`];
}
