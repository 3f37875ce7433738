/**
 * `npm run bench:compare -- BEFORE.json AFTER.json`: two results of the HTTP bench side by side.
 * A throughput has moved when it differs by more than both runs strayed within themselves; where
 * the bare server moved too, the machine did, so ratios to it are compared.
 */
import { readFileSync } from 'node:fs';
import type { Summary } from './load.ts';

interface Result {
  readonly node: string;
  readonly table: Readonly<Record<string, Summary>>;
  readonly summary: Readonly<Record<string, number>>;
}

const [beforeFile, afterFile] = process.argv.slice(2);
if (beforeFile === undefined || afterFile === undefined) {
  process.stderr.write('usage: npm run bench:compare -- BEFORE.json AFTER.json\n');
  process.exit(2);
}
const [before, after] = [read(beforeFile), read(afterFile)];
const print = (text: string) => process.stdout.write(`${text}\n`);

print(`${'to bare node:http'.padEnd(36)}${'before'.padStart(9)}${'after'.padStart(9)}   moved`);
for (const [name, row] of Object.entries(before.table)) {
  const other = after.table[name];
  if (other === undefined) {
    print(`${name.padEnd(36)}   is not in ${afterFile}`);
    continue;
  }
  const [old, now] = [ratio(before, name, row), ratio(after, name, other)];
  const noise = Math.max(row.spread, other.spread, floorSpread(before), floorSpread(after));
  print(
    name.padEnd(36) +
      old.toFixed(3).padStart(9) +
      now.toFixed(3).padStart(9) +
      `   ${verdict(now / old - 1, noise)}`,
  );
}
for (const [name, old] of Object.entries(before.summary)) {
  print(`${name.padEnd(36)}${String(old).padStart(9)}${String(after.summary[name]).padStart(9)}`);
}

function read(file: string): Result {
  return JSON.parse(readFileSync(file, 'utf8')) as Result;
}

/** Throughput as a share of the bare server's with as many connections, in the same run. */
function ratio(result: Result, name: string, row: Summary): number {
  return row.perSecond / (floorOf(result, name)?.perSecond ?? Number.NaN);
}

function floorOf(result: Result, name: string): Summary | undefined {
  return result.table[`bare node:http, ${name.split(', ').at(-1)}`];
}

function floorSpread(result: Result): number {
  return Math.max(...[8, 50].map((count) => floorOf(result, `x, ${count}`)?.spread ?? 0));
}

function verdict(change: number, noise: number): string {
  const percent = `${change > 0 ? '+' : ''}${(change * 100).toFixed(0)} %`;
  const within = `noise ${(noise * 100).toFixed(0)} %`;
  return Math.abs(change) > noise ? `${percent}  MOVED (${within})` : `${percent}  (${within})`;
}
