import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { casesOf, files } from './cases.ts';
import { blockIn, kindsTable } from './fidelity-table.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const page = read('../../docs/fidelity.md');
const floor: Record<string, number> = JSON.parse(read('./floor.json'));
const rows = [...blockIn(page, 'figures').matchAll(/^\| `(\w+)` .* (\d+) of (\d+) \|$/gm)];

describe('docs/fidelity.md (npx tsx scripts/write-fidelity.ts)', () => {
  it('has the figures of every recorded file', () => {
    expect(rows.map(([, file]) => file)).toEqual([...files]);
    expect(Object.keys(floor)).toEqual([...files]);
  });

  test.each(
    rows.map(([, file = '', right, total]) => [file, Number(right), Number(total)] as const),
  )('has of %s what the floor holds, of all that is recorded', (file, right, total) => {
    expect(right).toBeGreaterThanOrEqual(floor[file] ?? 0);
    expect(right).toBeLessThanOrEqual(total);
    expect(total).toBe(casesOf(file).length);
  });

  it('names the kinds of the registry', () => {
    expect(blockIn(page, 'kinds')).toBe(kindsTable());
  });
});
