/**
 * Two texts compared line by line, as the API server prints a change that it refuses: the unified
 * format with three lines of context and no file names. The matching follows Python's difflib,
 * whose Go port upstream uses: the longest common run first, then left and right of it.
 */
export function unifiedDiff(before: readonly string[], after: readonly string[]): string {
  return groupsOf(changesOf(before, after))
    .map((group) => hunk(group, before, after))
    .join('');
}

/** A run of lines `[fromA, toA)` that becomes `[fromB, toB)`; equal when nothing changes in it. */
interface Run {
  readonly equal: boolean;
  readonly fromA: number;
  readonly toA: number;
  readonly fromB: number;
  readonly toB: number;
}

interface Match {
  readonly a: number;
  readonly b: number;
  readonly size: number;
}

const context = 3;

function hunk(group: readonly Run[], before: readonly string[], after: readonly string[]): string {
  const first = group[0];
  const last = group.at(-1);
  if (!first || !last) return '';
  const lines = group.flatMap((run) => {
    if (run.equal) return before.slice(run.fromA, run.toA).map((line) => ` ${line}`);
    return [
      ...before.slice(run.fromA, run.toA).map((line) => `-${line}`),
      ...after.slice(run.fromB, run.toB).map((line) => `+${line}`),
    ];
  });
  const head = `@@ -${range(first.fromA, last.toA)} +${range(first.fromB, last.toB)} @@`;
  return [head, ...lines].map((line) => `${line}\n`).join('');
}

function range(from: number, to: number): string {
  const length = to - from;
  if (length === 1) return `${from + 1}`;
  return `${length === 0 ? from : from + 1},${length}`;
}

/** Hunks: changes with their context; an equal run longer than two contexts parts two hunks. */
function groupsOf(runs: readonly Run[]): Run[][] {
  const groups: Run[][] = [];
  let group: Run[] = [];
  for (const [index, run] of runs.entries()) {
    if (!run.equal) {
      group.push(run);
      continue;
    }
    const isLast = index === runs.length - 1;
    if (index > 0) group.push(headOf(run));
    const parted = isLast || index === 0 || run.toA - run.fromA > 2 * context;
    if (!parted) {
      group[group.length - 1] = run;
      continue;
    }
    if (group.some((each) => !each.equal)) groups.push(group);
    group = isLast ? [] : [tailOf(run)];
  }
  if (group.some((each) => !each.equal)) groups.push(group);
  return groups;
}

const headOf = (run: Run): Run => {
  const size = Math.min(context, run.toA - run.fromA);
  return { ...run, toA: run.fromA + size, toB: run.fromB + size };
};

const tailOf = (run: Run): Run => {
  const size = Math.min(context, run.toA - run.fromA);
  return { ...run, fromA: run.toA - size, fromB: run.toB - size };
};

function changesOf(before: readonly string[], after: readonly string[]): Run[] {
  const runs: Run[] = [];
  let a = 0;
  let b = 0;
  for (const match of [...matchesOf(before, after), endOf(before, after)]) {
    if (a < match.a || b < match.b) {
      runs.push({ equal: false, fromA: a, toA: match.a, fromB: b, toB: match.b });
    }
    a = match.a + match.size;
    b = match.b + match.size;
    if (match.size > 0) {
      runs.push({ equal: true, fromA: match.a, toA: a, fromB: match.b, toB: b });
    }
  }
  return runs;
}

const endOf = (before: readonly string[], after: readonly string[]): Match => ({
  a: before.length,
  b: after.length,
  size: 0,
});

/** All common runs in order, neighbours joined. */
function matchesOf(before: readonly string[], after: readonly string[]): Match[] {
  const places = placesOf(after);
  const found: Match[] = [];
  const queue: [number, number, number, number][] = [[0, before.length, 0, after.length]];
  for (let next = queue.pop(); next; next = queue.pop()) {
    const [fromA, toA, fromB, toB] = next;
    const match = longestMatch(before, after, places, next);
    if (match.size === 0) continue;
    found.push(match);
    if (fromA < match.a && fromB < match.b) queue.push([fromA, match.a, fromB, match.b]);
    const [endA, endB] = [match.a + match.size, match.b + match.size];
    if (endA < toA && endB < toB) queue.push([endA, toA, endB, toB]);
  }
  return joined(found.sort((one, other) => one.a - other.a));
}

function joined(matches: readonly Match[]): Match[] {
  const out: Match[] = [];
  for (const match of matches) {
    const last = out.at(-1);
    if (last && last.a + last.size === match.a && last.b + last.size === match.b) {
      out[out.length - 1] = { ...last, size: last.size + match.size };
    } else {
      out.push(match);
    }
  }
  return out;
}

/** Where each line stands; in long texts, lines that stand everywhere are no anchors. */
function placesOf(lines: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [index, line] of lines.entries()) {
    const known = places.get(line);
    if (known) known.push(index);
    else places.set(line, [index]);
  }
  if (lines.length < 200) return places;
  const tooMany = Math.floor(lines.length / 100) + 1;
  for (const [line, indexes] of places) if (indexes.length > tooMany) places.delete(line);
  return places;
}

function longestMatch(
  before: readonly string[],
  after: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
  [fromA, toA, fromB, toB]: readonly [number, number, number, number],
): Match {
  let best: Match = { a: fromA, b: fromB, size: 0 };
  let lengths = new Map<number, number>();
  for (let a = fromA; a < toA; a += 1) {
    const next = new Map<number, number>();
    for (const b of places.get(before[a] ?? '') ?? []) {
      if (b < fromB) continue;
      if (b >= toB) break;
      const size = (lengths.get(b - 1) ?? 0) + 1;
      next.set(b, size);
      if (size > best.size) best = { a: a - size + 1, b: b - size + 1, size };
    }
    lengths = next;
  }
  return grown(best, before, after, [fromA, toA, fromB, toB]);
}

/** A match takes in equal neighbours, also those that are no anchors. */
function grown(
  match: Match,
  before: readonly string[],
  after: readonly string[],
  [fromA, toA, fromB, toB]: readonly [number, number, number, number],
): Match {
  let { a, b, size } = match;
  while (a > fromA && b > fromB && before[a - 1] === after[b - 1]) {
    a -= 1;
    b -= 1;
    size += 1;
  }
  while (a + size < toA && b + size < toB && before[a + size] === after[b + size]) size += 1;
  return { a, b, size };
}
