import { createHash } from 'node:crypto';
import type { Variant } from './exercise.ts';
import type { ChoiceQuestion, PartDefinition, PartOf } from './part-format.ts';

/**
 * A variant as one learner sees it: questions drawn from the banks, and everything that has no
 * order of its own in the order that the seed gives it. The same for ever for the same seed.
 */
export function dealt(variant: Variant, seed: string): Variant {
  const parts = variant.parts.map((part) => dealtPart(part, JSON.stringify([seed, part.id])));
  return Object.create(variant, { parts: { value: parts, enumerable: true } });
}

function dealtPart(part: PartDefinition, seed: string): PartDefinition {
  switch (part.kind) {
    case 'choice':
      return dealtChoice(part, seed);
    case 'match':
      return { ...part, right: shuffled(part.right, seed, ({ id }) => id) };
    case 'predict':
      return { ...part, questions: part.questions.map((each) => dealtPrediction(each, seed)) };
    default:
      return part;
  }
}

function dealtChoice(part: PartOf<'choice'>, seed: string): PartOf<'choice'> {
  const mixed = <Q extends Pick<ChoiceQuestion, 'options'>>(question: Q, id: string): Q => ({
    ...question,
    options: shuffled(question.options, JSON.stringify([seed, id]), (option) => option.id),
  });
  const { questions, options } = part;
  if (!questions) return options ? mixed({ ...part, options }, part.id) : part;
  const drawn = shuffled(questions, seed, ({ id }) => id).slice(0, part.draw);
  return { ...part, questions: drawn.map((question) => mixed(question, question.id)) };
}

type Prediction = PartOf<'predict'>['questions'][number];

function dealtPrediction(question: Prediction, seed: string): Prediction {
  if (!question.options) return question;
  const own = JSON.stringify([seed, question.id]);
  return { ...question, options: shuffled(question.options, own, (option) => option) };
}

/** Sorted by the hash of seed and name: no order is likelier than another. */
function shuffled<T>(items: readonly T[], seed: string, nameOf: (item: T) => string): T[] {
  const keyed = items.map((item, index) => {
    const key = createHash('sha256')
      .update(JSON.stringify([seed, nameOf(item)]))
      .digest('hex');
    return { item, index, key };
  });
  return keyed
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.index - b.index))
    .map(({ item }) => item);
}
