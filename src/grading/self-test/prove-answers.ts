import type { ProvingAnswer } from '../../exercise/answers.ts';
import type { Exercise, Variant } from '../../exercise/exercise.ts';
import { type PartDefinition, pointsWithoutMarking } from '../../exercise/part-format.ts';
import type { Verdict } from '../verdict.ts';
import { judge, seedsFor } from './judge.ts';

export const fewestRight = 3;
export const fewestWrong = 6;

/** How many right answers a part needs: several where they can really differ. */
export const rightsNeeded = ({ kind }: PartDefinition): number =>
  kind === 'manifest' ? fewestRight : 1;

/** Whether there are enough answers: right ones by part, wrong ones together. */
export function countProblems(answers: readonly ProvingAnswer[], variant: Variant): string[] {
  const rights = answers.filter(({ expected }) => !expected);
  const of = (part: string) => rights.filter((each) => each.part.id === part).length;
  const few = variant.parts.flatMap((part) => {
    const needed = rightsNeeded(part);
    if (of(part.id) >= needed) return [];
    return [`answers/${part.id}: ${of(part.id)} right answers, ${needed} needed`];
  });
  const wrong = answers.length - rights.length;
  return [
    ...few,
    ...(rights.length < fewestRight
      ? [`answers: ${rights.length} right answers, ${fewestRight} needed`]
      : []),
    ...(wrong < fewestWrong ? [`answers: ${wrong} wrong answers, ${fewestWrong} needed`] : []),
  ];
}

/** What a learner is given to start from must not be an answer already. */
export function startProblems(exercise: Exercise, variant: Variant): string[] {
  return variant.parts.flatMap((part) => {
    if (part.kind !== 'manifest' || part.start === undefined) return [];
    const answer = { manifest: variant.file(part.start) ?? '' };
    const { points, maximum } = judge(exercise, variant, part, answer);
    return points >= maximum ? [`${part.start}: the start already gets full marks`] : [];
  });
}

/** Whether an answer gets what its file says, with every seed that deals it something else. */
export function answerProblems(
  exercise: Exercise,
  variant: Variant,
  tried: ProvingAnswer,
): readonly string[] {
  const problems = seedsFor(tried.part).flatMap((seed) => {
    try {
      return verdictProblems(tried, judge(exercise, variant, tried.part, tried.answer, seed));
    } catch (error) {
      return [`the engine failed: ${(error as Error).message}`];
    }
  });
  return [...new Set(problems)].map((problem) => `${tried.file}: ${problem}`);
}

function verdictProblems({ part, expected }: ProvingAnswer, verdict: Verdict): string[] {
  const raised = codesOf(verdict);
  const got = `${verdict.outcome} ${verdict.points}/${verdict.maximum} with ${raised.join(', ') || 'no findings'}`;
  if (!expected) {
    const whole = verdict.outcome === 'graded' && verdict.points === pointsWithoutMarking(part);
    return whole ? [] : [`a right answer must get full marks, and got ${got}`];
  }
  const missing = expected.codes.filter((code) => !raised.includes(code));
  return [
    ...(verdict.outcome === expected.outcome && verdict.points === expected.score
      ? []
      : [`expected ${expected.outcome} ${expected.score}, got ${got}`]),
    ...missing.map((code) => `${code} was not raised; got ${got}`),
  ];
}

/** The codes of all findings of a verdict, each once. */
export const codesOf = ({ checks, findings }: Verdict): string[] => [
  ...new Set([...checks.flatMap((each) => each.findings), ...findings].map(({ code }) => code)),
];
