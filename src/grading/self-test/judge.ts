import { dealt } from '../../exercise/deal.ts';
import type { Exercise, Variant } from '../../exercise/exercise.ts';
import { type PartDefinition, questionsOf } from '../../exercise/part-format.ts';
import { grade } from '../grade.ts';
import type { PartAnswer, Verdict } from '../verdict.ts';

/** An answer as the files of an exercise hold it: to everything that a learner may be dealt. */
export type WholeAnswer = Readonly<Record<string, unknown>>;

/** The verdict on an answer for exactly this variant, dealt by this seed. */
export function judge(
  exercise: Exercise,
  variant: Variant,
  part: PartDefinition,
  answer: WholeAnswer,
  seed = 'self-test',
): Verdict {
  const mine = dealt(variant, seed);
  const question = { part: part.id, seed, answer: toWhatIsDealt(answer, mine, part.id) };
  return grade({ ...exercise, variantOf: () => mine }, question);
}

/** The seeds that an answer to a part is tried with: several where each deals other questions. */
export function seedsFor(part: PartDefinition): readonly string[] {
  if (part.kind !== 'choice' || !part.questions) return ['self-test'];
  return Array.from({ length: drawsTried }, (_, index) => `self-test ${index}`);
}

const drawsTried = 12;

/** Of an answer to a whole bank, what a learner who was dealt these questions would send. */
function toWhatIsDealt(answer: WholeAnswer, dealtVariant: Variant, partId: string): PartAnswer {
  const part = dealtVariant.parts.find(({ id }) => id === partId);
  const { choices } = answer;
  if (part?.kind !== 'choice' || typeof choices !== 'object' || choices === null) {
    return answer as PartAnswer;
  }
  const asked = new Set(questionsOf(part).map(({ id }) => id));
  const bank = variantQuestions(dealtVariant, partId);
  const kept = Object.entries(choices).filter(([id]) => asked.has(id) || !bank.has(id));
  return { ...answer, choices: Object.fromEntries(kept) } as unknown as PartAnswer;
}

/** All questions of the bank, from the variant that was dealt from. */
function variantQuestions(dealtVariant: Variant, partId: string): ReadonlySet<string> {
  const whole: Variant = Object.getPrototypeOf(dealtVariant);
  const part = whole.parts.find(({ id }) => id === partId);
  return new Set(part?.kind === 'choice' ? questionsOf(part).map(({ id }) => id) : []);
}
