import type { RiskRules } from '../gradebook/analytics/risk.ts';
import type { GradeFact } from '../gradebook/event.ts';
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
  stretchAttempts,
  stretchOthers,
  submissionsAfter,
  wideChange,
} from './report-statements.ts';
import type { Bit } from './schema.ts';

type OtherTuple = readonly [...fact: FactTuple, learner: number, assignment: number];
type AttemptTuple = readonly [
  learner: number,
  assignment: number,
  order: number,
  part: string,
  points: number,
  at: string,
  maximum: number | null,
  awaitsMarking: Bit,
];
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
      grouped(
        connection.tuples<AttemptTuple, Stretch>(stretchAttempts, { courseId, first, last }),
        connection.tuples<OtherTuple, Stretch>(stretchOthers, { courseId, first, last }),
      ),
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

interface OpenCell extends CellFacts {
  readonly facts: GradeFact[];
}

/** Attempts of one cell stand together; what else happened is put to them, whatever its place. */
function grouped(
  attempts: readonly AttemptTuple[],
  others: readonly OtherTuple[],
): readonly CellFacts[] {
  const cells: OpenCell[] = [];
  let newest: OpenCell | undefined;
  for (const [learner, assignment, order, part, points, at, maximum, awaits] of attempts) {
    if (newest === undefined || newest.assignment !== assignment || newest.learner !== learner) {
      newest = { learner, assignment, facts: [] };
      cells.push(newest);
    }
    const known = {
      kind: 'attempt',
      order,
      part,
      at,
      points,
      awaitsMarking: awaits === 1,
    } as const;
    newest.facts.push(maximum === null ? known : { ...known, maximum });
  }
  if (others.length > 0) addOthers(cells, others);
  return cells;
}

function addOthers(cells: OpenCell[], others: readonly OtherTuple[]): void {
  const known = new Map(cells.map((cell) => [`${cell.learner} ${cell.assignment}`, cell]));
  for (const row of others) {
    const [learner, assignment] = [row[12], row[13]];
    const name = `${learner} ${assignment}`;
    let cell = known.get(name);
    if (cell === undefined) {
      cell = { learner, assignment, facts: [] };
      known.set(name, cell);
      cells.push(cell);
    }
    cell.facts.push(toFact(row));
  }
}

function toLine({ name, attempt, late, ...row }: SubmissionRow): SubmissionLine {
  return {
    ...row,
    ...(name !== null && { name }),
    ...(attempt !== null && { attempt }),
    late: late === 1,
  };
}
