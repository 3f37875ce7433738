import type { Variant } from '../../exercise/exercise.ts';
import type { PartDefinition, PartOf } from '../../exercise/part-format.ts';
import type { PartAnswer, Verdict } from '../verdict.ts';

export type PartKind = PartDefinition['kind'];

/** What an answer to a part of this kind holds. */
export type AnswerTo<K extends PartKind> = Extract<PartAnswer, Record<K, unknown>>[K];

/** Judges one kind of part. */
export interface PartGrader<K extends PartKind> {
  grade(part: PartOf<K>, answer: AnswerTo<K>, variant: Variant): Verdict;
  /** Says what would be refused; judges nothing. */
  check(part: PartOf<K>, answer: AnswerTo<K>, variant: Variant): Verdict;
}
