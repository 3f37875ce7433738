import { limits } from '../../limits.ts';
import type { Enrolment } from '../course.ts';
import type { Placed } from '../ports.ts';
import {
  type CellRules,
  type CourseCells,
  deriveCells,
  type LearnerCells,
  noCells,
  rulesOf,
  setCell,
} from './course-cells.ts';
import type { CellChange, ReportSource } from './report-source.ts';

interface CacheSizes {
  /** Grades that are kept, all courses together. */
  readonly cells: number;
  /** Learners read at once of a course that has more. */
  readonly learnersAtOnce: number;
}

const usualSizes = { cells: limits.cellsKept, learnersAtOnce: limits.learnersAtOnce };

/**
 * Grades that were derived before, kept in memory and never as the truth: each use asks first what
 * changed since, and derives exactly those cells again. What is kept can be thrown away at any time.
 */
export class CellCache {
  readonly #source: ReportSource;
  readonly sizes: CacheSizes;
  readonly #courses = new Map<string, CourseCells>();

  constructor(source: ReportSource, sizes: CacheSizes = usualSizes) {
    this.#source = source;
    this.sizes = sizes;
  }

  /** As of now; call it within one view. Courses used longest ago make room. */
  cells(courseId: string, learners: readonly Placed<Enrolment>[]): CourseCells {
    const before = this.#courses.get(courseId);
    const change = this.#source.newestChange(courseId);
    const now = before?.change === change ? before : this.#renewed(courseId, learners, before);
    this.#courses.delete(courseId);
    this.#courses.set(courseId, { ...now, change });
    this.#makeRoom();
    return now;
  }

  #renewed(
    courseId: string,
    learners: readonly Placed<Enrolment>[],
    before: CourseCells | undefined,
  ): CourseCells {
    const rules = rulesOf(this.#source, courseId);
    const changes = before && this.#source.changesAfter(courseId, before.change);
    const few = changes !== undefined && changes.length <= limits.cellsRenewedSingly;
    if (before !== undefined && few && changes.every(isOneCell)) {
      this.#renewSome(courseId, changes, before, { rules, learners });
      return before;
    }
    return { change: 0, byLearner: deriveCells(this.#source, courseId, learners, rules) };
  }

  #renewSome(
    courseId: string,
    changes: readonly CellChange[],
    { byLearner }: CourseCells,
    { rules, learners }: { rules: CellRules; learners: readonly Placed<Enrolment>[] },
  ): void {
    const people = new Map(learners.map(({ place, value }) => [place, value]));
    for (const cell of changes) {
      const person = people.get(cell.learner);
      if (person === undefined) continue;
      setCell(byLearner, cell, person, this.#source.factsOf(courseId, cell), rules);
    }
  }

  #makeRoom(): void {
    let kept = 0;
    for (const [courseId, { byLearner }] of [...this.#courses].reverse()) {
      for (const cells of byLearner.values()) kept += cells.size;
      if (kept > this.sizes.cells) this.#courses.delete(courseId);
    }
  }
}

/** Not a change of everything in an assignment, of a learner or of the course. */
const isOneCell = ({ learner, assignment }: CellChange): boolean =>
  learner !== 0 && assignment !== 0;

/** One learner's row of a report. */
export interface GradeRow {
  /** Of the learner's row. */
  readonly place: number;
  readonly learner: Enrolment;
  readonly cells: LearnerCells;
}

/**
 * The learners of a course with their grades. A course too large to be kept is read a stretch of
 * learners at a time, so that memory does not grow with it; its stretches are of different moments.
 */
export function* gradeRows(
  source: ReportSource,
  cache: CellCache,
  courseId: string,
): Generator<GradeRow> {
  const cellCount = source.learnerCount(courseId) * source.assignments(courseId).length;
  const whole = cellCount <= cache.sizes.cells;
  const stretch = whole ? Number.MAX_SAFE_INTEGER : cache.sizes.learnersAtOnce;
  for (let after = 0; ; ) {
    const rows = source.oneView(() => {
      const learners = source.learners(courseId, after, stretch);
      const cells = whole
        ? cache.cells(courseId, learners).byLearner
        : deriveCells(source, courseId, learners, rulesOf(source, courseId));
      return learners.map(({ place, value }) => ({
        place,
        learner: value,
        cells: cells.get(place) ?? noCells,
      }));
    });
    yield* rows;
    if (whole || rows.length < stretch) return;
    after = rows.at(-1)?.place ?? after;
  }
}
