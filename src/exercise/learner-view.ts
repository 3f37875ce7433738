import type { Exercise, ExerciseSummary, PartBase, Variant } from './exercise.ts';
import { type PartDefinition, type PartOf, pointsOf, questionsOf } from './part-format.ts';

/** A part as a learner may see it: no answer, no hint's text, nothing of a hidden check. */
export interface LearnerPart extends Omit<PartBase, 'hints'> {
  /** What each hint costs, in the order they are given out. */
  readonly hintCosts: readonly number[];
  /** What the learner starts from. */
  readonly start?: string;
  /** The visible checks, and what each is worth. */
  readonly checks?: readonly { readonly title: string; readonly points: number }[];
  readonly choose?: 'one' | 'several';
  readonly options?: readonly LearnerItem[];
  readonly left?: readonly LearnerItem[];
  readonly right?: readonly LearnerItem[];
  /** What is to be predicted, or the questions of a bank that were dealt. */
  readonly questions?: readonly (LearnerItem & {
    readonly choose?: 'one' | 'several';
    readonly options?: readonly (string | LearnerItem)[];
    /** The platform of the cluster that is meant, where it is not the exercise's own. */
    readonly on?: string;
  })[];
  /** The fewest words of a text. */
  readonly words?: number;
  /** How an answer that is partly right is counted. */
  readonly partialCredit?: PartialCredit;
}

export interface LearnerItem {
  readonly id: string;
  readonly text: string;
}

/**
 * `all-or-nothing`: one option, right or not. `wrong-counts-against`: what is wrong takes away what
 * guessing it would gain on average, what is left out takes nothing away, and nothing falls below
 * zero. `by-item`: each thing that is looked for has its own points.
 */
export type PartialCredit = 'all-or-nothing' | 'wrong-counts-against' | 'by-item';

export interface LearnerView extends Omit<ExerciseSummary, 'parts'> {
  readonly brief: string;
  readonly parts: readonly LearnerPart[];
  /** The worked explanation; only once it may be told. */
  readonly explanation?: string;
  /** Why each option is right or not: with the explanation. */
  readonly reasons?: readonly OptionReason[];
}

/** What is told of an option when nothing is to be kept back any more. */
export interface OptionReason {
  readonly part: string;
  readonly question: string;
  readonly option: string;
  readonly right: boolean;
  readonly reason: string;
}

/**
 * What the learner who was dealt this seed is shown of an exercise; `explained` when they may know
 * by now why everything is as it is.
 */
export function learnerView(exercise: Exercise, seed: string, explained = false): LearnerView {
  const variant = exercise.variantOf(seed);
  const { id, version, digest, summary, objectives, level, minutes, points } = exercise;
  const { platform } = variant;
  return {
    ...{ id, version, digest, summary, objectives, level, minutes, platform, points },
    title: variant.title,
    brief: variant.brief,
    parts: variant.parts.map((part) => partView(part, variant)),
    ...(explained && explanationOf(variant)),
  };
}

function explanationOf({ explanation, parts }: Variant): Partial<LearnerView> {
  const reasons = parts.flatMap((part) => (part.kind === 'choice' ? reasonsOf(part) : []));
  return {
    ...(explanation !== undefined && { explanation }),
    ...(reasons.length > 0 && { reasons }),
  };
}

const reasonsOf = (part: PartOf<'choice'>): OptionReason[] =>
  questionsOf(part).flatMap(({ id: question, options }) =>
    options.map(({ id: option, right, reason }) => {
      return { part: part.id, question, option, right, reason };
    }),
  );

function partView(part: PartDefinition, variant: Variant): LearnerPart {
  return {
    ...{ id: part.id, kind: part.kind, title: part.title, prompt: part.prompt },
    points: pointsOf(part),
    hintCosts: part.hints.map((hint) => hint.cost),
    ...own(part, variant),
  };
}

const plain = ({ id, text }: LearnerItem): LearnerItem => ({ id, text });

function own(part: PartDefinition, variant: Variant): Partial<LearnerPart> {
  switch (part.kind) {
    case 'manifest': {
      const start = part.start === undefined ? undefined : variant.file(part.start);
      return { checks: visibleChecks(part), ...(start !== undefined && { start }) };
    }
    case 'commands':
      return { checks: visibleChecks(part) };
    case 'choice':
      return choiceView(part);
    case 'match':
      return {
        partialCredit: 'wrong-counts-against',
        left: part.left.map(plain),
        right: part.right.map(plain),
      };
    case 'predict':
      return {
        partialCredit: 'wrong-counts-against',
        questions: part.questions.map(({ id, text, options, on }) => ({
          ...{ id, text },
          ...(options && { options }),
          ...(on && { on }),
        })),
      };
    case 'text':
      return { words: part.words, ...coverageView(part) };
  }
}

function choiceView(part: PartOf<'choice'>): Partial<LearnerPart> {
  const questions = questionsOf(part).map(({ id, text, choose, options }) => ({
    ...{ id, text, choose, options: options.map(plain) },
  }));
  const [only] = questions;
  if (part.questions || !only) return { questions, partialCredit: 'wrong-counts-against' };
  const { choose, options } = only;
  const partialCredit = choose === 'one' ? 'all-or-nothing' : 'wrong-counts-against';
  return { choose, options, partialCredit };
}

/** What a text is looked through for, by its titles: never the phrases. */
function coverageView({ coverage }: PartOf<'text'>): Partial<LearnerPart> {
  if (coverage.length === 0) return {};
  const checks = coverage.map(({ title, points }) => ({ title, points }));
  return { checks, partialCredit: 'by-item' };
}

function visibleChecks(part: Extract<PartDefinition, { kind: 'manifest' | 'commands' }>) {
  return part.checks
    .filter((check) => !check.hidden)
    .map(({ title, points }) => ({ title, points }));
}
