/** What became of the mutants of an exercise's right answers. */
export interface MutantCounts {
  /** How many different mutants there are, before they are tried in several variants. */
  readonly made: number;
  /** Tried, over all variants. */
  readonly tried: number;
  /** Behaved differently, and lost points. */
  readonly caught: number;
  /** Behaved as a right answer does, and kept all points. */
  readonly alike: number;
  /** Survived, and the exercise says why they may. */
  readonly allowed: number;
}

/** What an exercise's own answers show of it. */
export interface Report {
  /** The folder's name. */
  readonly exercise: string;
  /** What the author has to mend, one line each; empty for an exercise that proves itself. */
  readonly problems: readonly string[];
  /** Files, not trials. */
  readonly right: number;
  readonly wrong: number;
  readonly variants: number;
  /** Answers graded, over all variants. */
  readonly trials: number;
  readonly mutants: MutantCounts;
}

export const noMutants: MutantCounts = { made: 0, tried: 0, caught: 0, alike: 0, allowed: 0 };

/** Problems with the variants they were met in, each told once. */
export interface Problems {
  add(variant: number, problems: readonly string[]): void;
  lines(variants: number): readonly string[];
}

export function gatherProblems(): Problems {
  const met = new Map<string, number[]>();
  return {
    add(variant, problems) {
      for (const problem of problems) met.set(problem, [...(met.get(problem) ?? []), variant]);
    },
    lines: (variants) =>
      [...met].map(([problem, where]) => `${problem}${whereText(where, variants)}`),
  };
}

const shownAtMost = 6;

function whereText(met: readonly number[], variants: number): string {
  const where = [...new Set(met)];
  if (where.length === variants) return '';
  const more = where.length > shownAtMost ? ', …' : '';
  return ` (variant ${where.slice(0, shownAtMost).join(', ')}${more})`;
}

/** A report as `service-lab exercises test` prints it. */
export function reportLines(report: Report): string[] {
  const { exercise, problems, right, wrong, variants, trials, mutants } = report;
  const { made, tried, caught, alike, allowed } = mutants;
  const mark = problems.length === 0 ? 'ok  ' : 'FAIL';
  const answers = `${right} right and ${wrong} wrong answers in ${variants} variants (${trials} trials)`;
  const mutated = `${made} mutants (${tried} trials: ${caught} caught, ${alike} behave alike, ${allowed} allowed)`;
  return [
    `${mark} ${exercise}: ${answers}${made > 0 ? `, ${mutated}` : ''}`,
    ...problems.map((problem) => `     ${problem}`),
  ];
}
