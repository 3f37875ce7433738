import type { Exercise, ExerciseSummary, PartBase, Variant } from './exercise.ts';
import { type PartDefinition, pointsOf } from './part-format.ts';

/** A part as a learner may see it: no answer, no hint's text, nothing of a hidden check. */
export interface LearnerPart extends Omit<PartBase, 'hints'> {
  /** What each hint costs, in the order they are given out. */
  readonly hintCosts: readonly number[];
  /** What the learner starts from. */
  readonly start?: string;
  /** The visible checks, and what each is worth. */
  readonly checks?: readonly { readonly title: string; readonly points: number }[];
  readonly choose?: 'one' | 'several';
  readonly options?: readonly { readonly id: string; readonly text: string }[];
  readonly left?: readonly { readonly id: string; readonly text: string }[];
  readonly right?: readonly { readonly id: string; readonly text: string }[];
  readonly questions?: readonly {
    readonly id: string;
    readonly text: string;
    readonly options?: readonly string[];
  }[];
  /** The fewest words of a text. */
  readonly words?: number;
}

export interface LearnerView extends Omit<ExerciseSummary, 'parts'> {
  readonly brief: string;
  readonly parts: readonly LearnerPart[];
}

/** What the learner who was dealt this seed is shown of an exercise. */
export function learnerView(exercise: Exercise, seed: string): LearnerView {
  const variant = exercise.variantOf(seed);
  const { id, version, digest, summary, objectives, level, minutes, platform, points } = exercise;
  return {
    ...{ id, version, digest, summary, objectives, level, minutes, platform, points },
    title: variant.title,
    brief: variant.brief,
    parts: variant.parts.map((part) => partView(part, variant)),
  };
}

function partView(part: PartDefinition, variant: Variant): LearnerPart {
  return {
    ...{ id: part.id, kind: part.kind, title: part.title, prompt: part.prompt },
    points: pointsOf(part),
    hintCosts: part.hints.map((hint) => hint.cost),
    ...own(part, variant),
  };
}

const plain = ({ id, text }: { id: string; text: string }) => ({ id, text });

function own(part: PartDefinition, variant: Variant): Partial<LearnerPart> {
  switch (part.kind) {
    case 'manifest': {
      const start = part.start === undefined ? undefined : variant.file(part.start);
      return { checks: visibleChecks(part), ...(start !== undefined && { start }) };
    }
    case 'commands':
      return { checks: visibleChecks(part) };
    case 'choice':
      return { choose: part.choose, options: part.options.map(plain) };
    case 'match':
      return { left: part.left.map(plain), right: part.right.map(plain) };
    case 'predict':
      return {
        questions: part.questions.map(({ id, text, options }) => ({
          ...{ id, text },
          ...(options && { options }),
        })),
      };
    case 'text':
      return { words: part.words };
  }
}

function visibleChecks(part: Extract<PartDefinition, { kind: 'manifest' | 'commands' }>) {
  return part.checks
    .filter((check) => !check.hidden)
    .map(({ title, points }) => ({ title, points }));
}
