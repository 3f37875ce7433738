import { stringify } from 'csv-stringify/sync';

export const csvType = 'text/csv; charset=utf-8; header=present';

type Value = string | number | undefined;

/** RFC 4180; what a spreadsheet would take for a formula gets a leading apostrophe (OWASP). */
export function csvRows(rows: readonly (readonly Value[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { escape_formulas: true, record_delimiter: 'windows' },
  );
}

/** Whether a client names text/csv, and ranks it above JSON where it names both. */
export function prefersCsv(accept = ''): boolean {
  const csv = quality(accept, 'text/csv');
  return csv > 0 && csv >= quality(accept, 'application/json');
}

function quality(accept: string, type: string): number {
  const range = accept
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .find((each) => each.split(';', 1)[0]?.trim() === type);
  if (range === undefined) return 0;
  return Number(/;\s*q=([\d.]+)/.exec(range)?.[1] ?? 1);
}
