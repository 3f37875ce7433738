import type { Instant } from '../course.ts';
import type { ExceptionsFor } from '../exceptions.ts';
import { windowFor } from '../policy/schedule.ts';
import type { GradeRow } from './cell-cache.ts';
import { gradeIn, type ReportColumn } from './course-report.ts';

/** How far a learner is with an assignment; the first that applies. */
export const progressStates = [
  'excused',
  'awaiting-marking',
  'complete',
  'partial',
  'attempted',
  'missing',
  'not-open',
  'open',
] as const;
export type ProgressState = (typeof progressStates)[number];

export interface MatrixCell {
  readonly state: ProgressState;
  readonly late: boolean;
}

/** `attempted` is all that is said while the score is withheld from whoever asks. */
export function matrixCell(
  row: GradeRow,
  column: ReportColumn,
  { exceptions, now }: { exceptions: ExceptionsFor; now: Instant },
): MatrixCell {
  const grade = gradeIn(row, column);
  const { late } = grade;
  if (grade.excused) return { state: 'excused', late: false };
  if (grade.awaitsMarking) return { state: 'awaiting-marking', late };
  if (grade.attempted || grade.overridden) {
    if (!column.shown) return { state: 'attempted', late };
    return { state: grade.score >= grade.outOf ? 'complete' : 'partial', late };
  }
  const { extensions } = exceptions(row.learner, column.value.id);
  const { opensAt, dueAt, closesAt } = windowFor(column.value, extensions);
  const end = dueAt ?? closesAt;
  if (end !== undefined && now > end) return { state: 'missing', late: false };
  const notYet = opensAt !== undefined && now < opensAt;
  return { state: notYet ? 'not-open' : 'open', late: false };
}
