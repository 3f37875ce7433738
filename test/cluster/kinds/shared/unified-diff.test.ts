import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '../../../../src/cluster/kinds/shared/unified-diff.ts';

const letters = [...'abcdefghijklmnopqrst'];

/** The lines after the change, made from those before and the diff alone. */
function applied(before: readonly string[], diff: string): string[] {
  const after: string[] = [];
  let next = 0;
  for (const line of diff.split('\n').slice(0, -1)) {
    const head = /^@@ -(\d+)(?:,(\d+))? /.exec(line);
    if (head) {
      const start = head[2] === '0' ? Number(head[1]) : Number(head[1]) - 1;
      after.push(...before.slice(next, start));
      next = start;
    } else if (line.startsWith('+')) {
      after.push(line.slice(1));
    } else {
      if (line.startsWith(' ')) after.push(before[next] ?? '');
      expect(before[next]).toBe(line.slice(1));
      next += 1;
    }
  }
  return [...after, ...before.slice(next)];
}

describe('a unified diff', () => {
  it('says nothing of equal texts', () => {
    expect(unifiedDiff(letters, letters)).toBe('');
  });

  it('shows three lines around a change', () => {
    const changed = letters.map((line) => (line === 'j' ? 'J' : line));
    expect(unifiedDiff(letters, changed)).toBe('@@ -7,7 +7,7 @@\n g\n h\n i\n-j\n+J\n k\n l\n m\n');
  });

  it('parts changes that are far from each other', () => {
    const changed = letters.filter((line) => line !== 'b' && line !== 's');
    expect(unifiedDiff(letters, changed).match(/^@@/gm)).toHaveLength(2);
  });

  it('holds all that is needed to make the change', () => {
    const line = fc.constantFrom('{', '}', 'a', 'b', 'c', 'd');
    const text = fc.array(line, { maxLength: 40 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(applied(before, unifiedDiff(before, after))).toEqual(after);
      }),
    );
  });
});
