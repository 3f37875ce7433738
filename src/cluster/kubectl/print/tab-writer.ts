export interface TabSettings {
  readonly minWidth: number;
  readonly padding: number;
}

/** The settings of kubectl's tables, and those of `describe`. */
export const tableTabs: TabSettings = { minWidth: 6, padding: 3 };
export const describeTabs: TabSettings = { minWidth: 0, padding: 2 };

/**
 * Turns tabs into columns as Go's text/tabwriter does: a column is a run of neighbouring lines
 * that all end the same cell with a tab, and is as wide as its widest cell. What follows the last
 * tab of a line stands in no column. Linear in the number of cells.
 */
export function alignTabs(text: string, { minWidth, padding }: TabSettings): string {
  const lines = text.split(/[\n\f]/).map((line) => line.split('\t'));
  let active = lines.map((_, index) => index).filter((index) => (lines[index]?.length ?? 0) > 1);
  for (let column = 0; active.length > 0; column += 1) {
    for (const run of runsOf(active)) {
      const cells = run.map((index) => lines[index] ?? []);
      const width = cells.reduce(
        (widest, line) => Math.max(widest, widthOf(line[column] ?? '') + padding),
        minWidth,
      );
      for (const line of cells) line[column] = padded(line[column] ?? '', width);
    }
    active = active.filter((index) => (lines[index]?.length ?? 0) > column + 2);
  }
  return lines.map((line) => line.join('')).join('\n');
}

/** Neighbouring line numbers together. */
function runsOf(numbers: readonly number[]): number[][] {
  const runs: number[][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last && last.at(-1) === number - 1) last.push(number);
    else runs.push([number]);
  }
  return runs;
}

/** Characters, not UTF-16 units. */
const widthOf = (cell: string): number =>
  /^[\x20-\x7e]*$/.test(cell) ? cell.length : [...cell].length;

const padded = (cell: string, width: number): string =>
  cell + ' '.repeat(Math.max(0, width - widthOf(cell)));
