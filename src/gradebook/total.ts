import type { Assignment } from './course.ts';
import { roundToHundredths } from './grade/rounding.ts';
import type { GradeTotal } from './grade.ts';

/** What a course's total needs of one assignment. */
export interface Weighed {
  readonly assignment: Pick<Assignment, 'mode' | 'weight' | 'points'>;
  readonly grade: Pick<GradeTotal, 'score' | 'outOf' | 'excused'>;
}

export interface CourseTotal {
  readonly score: number;
  readonly outOf: number;
}

/**
 * A learner's total: each assignment's share of its points times its weight. Practice is never in
 * it, and what is excused neither. Weights default to the points, which makes it their plain sum.
 */
export function totalOf(cells: Iterable<Weighed>): CourseTotal {
  let [score, outOf] = [0, 0];
  for (const { assignment, grade } of cells) {
    if (assignment.mode === 'practice' || grade.excused) continue;
    const weight = weightOf(assignment);
    outOf += weight;
    if (grade.outOf > 0)
      score += weight === grade.outOf ? grade.score : (grade.score / grade.outOf) * weight;
  }
  return { score: roundToHundredths(score), outOf: roundToHundredths(outOf) };
}

function weightOf({ weight, points }: Weighed['assignment']): number {
  return weight ?? points;
}
