import { stringify } from 'csv-stringify/sync';
import type { CourseGrades } from '../../gradebook/index.ts';

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
    ...cells.map((cell) => (cell.attempted ? cell.score : '')),
    score,
  ]);
  return stringify([header, ...lines], { escape_formulas: true, record_delimiter: 'windows' });
}
