import type { RiskRules } from '../gradebook/analytics/risk.ts';
import type {
  CellFacts,
  ReportSource,
  SubmissionLine,
} from '../gradebook/reporting/report-source.ts';
import { analyticsOf } from './analytics.ts';
import { listPlacedAssignments } from './assignments.ts';
import { Connection } from './connection.ts';
import { findCourse } from './courses.ts';
import { loadDriver } from './dialect.ts';
import { findLearnerAt, listLearnersAfter } from './enrolments.ts';
import { type FactTuple, toFact } from './events.ts';
import { extensionsInForce } from './extensions.ts';
import { overridesInForce } from './overrides.ts';
import {
  cellFacts,
  changedCells,
  changesAfter,
  learnerCount,
  learnersIn,
  newestChange,
  newestSubmission,
  ownChanges,
  riskRules,
  type SubmissionRow,
  sectionNames,
  stretchFacts,
  submissionsAfter,
  wideChange,
} from './report-statements.ts';

type StretchTuple = readonly [...fact: FactTuple, learner: number, assignment: number];
type Cell = { courseId: string; learner: number; assignment: number };
type Stretch = { courseId: string; first: number; last: number };

/**
 * A second connection to the store, which only reads: what it is asked never waits for a write, and
 * no write for it. For the thread that makes reports.
 */
export function openReportSource(file: string): ReportSource {
  const Driver = loadDriver(file);
  const database = new Driver(file, { readonly: true, fileMustExist: true });
  for (const pragma of ['busy_timeout = 2000', 'temp_store = MEMORY', 'cache_size = -32768']) {
    database.pragma(pragma);
  }
  const connection = new Connection(database);
  const analytics = analyticsOf(connection);
  return {
    ...analytics,
    ...peopleAndWork(connection),
    ...changes(connection),
    oneView: (work) => oneView(connection, analytics.forget, work),
    close: () => database.close(),
  };
}

/** One read transaction: SQLite shows it one moment, whatever is written meanwhile. */
function oneView<T>(connection: Connection, forget: () => void, work: () => T): T {
  if (connection.inTransaction) return work();
  connection.command('BEGIN');
  try {
    return work();
  } finally {
    forget();
    connection.command('COMMIT');
  }
}

function peopleAndWork(connection: Connection) {
  return {
    course: (courseId) => findCourse(connection, courseId),
    assignments: (courseId) => listPlacedAssignments(connection, courseId),
    learners: (courseId, after, limit) => listLearnersAfter(connection, courseId, after, limit),
    learnerAt: (courseId, place) => findLearnerAt(connection, courseId, place),
    learnerCount: (courseId) => connection.first(learnerCount, { courseId })?.count ?? 0,
    sectionNames: (courseId) =>
      new Map(connection.all(sectionNames, { courseId }).map(({ id, name }) => [id, name])),
    exceptions: (courseId) => ({
      extensions: extensionsInForce(connection, courseId),
      overrides: overridesInForce(connection, courseId),
    }),
    facts: (courseId, first, last) =>
      grouped(connection.tuples<StretchTuple, Stretch>(stretchFacts, { courseId, first, last })),
    factsOf: (courseId, cell) =>
      connection.tuples<FactTuple, Cell>(cellFacts, { courseId, ...cell }).map(toFact),
    submissions: (courseId, after, limit) =>
      connection
        .all(submissionsAfter, { courseId, after, limit })
        .map((row) => ({ place: row.place, value: toLine(row) })),
    riskRules: (courseId) => {
      const row = connection.first(riskRules, { courseId });
      return row && (JSON.parse(row.rules) as RiskRules);
    },
  } satisfies Partial<ReportSource>;
}

function changes(connection: Connection) {
  return {
    newestChange: (courseId) => connection.first(newestChange, { courseId })?.change ?? 0,
    newestSubmission: (courseId) => connection.first(newestSubmission, { courseId })?.place ?? 0,
    changesAfter: (courseId, change) => connection.all(changesAfter, { courseId, change }),
    changedCells: (courseId, after, limit) => {
      const asked = { courseId, ...after, limit };
      const wide = connection.first(wideChange, { courseId, change: after.change }) !== undefined;
      return connection.all(wide ? changedCells : ownChanges, asked);
    },
    learnersIn: (courseId, assignment, after, limit) =>
      connection
        .all(learnersIn, { courseId, assignment, after, limit })
        .map(({ learner }) => learner),
  } satisfies Partial<ReportSource>;
}

/** Rows of one cell stand together. */
function grouped(rows: readonly StretchTuple[]): readonly CellFacts[] {
  const cells: { learner: number; assignment: number; facts: ReturnType<typeof toFact>[] }[] = [];
  let newest = cells.at(-1);
  for (const row of rows) {
    const [learner, assignment] = [row[12], row[13]];
    if (newest === undefined || newest.assignment !== assignment || newest.learner !== learner) {
      newest = { learner, assignment, facts: [] };
      cells.push(newest);
    }
    newest.facts.push(toFact(row));
  }
  return cells;
}

function toLine({ name, attempt, late, ...row }: SubmissionRow): SubmissionLine {
  return {
    ...row,
    ...(name !== null && { name }),
    ...(attempt !== null && { attempt }),
    late: late === 1,
  };
}
