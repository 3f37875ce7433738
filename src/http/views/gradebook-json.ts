import type { GradeRow } from '../../gradebook/reporting/cell-cache.ts';
import {
  type CourseReport,
  cellOf,
  gradeIn,
  type ReportColumn,
  rowTotal,
} from '../../gradebook/reporting/course-report.ts';

/** Learners whose rows are one piece. */
const rowsAtOnce = 25;

/** The gradebook as JSON, made while it is read. */
export function* gradebookJson({ course, columns, rows, outOf }: CourseReport): Generator<string> {
  const assignments = columns.map(({ value: { id, title, points } }) => ({ id, title, points }));
  const head = `{"course":${JSON.stringify(course)},"assignments":${JSON.stringify(assignments)},`;
  const writers = columns.map(cellWriter);
  let piece = `${head}"learners":[`;
  let count = 0;
  for (const row of rows) {
    piece += `${count > 0 ? ',' : ''}${rowText(row, columns, writers)}`;
    count += 1;
    if (count % rowsAtOnce > 0) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}],"outOf":${JSON.stringify(outOf)}}`;
}

type CellWriter = (row: GradeRow) => string;

function rowText(
  row: GradeRow,
  columns: readonly ReportColumn[],
  writers: readonly CellWriter[],
): string {
  const { id, externalId, name } = row.learner;
  const { score, outOf } = rowTotal(row, columns);
  const person = JSON.stringify({ id, externalId, ...(name !== undefined && { name }), score });
  const cells = writers.map((write) => write(row)).join(',');
  return `${person.slice(0, -1)},"cells":[${cells}],"outOf":${JSON.stringify(outOf)}}`;
}

/** Cells differ by their score and some flags: all but the score is written once for each kind. */
function cellWriter(column: ReportColumn): CellWriter {
  const known = new Map<number, readonly [before: string, after: string]>();
  return (row) => {
    const grade = gradeIn(row, column);
    const kind =
      (grade.attempted ? 1 : 0) +
      (grade.awaitsMarking ? 2 : 0) +
      (grade.late ? 4 : 0) +
      (grade.excused ? 8 : 0) +
      (grade.overridden ? 16 : 0);
    const around = known.get(kind) ?? textAround(row, column);
    known.set(kind, around);
    return `${around[0]}${column.shown ? grade.score : 'null'}${around[1]}`;
  };
}

function textAround(row: GradeRow, column: ReportColumn): readonly [string, string] {
  const { assignmentId, score: _score, ...flags } = cellOf(row, column);
  const before = `{"assignmentId":${JSON.stringify(assignmentId)},"score":`;
  return [before, `,${JSON.stringify(flags).slice(1)}`];
}
