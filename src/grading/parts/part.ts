import type { Variant } from '../../exercise/exercise.ts';
import type { PartDefinition, PartOf } from '../../exercise/part-format.ts';
import type { PartAnswer, Verdict } from '../verdict.ts';

export type PartKind = PartDefinition['kind'];

/** What an answer to a part of this kind holds; of a choice the whole, as it has two forms. */
export type AnswerTo<K extends PartKind> = K extends 'choice'
  ? PartAnswer
  : Extract<PartAnswer, Record<K, unknown>>[K & keyof Extract<PartAnswer, Record<K, unknown>>];

/** Judges one kind of part. */
export interface PartGrader<K extends PartKind> {
  grade(part: PartOf<K>, answer: AnswerTo<K>, variant: Variant): Verdict;
  /** Says what would be refused; judges nothing. */
  check(part: PartOf<K>, answer: AnswerTo<K>, variant: Variant): Verdict;
}
