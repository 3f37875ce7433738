import type { CellChange } from '../gradebook/reporting/report-source.ts';
import type { Outcome } from '../gradebook/submission.ts';
import { type InCourse, named } from './analytics-sql.ts';
import { factColumns } from './events.ts';
import type { Bit } from './schema.ts';

/* What reports read, in the order in which the rows lie. */

const course = '(SELECT place FROM courses WHERE id = @courseId)';

export const learnerCount = named<InCourse, { count: number }>(
  "SELECT count(*) AS count FROM enrolments WHERE course_id = @courseId AND role = 'learner'",
);

export const sectionNames = named<InCourse, { id: string; name: string }>(
  'SELECT id, name FROM sections WHERE course_id = @courseId',
);

type Stretch = InCourse & { first: number; last: number };

const inStretch = `FROM grade_events
  WHERE course = ${course} AND learner BETWEEN @first AND @last`;

/** Nearly all facts are attempts, and reading them costs by the column. */
export const stretchAttempts = named<Stretch, unknown>(
  `SELECT learner, assignment, seq, part, points, at, maximum, awaits_marking
  ${inStretch} AND kind = 'attempt' ORDER BY learner, assignment, seq`,
);

export const stretchOthers = named<Stretch, unknown>(
  `SELECT ${factColumns.join(', ')}, learner, assignment
  ${inStretch} AND kind <> 'attempt' ORDER BY learner, assignment, seq`,
);

export const cellFacts = named<InCourse & { learner: number; assignment: number }, unknown>(
  `SELECT ${factColumns.join(', ')} FROM grade_events
  WHERE course = ${course} AND learner = @learner AND assignment = @assignment ORDER BY seq`,
);

export const newestChange = named<InCourse, { change: number | null }>(
  `SELECT max(change) AS change FROM grade_changes WHERE course = ${course}`,
);

export const newestSubmission = named<InCourse, { place: number | null }>(
  `SELECT max(place) AS place FROM submissions WHERE course = ${course}`,
);

export const changesAfter = named<InCourse & { change: number }, CellChange>(
  `SELECT learner, assignment, change FROM grade_changes
  WHERE course = ${course} AND change > @change ORDER BY change, learner, assignment`,
);

export const wideChange = named<InCourse & { change: number }, { change: number }>(
  `SELECT change FROM grade_changes
  WHERE course = ${course} AND change >= @change AND (learner = 0 OR assignment = 0) LIMIT 1`,
);

type Window = InCourse & CellChange & { limit: number };

const afterCursor = '(change, learner, assignment) > (@change, @learner, @assignment)';

/** Where nothing but single cells changed. */
export const ownChanges = named<Window, CellChange>(
  `SELECT learner, assignment, change FROM grade_changes
  WHERE course = ${course} AND change >= @change AND ${afterCursor}
  ORDER BY change, learner, assignment LIMIT @limit`,
);

/** A cell changed when it, its assignment, its learner or the course did last. */
export const changedCells = named<Window, CellChange>(
  `WITH cells AS (
    SELECT own.learner, own.assignment, max(
      own.change, coalesce(assignments.change, 0), coalesce(learners.change, 0),
      coalesce(everything.change, 0)
    ) AS change
    FROM grade_changes AS own
    LEFT JOIN grade_changes AS assignments ON assignments.course = own.course
      AND assignments.learner = 0 AND assignments.assignment = own.assignment
    LEFT JOIN grade_changes AS learners ON learners.course = own.course
      AND learners.learner = own.learner AND learners.assignment = 0
    LEFT JOIN grade_changes AS everything ON everything.course = own.course
      AND everything.learner = 0 AND everything.assignment = 0
    WHERE own.course = ${course} AND own.learner > 0 AND own.assignment > 0
  )
  SELECT learner, assignment, change FROM cells
  WHERE ${afterCursor} ORDER BY change, learner, assignment LIMIT @limit`,
);

export const learnersIn = named<
  InCourse & { assignment: number; after: number; limit: number },
  { learner: number }
>(
  `SELECT learner FROM grade_changes
  WHERE course = ${course} AND learner > max(@after, 0) AND assignment = @assignment
  ORDER BY learner LIMIT @limit`,
);

export interface SubmissionRow {
  readonly place: number;
  readonly id: string;
  readonly at: string;
  readonly externalId: string;
  readonly name: string | null;
  readonly assignment: string;
  readonly part: string;
  readonly outcome: Outcome;
  readonly attempt: number | null;
  readonly points: number;
  readonly maximum: number;
  readonly late: Bit;
  readonly exerciseVersion: number;
  readonly engineVersion: string;
}

export const submissionsAfter = named<InCourse & { after: number; limit: number }, SubmissionRow>(
  `SELECT submissions.place, submissions.id, submissions.at, enrolments.external_id AS externalId,
    enrolments.name, assignments.title AS assignment, part, outcome, attempt, submissions.points,
    maximum, late, submissions.exercise_version AS exerciseVersion,
    engine_version AS engineVersion
  FROM submissions
  JOIN enrolments ON enrolments.place = submissions.learner
  JOIN assignments ON assignments.place = submissions.assignment
  WHERE submissions.course = ${course} AND submissions.place > @after
  ORDER BY submissions.place LIMIT @limit`,
);

export const riskRules = named<InCourse, { rules: string; revision: number }>(
  'SELECT rules, revision FROM risk_rules WHERE course_id = @courseId',
);
