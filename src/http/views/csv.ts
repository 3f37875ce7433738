import { stringify } from 'csv-stringify/sync';

type CsvCell = string | number | boolean | undefined;

/** Rows written at once: few enough to be quick, enough to be worth it. */
const rowsAtOnce = 200;

/**
 * RFC 4180 CSV, in pieces of some rows. A cell that a spreadsheet would take for a formula is
 * escaped with a leading apostrophe (OWASP, CSV injection) unless `formulas` says `keep`.
 */
export function* csvPieces(
  rows: Iterable<readonly CsvCell[]>,
  formulas: 'escape' | 'keep',
): Generator<string> {
  const options = { escape_formulas: formulas === 'escape', record_delimiter: 'windows' } as const;
  let kept: (readonly CsvCell[])[] = [];
  for (const row of rows) {
    kept.push(row);
    if (kept.length < rowsAtOnce) continue;
    yield stringify(kept as CsvCell[][], options);
    kept = [];
  }
  if (kept.length > 0) yield stringify(kept as CsvCell[][], options);
}
