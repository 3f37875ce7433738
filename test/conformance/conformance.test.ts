import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { simulate } from '../../src/cluster/playground/simulate.ts';
import { casesOf, files } from './cases.ts';
import { compare } from './compare.ts';

/** How many cases of each file were right when it was last raised; it only ever grows. */
const floor: Record<string, number> = JSON.parse(
  readFileSync(new URL('./floor.json', import.meta.url), 'utf8'),
);

/** kubectl's own sentence for unreadable YAML is counted apart (README). */
const countedApart = 'words';

it.each(files)('%s: the simulator answers as the real parts did', { timeout: 300_000 }, (file) => {
  const wrong = casesOf(file).filter((item) =>
    compare(file, item, simulate).some((each) => !each.right && each.aspect !== countedApart),
  );
  const right = casesOf(file).length - wrong.length;
  const first = wrong.slice(0, 10).map(({ id }) => id);
  expect(right, `wrong, first of all: ${first.join(' | ')}`).toBeGreaterThanOrEqual(
    floor[file] ?? 0,
  );
});
