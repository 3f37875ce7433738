import type { ExceptionsFor } from '../../gradebook/exceptions.ts';
import type { Instant } from '../../gradebook/index.ts';
import type { CourseReport } from '../../gradebook/reporting/course-report.ts';
import {
  matrixCell,
  type ProgressState,
  progressStates,
} from '../../gradebook/reporting/matrix.ts';
import { csvPieces } from './csv.ts';

interface At {
  readonly exceptions: ExceptionsFor;
  readonly now: Instant;
}

/** Who is how far with what, and how many of each: as JSON. */
export function* matrixJson({ course, columns, rows }: CourseReport, at: At): Generator<string> {
  const counts = columns.map(() => noneOf());
  const { id, title } = course;
  yield `{"course":${JSON.stringify({ id, title })},"states":${JSON.stringify(progressStates)},"learners":[`;
  let count = 0;
  for (const row of rows) {
    const cells = columns.map((column) => matrixCell(row, column, at));
    for (const [index, { state }] of cells.entries()) {
      const own = counts[index];
      if (own !== undefined) own[state] += 1;
    }
    const { id: learnerId, externalId, name } = row.learner;
    const complete = cells.filter(({ state }) => state === 'complete').length;
    const told = {
      id: learnerId,
      externalId,
      ...(name !== undefined && { name }),
      complete,
      cells,
    };
    yield `${count > 0 ? ',' : ''}${JSON.stringify(told)}`;
    count += 1;
  }
  const assignments = columns.map(({ value }, index) => ({
    ...{ id: value.id, title: value.title, mode: value.mode },
    counts: counts[index],
  }));
  yield `],"assignments":${JSON.stringify(assignments)}}`;
}

export function matrixCsv(
  report: CourseReport,
  at: At,
  formulas: 'escape' | 'keep',
): Generator<string> {
  return csvPieces(matrixRows(report, at), formulas);
}

function* matrixRows({ columns, rows }: CourseReport, at: At): Generator<string[]> {
  yield ['Learner ID', 'Name', ...columns.map(({ value }) => value.title)];
  for (const row of rows) {
    const cells = columns.map((column) => matrixCell(row, column, at));
    const words = cells.map(({ state, late }) => (late ? `${state}, late` : state));
    yield [row.learner.externalId, row.learner.name ?? '', ...words];
  }
}

function noneOf(): Record<ProgressState, number> {
  return Object.fromEntries(progressStates.map((state) => [state, 0])) as Record<
    ProgressState,
    number
  >;
}
