import type { Role } from '../actor.ts';
import type { Assignment, Course, Instant } from '../course.ts';
import type { Cell } from '../gradebook.ts';
import type { Placed } from '../ports.ts';
import { notFound } from '../refusal.ts';
import { type CourseTotal, totalOf, type Weighed } from '../total.ts';
import { visibleTo } from '../visible.ts';
import { type CellCache, type GradeRow, gradeRows } from './cell-cache.ts';
import { blankCell, type CellGrade } from './course-cells.ts';
import type { ReportSource } from './report-source.ts';

/** An assignment, and whether its numbers may be shown: to whoever asks, and to learners. */
export interface ReportColumn extends Placed<Assignment> {
  readonly shown: boolean;
  readonly released: boolean;
}

/** A course's grades as every report of them begins. */
export interface CourseReport {
  readonly course: Course;
  readonly columns: readonly ReportColumn[];
  readonly outOf: number;
  /** Read as they are asked for, once. */
  readonly rows: Iterable<GradeRow>;
}

/** Throws the Refusal `not-found` where there is no such course. */
export function courseReport(
  source: ReportSource,
  cache: CellCache,
  { courseId, now, role }: { courseId: string; now: Instant; role: Role },
): CourseReport {
  const course = source.course(courseId);
  if (course === undefined) throw notFound('course');
  const columns = source.assignments(courseId).map((one) => ({
    ...one,
    shown: visibleTo({ role }, one.value, now).grades,
    released: visibleTo({ role: 'learner' }, one.value, now).grades,
  }));
  const blanks = columns.map(({ value }) => ({ assignment: value, grade: blankCell(value) }));
  const { outOf } = totalOf(blanks);
  return { course, columns, outOf, rows: gradeRows(source, cache, courseId) };
}

/** A row's cell under a column. */
export function gradeIn({ cells }: GradeRow, { place, value }: ReportColumn): CellGrade {
  return cells.get(place) ?? blankCell(value);
}

/** A learner's total of what may be shown. */
export function rowTotal(row: GradeRow, columns: readonly ReportColumn[]): CourseTotal {
  const weighed: Weighed[] = [];
  for (const column of columns) {
    if (column.shown) weighed.push({ assignment: column.value, grade: gradeIn(row, column) });
  }
  return totalOf(weighed);
}

/** What of a cell is told; its score only where it may be shown. */
export function cellOf(row: GradeRow, column: ReportColumn): Cell {
  const grade = gradeIn(row, column);
  const { attempted, awaitsMarking, late, excused, overridden } = grade;
  return {
    assignmentId: column.value.id,
    score: column.shown ? grade.score : null,
    ...{ attempted, awaitsMarking, late, excused, overridden, released: column.released },
  };
}
