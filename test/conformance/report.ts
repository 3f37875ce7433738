/**
 * `npm run conformance [-- file … [-v|--verbose] [--id text] [--aspect name]]`: how many recorded
 * answers the simulator gives, by file and aspect; with -v, the first wrong ones side by side.
 */
import { parseArgs } from 'node:util';
import { simulate } from '../../src/cluster/playground/simulate.ts';
import { casesOf, files } from './cases.ts';
import { type Case, type Comparison, compare } from './compare.ts';

interface Tally {
  right: number;
  total: number;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    verbose: { type: 'boolean', short: 'v', default: false },
    id: { type: 'string' },
    aspect: { type: 'string' },
    show: { type: 'string', default: '10' },
  },
});

let shown = 0;
const print = (text: string) => process.stdout.write(`${text}\n`);

for (const file of positionals.length ? positionals : files) report(file);

function report(file: string): void {
  const tallies = new Map<string, Tally>();
  const count = (aspect: string, right: boolean) => {
    const tally = tallies.get(aspect) ?? { right: 0, total: 0 };
    tally.total += 1;
    if (right) tally.right += 1;
    tallies.set(aspect, tally);
  };
  for (const item of casesOf(file)) {
    if (values.id !== undefined && !item.id.includes(values.id)) continue;
    const comparisons = attempt(file, item);
    for (const each of comparisons) count(each.aspect, each.right);
    count(
      'CASES',
      comparisons.every((each) => each.right || each.aspect === 'words'),
    );
    if (values.verbose) showWrong(file, item, comparisons);
  }
  const columns = [...tallies].map(([aspect, { right, total }]) => `${aspect} ${right}/${total}`);
  print(`${file.padEnd(10)} ${columns.reverse().join('  ')}`);
}

function attempt(file: string, item: Case): Comparison[] {
  try {
    return compare(file, item, simulate);
  } catch (error) {
    const actual = error instanceof Error ? error.stack : String(error);
    return [{ aspect: 'exception', right: false, expected: 'an answer', actual }];
  }
}

function showWrong(file: string, item: Case, comparisons: Comparison[]): void {
  for (const each of comparisons) {
    if (each.right || shown >= Number(values.show)) continue;
    if (values.aspect !== undefined && each.aspect !== values.aspect) continue;
    shown += 1;
    print(`\n--- ${file} ${item.id} (${each.aspect})`);
    print(`expected ${text(each.expected)}`);
    print(`actual   ${text(each.actual)}`);
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1);
}
