import type { Enrolment } from '../../gradebook/index.ts';
import type { GradeRow } from '../../gradebook/reporting/cell-cache.ts';
import {
  type CourseReport,
  gradeIn,
  type ReportColumn,
  rowTotal,
} from '../../gradebook/reporting/course-report.ts';
import type { CsvOptions, Preset } from '../../gradebook/reporting/report.ts';
import { csvPieces } from './csv.ts';

type CsvRow = (string | number)[];

/** What makes a gradebook this platform's; docs/reports.md says where each rule comes from. */
interface Layout {
  /** The columns before the grades. */
  readonly head: (options: CsvOptions) => readonly string[];
  readonly person: (learner: Enrolment, options: CsvOptions, section: string) => CsvRow;
  readonly title: (column: ReportColumn) => string;
  /** A row between header and learners. */
  readonly second?: (columns: readonly ReportColumn[]) => CsvRow;
  readonly excused: string;
  /** The header of the total, for layouts that have one. */
  readonly total?: (outOf: number) => string;
}

const canvasHead = ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section'];

const layouts: Readonly<Record<Preset, Layout>> = {
  plain: {
    head: ({ idColumn }) => [idColumn, 'Name'],
    person: ({ externalId, name }) => [externalId, name ?? ''],
    title: ({ value }) => `${value.title} (${value.points})`,
    excused: 'excused',
    total: (outOf) => `Total (${outOf})`,
  },
  canvas: {
    head: () => canvasHead,
    person: ({ externalId, name }, { idColumn }, section) => [
      name ?? externalId,
      ...canvasHead.slice(1, 4).map((column) => (column === idColumn ? externalId : '')),
      section,
    ],
    title: ({ value }) => value.title,
    second: (columns) => ['    Points Possible', '', '', '', '', ...columns.map(pointsOf)],
    excused: 'EX',
  },
  moodle: {
    head: ({ idColumn }) => [idColumn, 'Full name'],
    person: ({ externalId, name }) => [externalId, name ?? ''],
    title: ({ value }) => `${value.title} (Real)`,
    excused: '',
  },
};

/** The gradebook as CSV with a header row, made while it is read. */
export function gradebookCsv(
  report: CourseReport,
  options: CsvOptions,
  sections: ReadonlyMap<string, string>,
): Generator<string> {
  return csvPieces(csvRows(report, options, sections), options.formulas);
}

function* csvRows(
  { columns, rows, outOf }: CourseReport,
  options: CsvOptions,
  sections: ReadonlyMap<string, string>,
): Generator<CsvRow> {
  const layout = layouts[options.preset];
  const total = layout.total === undefined ? [] : [layout.total(outOf)];
  yield [...layout.head(options), ...distinct(columns.map(layout.title)), ...total];
  if (layout.second !== undefined) yield layout.second(columns);
  for (const row of rows) {
    const section = sections.get(row.learner.sectionId ?? '') ?? '';
    yield [
      ...layout.person(row.learner, options, section),
      ...columns.map((column) => cellText(row, column, layout)),
      ...(layout.total === undefined ? [] : [rowTotal(row, columns).score]),
    ];
  }
}

/** Empty for what was not done; an override speaks for somebody who did nothing. */
function cellText(row: GradeRow, column: ReportColumn, { excused }: Layout): number | string {
  const grade = gradeIn(row, column);
  if (grade.excused) return excused;
  return column.shown && (grade.attempted || grade.overridden) ? grade.score : '';
}

const pointsOf = ({ value }: ReportColumn): number => value.points;

/** Platforms find a column by its header: the second of the same name gets a number. */
function distinct(titles: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return titles.map((title) => {
    const count = (seen.get(title) ?? 0) + 1;
    seen.set(title, count);
    return count === 1 ? title : `${title} [${count}]`;
  });
}
