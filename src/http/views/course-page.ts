import type { ExceptionsFor } from '../../gradebook/exceptions.ts';
import type { Instant } from '../../gradebook/index.ts';
import type { GradeRow } from '../../gradebook/reporting/cell-cache.ts';
import {
  type CourseReport,
  gradeIn,
  type ReportColumn,
  rowTotal,
} from '../../gradebook/reporting/course-report.ts';
import { matrixCell } from '../../gradebook/reporting/matrix.ts';
import { type Html, histogram, html, pageEnd, pageHead, shareBar } from './html.ts';

interface At {
  readonly exceptions: ExceptionsFor;
  readonly now: Instant;
}

/** Sums of one assignment while the learners go by. */
interface Tally {
  handedIn: number;
  missing: number;
  late: number;
  awaiting: number;
  readonly shares: number[];
}

/** A course's report for reading and printing: no script, and every name escaped. */
export function* coursePage(report: CourseReport, at: At): Generator<string> {
  const { course, columns, rows } = report;
  const tallies = columns.map(
    (): Tally => ({ handedIn: 0, missing: 0, late: 0, awaiting: 0, shares: [] }),
  );
  const totals: number[] = [];
  const lines: string[] = [];
  for (const row of rows) {
    const seen = columns.map((column, index) => count(row, column, tallies[index], at));
    const { score, outOf } = rowTotal(row, columns);
    const share = outOf > 0 ? score / outOf : 0;
    totals.push(share);
    lines.push(learnerLine(row, { score, outOf, share }, seen).text);
  }
  yield pageHead(`${course.title}: grades`);
  yield html`<h1>${course.title}</h1>
<p class="soft">${course.term ?? ''} Grades as of ${at.now}; learners: ${totals.length}, assignments: ${columns.length}.</p>
<h2>Totals</h2>
${histogram(totals, 'Learners by percent of the points')}
<p class="soft">Learners by percent of the points. Mean ${percent(mean(totals))}, median ${percent(median(totals))}.</p>
<h2>Assignments</h2>
<table><thead><tr><th>Assignment</th><th class="number">Points</th><th class="number">Handed in</th><th class="number">Late</th><th class="number">Missing</th><th class="number">To mark</th><th class="number">Mean</th><th></th></tr></thead><tbody>
${columns.map((column, index) => assignmentLine(column, tallies[index]))}
</tbody></table>
<h2>Learners</h2>
<table><thead><tr><th>Learner</th><th>Id</th><th class="number">Handed in</th><th class="number">Missing</th><th class="number">Score</th><th class="number">Out of</th><th></th></tr></thead><tbody>
`.text;
  for (const line of lines) yield line;
  yield `</tbody></table>\n${pageEnd}`;
}

/** Whether it was handed in or is missing, and the same counted for its assignment. */
function count(
  row: GradeRow,
  column: ReportColumn,
  tally: Tally | undefined,
  at: At,
): 'in' | 'missing' | undefined {
  const { state } = matrixCell(row, column, at);
  const grade = gradeIn(row, column);
  const handedIn = grade.attempted || grade.overridden;
  if (tally !== undefined) {
    if (handedIn) tally.handedIn += 1;
    if (state === 'missing') tally.missing += 1;
    if (grade.late) tally.late += 1;
    if (grade.awaitsMarking) tally.awaiting += 1;
    const counts = handedIn && column.shown && !grade.excused && grade.outOf > 0;
    if (counts) tally.shares.push(grade.score / grade.outOf);
  }
  if (state === 'missing') return 'missing';
  return handedIn ? 'in' : undefined;
}

function assignmentLine(
  { value, shown }: ReportColumn,
  tally: Tally | undefined,
): Html | undefined {
  if (tally === undefined) return undefined;
  const { handedIn, late, missing, awaiting, shares } = tally;
  const average = mean(shares);
  const words = percent(average);
  const known = shown && shares.length > 0;
  return html`<tr><td>${value.title}${value.mode === 'practice' ? html` <span class="soft">practice</span>` : undefined}</td><td class="number">${value.points}</td><td class="number">${handedIn}</td><td class="number">${late}</td><td class="number${missing > 0 ? ' warn' : ''}">${missing}</td><td class="number">${awaiting}</td><td class="number">${known ? words : '–'}</td><td>${known ? shareBar(average, words) : undefined}</td></tr>
`;
}

function learnerLine(
  { learner }: GradeRow,
  { score, outOf, share }: { score: number; outOf: number; share: number },
  seen: readonly ('in' | 'missing' | undefined)[],
): Html {
  const missing = seen.filter((one) => one === 'missing').length;
  const handedIn = seen.filter((one) => one === 'in').length;
  return html`<tr><td>${learner.name ?? ''}</td><td>${learner.externalId}</td><td class="number">${handedIn}</td><td class="number${missing > 0 ? ' warn' : ''}">${missing}</td><td class="number">${score}</td><td class="number">${outOf}</td><td>${shareBar(share, percent(share))}</td></tr>
`;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function mean(values: readonly number[]): number {
  if (values.length === 0) return 0;
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return ((low ?? 0) + (high ?? 0)) / 2;
}
