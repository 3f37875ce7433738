/** One line of a comparison: in both texts, in the old one only, or in the new one only. */
interface Line {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

const contextLines = 3;
/** Beyond this many pairs of lines a changed stretch is given as a whole, old before new. */
const mostPairs = 4_000_000;

/** The hunks of `diff -u` between two texts; `''` when they are equal. */
export function unifiedDiff(before: string, after: string): string {
  const lines = comparison(linesOf(before), linesOf(after));
  return hunksOf(lines)
    .map(([start, end]) => hunkText(lines, start, end))
    .join('');
}

const linesOf = (text: string): readonly string[] =>
  text === '' ? [] : text.replace(/\n$/, '').split('\n');

function comparison(before: readonly string[], after: readonly string[]): readonly Line[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail += 1;
  }
  const same = (text: string): Line => ({ sign: ' ', text });
  const middle = changed(
    before.slice(head, before.length - tail),
    after.slice(head, after.length - tail),
  );
  return [
    ...before.slice(0, head).map(same),
    ...middle,
    ...before.slice(before.length - tail).map(same),
  ];
}

/** Keeps a longest common subsequence and gives the rest as taken out and put in. */
function changed(before: readonly string[], after: readonly string[]): readonly Line[] {
  const lines: Line[] = [];
  const lengths = commonLengths(before, after);
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (lengths && i < before.length && before[i] === after[j]) {
      lines.push({ sign: ' ', text: before[i] ?? '' });
      i += 1;
      j += 1;
    } else if (i < before.length && (!lengths || longerWithout(lengths, i, j, after.length))) {
      lines.push({ sign: '-', text: before[i] ?? '' });
      i += 1;
    } else {
      lines.push({ sign: '+', text: after[j] ?? '' });
      j += 1;
    }
  }
  return lines;
}

type Lengths = readonly Uint32Array[];

const longerWithout = (lengths: Lengths, i: number, j: number, end: number): boolean =>
  j >= end || (lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0);

/** By place in both texts: how many lines from there on they can have in common. */
function commonLengths(before: readonly string[], after: readonly string[]): Lengths | undefined {
  if (before.length * after.length > mostPairs) return undefined;
  const lengths = Array.from(
    { length: before.length + 1 },
    () => new Uint32Array(after.length + 1),
  );
  for (let i = before.length - 1; i >= 0; i -= 1) {
    const [row, below] = [lengths[i], lengths[i + 1]];
    if (!row || !below) continue;
    for (let j = after.length - 1; j >= 0; j -= 1) {
      row[j] =
        before[i] === after[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return lengths;
}

/** Where hunks begin and end: changes with the lines around them, near ones together. */
function hunksOf(lines: readonly Line[]): readonly (readonly [number, number])[] {
  const hunks: [number, number][] = [];
  for (const [at, { sign }] of lines.entries()) {
    if (sign === ' ') continue;
    const start = Math.max(0, at - contextLines);
    const end = Math.min(lines.length, at + contextLines + 1);
    const last = hunks[hunks.length - 1];
    if (last && start <= last[1]) last[1] = end;
    else hunks.push([start, end]);
  }
  return hunks;
}

function hunkText(lines: readonly Line[], start: number, end: number): string {
  const old = span(lines, start, end, '+');
  const current = span(lines, start, end, '-');
  const body = lines.slice(start, end).map(({ sign, text }) => `${sign}${text}\n`);
  return `@@ -${old} +${current} @@\n${body.join('')}`;
}

/** `12,7`: the first line of a hunk in one of the texts, and how many; `12` for one alone. */
function span(lines: readonly Line[], start: number, end: number, notIn: '+' | '-'): string {
  const count = (from: number, to: number): number =>
    lines.slice(from, to).filter(({ sign }) => sign !== notIn).length;
  const length = count(start, end);
  const first = count(0, start) + (length === 0 ? 0 : 1);
  return length === 1 ? String(first) : `${first},${length}`;
}
