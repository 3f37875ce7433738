import type { MutantCounts } from '../../grading/self-test/report.ts';
import type { ExerciseFacts } from './facts.ts';

/** What docs/exercises.md says of one exercise. */
export interface PageRow extends ExerciseFacts {
  readonly mutants: MutantCounts;
}

/** Where the part of the page begins that people write. */
const keptFrom = '## Tried as a learner: what was changed';

const emptyKept = `${keptFrom}\n\nOne line an exercise: where somebody who knew only brief, feedback and hints stuck, and what was changed.\n`;

/** docs/exercises.md: what was proved of every exercise, and below it what people wrote before. */
export function exercisesPage(rows: readonly PageRow[], before = ''): string {
  const kept = before.includes(keptFrom) ? before.slice(before.indexOf(keptFrom)) : emptyKept;
  return [head(rows), table(rows), codes(rows), allowed(rows), kept].join('\n');
}

/** The counts of mutants that a page tells of, by exercise: trying them again takes a while. */
export function mutantsOnPage(page: string): ReadonlyMap<string, MutantCounts> {
  const rows = [...page.matchAll(/^\| \[[^\]]*\]\(\.\.\/exercises\/([^)]+)\) \|(.*)\|$/gm)];
  return new Map(
    rows.map(([, folder = '', cells = '']) => {
      const [made = 0, tried = 0, caught = 0, alike = 0, allowedCount = 0] = cells
        .split('|')
        .slice(-5)
        .map(Number);
      return [folder, { made, tried, caught, alike, allowed: allowedCount }];
    }),
  );
}

function head(rows: readonly PageRow[]): string {
  const sum = (of: (row: PageRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  return `# The exercises and what was proved of them

Written by \`service-lab exercises test --report docs/exercises.md\`; do not edit it above the last heading.

${rows.length} exercises with ${sum((row) => row.points)} points in all, ${sum((row) => row.variants)} variants, ${sum((row) => row.right)} right and ${sum((row) => row.wrong)} wrong answers. Every answer was graded in every variant: right ones get full marks, wrong ones exactly the score and the findings that they state. Of ${sum((row) => row.mutants.made)} mechanical mutants of the right answers, tried ${sum((row) => row.mutants.tried)} times in up to three variants, ${sum((row) => row.mutants.caught)} trials behaved differently and lost points, ${sum((row) => row.mutants.alike)} behaved as a right answer does and kept them all, and ${sum((row) => row.mutants.allowed)} survived for a reason stated in the exercise.
`;
}

function table(rows: readonly PageRow[]): string {
  const lines = rows.map((row) => {
    const { made, tried, caught, alike, allowed: reasoned } = row.mutants;
    const cells = [
      `[${row.title.replaceAll('|', '\\|')}](../exercises/${row.folder})`,
      row.version,
      row.kinds.join(', '),
      ...[row.points, row.variants, row.right, row.wrong],
      ...[made, tried, caught, alike, reasoned],
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return `## What each is worth, and what it was tried with

| exercise | version | parts | points | variants | right | wrong | mutants | trials | caught | alike | allowed |
|---|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
${lines.join('\n')}
`;
}

function codes(rows: readonly PageRow[]): string {
  const lines = rows.map(
    (row) => `- **${row.id}**: ${row.codes.map((code) => `\`${code}\``).join(', ')}`,
  );
  return `## Findings that wrong answers are met with\n\n${lines.join('\n')}\n`;
}

function allowed(rows: readonly PageRow[]): string {
  const lines = rows.flatMap((row) =>
    row.allowed.map(({ part, mutation, why }) => {
      const reason = why.trim().replace(/\s+/g, ' ');
      return `- **${row.id}**, ${part}: \`${mutation}\`: ${reason}`;
    }),
  );
  return `## Survivors that are meant to survive\n\n${lines.join('\n') || 'None.'}\n`;
}
