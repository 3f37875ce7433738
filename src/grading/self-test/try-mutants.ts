import type { ProvingAnswer } from '../../exercise/answers.ts';
import type { Exercise, Variant } from '../../exercise/exercise.ts';
import { candidatesOf } from '../candidates.ts';
import type { Verdict } from '../verdict.ts';
import { judge, type WholeAnswer } from './judge.ts';
import {
  type AnswerMutant,
  type MutablePart,
  mutantsOfAnswer,
  outcomeOf,
} from './mutants-of-answer.ts';
import { behavesAsOneOf, type Signature, signatureOf } from './signature/compare.ts';

/**
 * `caught`: other behaviour, points lost. `alike`: a right answer's behaviour, all points.
 * `too-strict` and `too-lax` survive: marks and behaviour do not agree.
 */
export type MutantVerdict = 'caught' | 'alike' | 'too-strict' | 'too-lax';

/** A mutant, what became of it, and why the exercise lets it live, if it does. */
export interface TriedMutant extends AnswerMutant {
  /** The right answer it was made of. */
  readonly file: string;
  readonly part: string;
  readonly verdict: MutantVerdict;
  readonly allowed?: string;
  /** The points it got, of how many. */
  readonly points: number;
  readonly maximum: number;
}

/** The mutants of all right answers to a part in one variant, each text tried once. */
export function tryMutants(
  exercise: Exercise,
  variant: Variant,
  part: MutablePart,
  files: readonly ProvingAnswer[],
): readonly TriedMutant[] {
  const world = variant.worldOf(part.id);
  const rights = files.map((each) => ({
    ...each,
    answer: blockThatCounts(exercise, variant, part, each.answer),
  }));
  const signatures = rights.map(({ answer }) => signatureOf(world, outcomeOf(part, world, answer)));
  const seen = new Set(rights.map(({ answer }) => JSON.stringify(answer)));
  return rights.flatMap(({ file, answer }) =>
    mutantsOfAnswer(part, answer).flatMap((mutant) => {
      const key = JSON.stringify(mutant.answer);
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ ...tryMutant(exercise, variant, part, mutant, signatures), file, part: part.id }];
    }),
  );
}

function tryMutant(
  exercise: Exercise,
  variant: Variant,
  part: MutablePart,
  mutant: AnswerMutant,
  signatures: readonly Signature[],
): Omit<TriedMutant, 'file' | 'part'> {
  const judged = judge(exercise, variant, part, mutant.answer);
  const world = variant.worldOf(part.id);
  const alike = behavesAsOneOf(signatures, world, outcomeOf(part, world, mutant.answer));
  const verdict = verdictOf(alike, !losesByBehaviour(part, judged));
  const { points, maximum } = judged;
  const why = part.mutants.allowed.find((each) => fits(each.mutation, mutant.mutation))?.why;
  const survives = verdict === 'too-lax' || verdict === 'too-strict';
  return { ...mutant, verdict, points, maximum, ...(survives && why && { allowed: why }) };
}

/**
 * Of a reply whose blocks are judged one by one, the one that gets the marks: a change of another
 * changes nothing. What is right only together stays together.
 */
function blockThatCounts(
  exercise: Exercise,
  variant: Variant,
  part: MutablePart,
  answer: WholeAnswer,
): WholeAnswer {
  if (part.kind !== 'manifest' || part.candidates !== 'each') return answer;
  const blocks = candidatesOf(String(answer.manifest)).map(({ manifest }) => ({ manifest }));
  const whole = blocks.find((block) => {
    const { points, maximum } = judge(exercise, variant, part, block);
    return points >= maximum;
  });
  return whole ?? answer;
}

function verdictOf(alike: boolean, full: boolean): MutantVerdict {
  if (alike) return full ? 'alike' : 'too-strict';
  return full ? 'too-lax' : 'caught';
}

/** What a learner looked at is no behaviour: such checks say nothing about strictness. */
function losesByBehaviour(part: MutablePart, verdict: Verdict): boolean {
  if (verdict.outcome === 'rejected') return true;
  const looks = new Set(part.checks.filter(({ kind }) => kind === 'shows').map(({ id }) => id));
  return verdict.checks.some(({ check, points, maximum }) => points < maximum && !looks.has(check));
}

/** `*` stands for anything, as authors write it in `mutants.allowed`. */
function fits(pattern: string, mutation: string): boolean {
  const parts = pattern.split('*').map((each) => each.replace(/[.[\]()+?^$|\\{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(mutation);
}
