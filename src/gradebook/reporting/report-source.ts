import type { RiskRules } from '../analytics/risk.ts';
import type { AnalyticsSource } from '../analytics/source.ts';
import type { Assignment, Course, Enrolment, Instant } from '../course.ts';
import type { GradeFact } from '../event.ts';
import type { Exceptions, Placed } from '../ports.ts';
import type { Outcome } from '../submission.ts';

/** A learner's assignment by the places of their rows. */
export interface CellPlace {
  readonly learner: number;
  readonly assignment: number;
}

/** A grade that may have changed, and as the how-manieth change of its course it did last. */
export interface CellChange extends CellPlace {
  readonly change: number;
}

/** Everything that happened in one cell, in order. */
export interface CellFacts extends CellPlace {
  readonly facts: readonly GradeFact[];
}

/** One submission without its words, for exports. */
export interface SubmissionLine {
  readonly id: string;
  readonly at: Instant;
  readonly externalId: string;
  readonly name?: string;
  readonly assignment: string;
  readonly part: string;
  readonly outcome: Outcome;
  readonly attempt?: number;
  readonly points: number;
  readonly maximum: number;
  readonly late: boolean;
  readonly exerciseVersion: number;
  readonly engineVersion: string;
}

/**
 * What reports read, beside the live requests and never in their way. Synchronous: it is for a
 * thread that does nothing else.
 */
export interface ReportSource extends AnalyticsSource {
  /** All that `work` reads is of one moment. */
  oneView<T>(work: () => T): T;
  course(courseId: string): Course | undefined;
  assignments(courseId: string): readonly Placed<Assignment>[];
  /** The learners who are in the course, in the order of enrolment, `limit` after that place. */
  learners(courseId: string, after: number, limit: number): readonly Placed<Enrolment>[];
  /** The learner of that row. */
  learnerAt(courseId: string, place: number): Enrolment | undefined;
  learnerCount(courseId: string): number;
  sectionNames(courseId: string): ReadonlyMap<string, string>;
  /** Those in force. */
  exceptions(courseId: string): Exceptions;
  /** The cells in which something happened, of the learners from that place to that place. */
  facts(courseId: string, first: number, last: number): readonly CellFacts[];
  factsOf(courseId: string, cell: CellPlace): readonly GradeFact[];
  newestChange(courseId: string): number;
  /** The place of the newest one, refused ones too. */
  newestSubmission(courseId: string): number;
  /**
   * Changes after that one, in order; learner 0 is every learner and assignment 0 every one.
   */
  changesAfter(courseId: string, change: number): readonly CellChange[];
  /**
   * The cells in which something happened, in the order of their newest change of whatever kind,
   * `limit` after the given one.
   */
  changedCells(courseId: string, after: CellChange, limit: number): readonly CellChange[];
  /** Learners in whose cell of an assignment something happened, `limit` after that place. */
  learnersIn(courseId: string, assignment: number, after: number, limit: number): readonly number[];
  /** Submissions in the order they were made, `limit` after that place. */
  submissions(courseId: string, after: number, limit: number): readonly Placed<SubmissionLine>[];
  riskRules(courseId: string): RiskRules | undefined;
  close(): void;
}
