/** The names a mistyped command may have meant, by cobra's rule (Command.SuggestionsFor). */
export function suggestions(typed: string, names: readonly string[]): string[] {
  const wanted = typed.toLowerCase();
  return names.filter((name) => {
    const known = name.toLowerCase();
    return editDistance(wanted, known, farthest) <= farthest || known.startsWith(wanted);
  });
}

const farthest = 2;

/** Levenshtein's distance; texts whose lengths differ by more than `bound` are not compared. */
function editDistance(a: string, b: string, bound: number): number {
  if (Math.abs(a.length - b.length) > bound) return bound + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
