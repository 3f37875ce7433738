import { stringify } from 'csv-stringify/sync';
import type { Cell, CourseGrades } from '../../gradebook/index.ts';

/**
 * The gradebook as RFC 4180 CSV with a header row. A cell that a spreadsheet would take for a
 * formula is escaped with a leading apostrophe (OWASP, CSV injection).
 */
export function gradebookCsv({ assignments, rows, outOf }: CourseGrades): string {
  const header = [
    'Learner ID',
    'Name',
    ...assignments.map(({ title, points }) => `${title} (${points})`),
    `Total (${outOf})`,
  ];
  const lines = rows.map(({ learner, cells, score }) => [
    learner.externalId,
    learner.name ?? '',
    ...cells.map((cell) => cellText(cell)),
    score,
  ]);
  return stringify([header, ...lines], { escape_formulas: true, record_delimiter: 'windows' });
}

/** Empty for what was not done; an override speaks for somebody who did nothing. */
function cellText({ score, attempted, overridden, excused }: Cell): number | string {
  if (excused) return 'excused';
  return attempted || overridden ? (score ?? '') : '';
}
