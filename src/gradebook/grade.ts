import type { AssignedPart, Policy } from './course.ts';
import type { AttemptEvent, GradeEvent, HintEvent, MarkEvent } from './event.ts';

/** One event's share in a part's points. */
export interface GradeStep {
  readonly kind: 'attempt' | 'hint' | 'mark';
  readonly order: number;
  /** The attempt's points, the hint's cost as a negative number, the mark. */
  readonly points: number;
  /** An attempt's points after the hints before it; never below 0. */
  readonly net?: number;
  readonly counts: boolean;
}

export interface PartGrade {
  readonly part: string;
  readonly points: number;
  readonly maximum: number;
  readonly attempts: number;
  readonly hintCost: number;
  /** A mark stands in place of the automatic points. */
  readonly marked: boolean;
  readonly awaitsMarking: boolean;
  readonly comment?: string;
  /** What made the number, oldest first. */
  readonly steps: readonly GradeStep[];
}

/** Derived from events, never stored as truth. */
export interface Grade {
  /** Sum of the parts' points, in the exercise's points. */
  readonly points: number;
  readonly maximum: number;
  /** The same in the assignment's own points, rounded half up to hundredths: the only rounding. */
  readonly score: number;
  readonly outOf: number;
  readonly awaitsMarking: boolean;
  readonly late: boolean;
  readonly parts: readonly PartGrade[];
}
