import { join } from 'node:path';
import { answersOf, type ProvingAnswer } from '../../exercise/answers.ts';
import type { Exercise, Variant } from '../../exercise/exercise.ts';
import { loadExercise } from '../../exercise/load.ts';
import type { PartOf } from '../../exercise/part-format.ts';
import { ExerciseError } from '../../exercise/read-yaml.ts';
import { grade } from '../grade.ts';
import type { PartAnswer, Verdict } from '../verdict.ts';
import { mutantsOf } from './mutate.ts';
import { signatureOf } from './signature.ts';

/** What an exercise's own answers show of it. */
export interface Report {
  readonly exercise: string;
  /** What the author has to mend, one line each; empty for an exercise that proves itself. */
  readonly problems: readonly string[];
  readonly right: number;
  readonly wrong: number;
  readonly mutants: number;
}

const fewestRight = 3;
const fewestWrong = 6;

/** Tries an exercise's folder on itself; a folder that cannot be loaded is a report, too. */
export function selfTest(path: string, folder: string): Report {
  try {
    return selfTestExercise(loadExercise(join(path, folder), folder));
  } catch (error) {
    if (!(error instanceof ExerciseError)) throw error;
    return { exercise: folder, problems: error.problems, right: 0, wrong: 0, mutants: 0 };
  }
}

export function selfTestExercise(exercise: Exercise): Report {
  const problems: string[] = [];
  const counts = { right: 0, wrong: 0, mutants: 0 };
  for (const variant of exercise.variants) {
    const answers = answersOf(exercise, variant);
    problems.push(...countProblems(answers, variant), ...startProblems(exercise, variant));
    for (const each of answers) {
      counts[each.expected ? 'wrong' : 'right'] += 1;
      problems.push(...answerProblems(exercise, variant, each));
      if (each.expected || each.part.kind !== 'manifest') continue;
      const { tried, survivors } = tryMutants(exercise, variant, each, each.part);
      counts.mutants += tried;
      problems.push(...survivors);
    }
  }
  return { exercise: exercise.folder, problems, ...counts };
}

/** The verdict on an answer for exactly this variant. */
function judge(exercise: Exercise, variant: Variant, part: string, answer: PartAnswer): Verdict {
  return grade({ ...exercise, variantOf: () => variant }, { part, seed: '', answer });
}

function countProblems(answers: readonly ProvingAnswer[], variant: Variant): string[] {
  const wrong = answers.filter(({ expected }) => expected).length;
  const few = variant.parts.flatMap((part) => {
    const needed = part.kind === 'manifest' ? fewestRight : 1;
    const right = answers.filter((each) => each.part.id === part.id && !each.expected).length;
    return right < needed ? [`answers/${part.id}: ${right} right answers, ${needed} needed`] : [];
  });
  return wrong < fewestWrong
    ? [...few, `answers: ${wrong} wrong answers, ${fewestWrong} needed`]
    : few;
}

function startProblems(exercise: Exercise, variant: Variant): string[] {
  return variant.parts.flatMap((part) => {
    if (part.kind !== 'manifest' || part.start === undefined) return [];
    const answer = { manifest: variant.file(part.start) ?? '' };
    const { points, maximum } = judge(exercise, variant, part.id, answer);
    return points >= maximum ? [`${part.start}: the start already gets full marks`] : [];
  });
}

function answerProblems(exercise: Exercise, variant: Variant, tried: ProvingAnswer): string[] {
  const { file, part, expected, answer } = tried;
  let verdict: Verdict;
  try {
    verdict = judge(exercise, variant, part.id, answer as PartAnswer);
  } catch (error) {
    return [`${file}: the engine failed: ${(error as Error).message}`];
  }
  const raised = codesOf(verdict);
  const say = (what: string) => `${file}: ${what}`;
  const got = `${verdict.outcome} ${verdict.points}/${verdict.maximum} with ${raised.join(', ') || 'no findings'}`;
  const full = part.kind === 'text' ? part.completion : verdict.maximum;
  if (!expected) {
    const whole = verdict.outcome === 'graded' && verdict.points === full;
    return whole ? [] : [say(`a right answer must get full marks, and got ${got}`)];
  }
  const missing = expected.codes.filter((code) => !raised.includes(code));
  return [
    ...(verdict.outcome === expected.outcome && verdict.points === expected.score
      ? []
      : [say(`expected ${expected.outcome} ${expected.score}, got ${got}`)]),
    ...missing.map((code) => say(`${code} was not raised; got ${got}`)),
  ];
}

const codesOf = ({ checks, findings }: Verdict): string[] => [
  ...new Set([...checks.flatMap((each) => each.findings), ...findings].map(({ code }) => code)),
];

/** Every mutant that behaves differently must lose marks, every other must keep them. */
function tryMutants(
  exercise: Exercise,
  variant: Variant,
  { file, answer }: ProvingAnswer,
  part: PartOf<'manifest'>,
): { readonly tried: number; readonly survivors: readonly string[] } {
  const manifest = String(answer.manifest);
  const reference = signatureOf(variant.world, manifest);
  const mutants = mutantsOf(manifest);
  const survivors = mutants.flatMap(({ mutation, text }) => {
    if (part.mutants.allowed.some((each) => fits(each.mutation, mutation))) return [];
    const same = signatureOf(variant.world, text) === reference;
    const { points, maximum } = judge(exercise, variant, part.id, { manifest: text });
    if (same === points >= maximum) return [];
    const what = same ? 'behaves the same and loses marks' : 'behaves differently, with full marks';
    return [`${file}: ${mutation}: ${what}`];
  });
  return { tried: mutants.length, survivors };
}

/** `*` stands for anything, as authors write it in `mutants.allowed`. */
function fits(pattern: string, mutation: string): boolean {
  const parts = pattern.split('*').map((each) => each.replace(/[.[\]()+?^$|\\{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(mutation);
}
