import { readFileSync, writeFileSync } from 'node:fs';
import { simulate } from '../src/cluster/playground/simulate.ts';
import { casesOf, files } from '../test/conformance/cases.ts';
import { compare } from '../test/conformance/compare.ts';
import {
  type Figures,
  figuresTable,
  kindsTable,
  withBlock,
} from '../test/conformance/fidelity-table.ts';

/** Writes the figures of a conformance run, and the kinds, into docs/fidelity.md. */
const page = new URL('../docs/fidelity.md', import.meta.url);
const written = withBlock(
  readFileSync(page, 'utf8'),
  'figures',
  figuresTable(files.map(figuresOf)),
);
writeFileSync(page, withBlock(written, 'kinds', kindsTable()));

/** kubectl's own sentence for unreadable YAML is counted apart. */
function figuresOf(file: string): Figures {
  const cases = casesOf(file);
  const right = cases.filter((item) =>
    compare(file, item, simulate).every((each) => each.right || each.aspect === 'words'),
  );
  return { file, right: right.length, total: cases.length };
}
