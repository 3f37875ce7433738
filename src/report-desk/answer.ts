import { createHash } from 'node:crypto';
import {
  assignmentAnalytics,
  courseAnalytics,
  learnersAtRisk,
} from '../gradebook/analytics/course-analytics.ts';
import { exceptionsByCell } from '../gradebook/exceptions.ts';
import type { CellCache } from '../gradebook/reporting/cell-cache.ts';
import { type CourseReport, courseReport } from '../gradebook/reporting/course-report.ts';
import { gradeChanges } from '../gradebook/reporting/grade-changes.ts';
import type { ReportQuestion } from '../gradebook/reporting/report.ts';
import type { ReportSource } from '../gradebook/reporting/report-source.ts';
import { coursePage } from '../http/views/course-page.ts';
import { gradebookCsv } from '../http/views/gradebook-csv.ts';
import { gradebookJson } from '../http/views/gradebook-json.ts';
import { matrixCsv, matrixJson } from '../http/views/matrix.ts';
import { submissionsCsv } from '../http/views/submissions-csv.ts';
import { version } from '../version.ts';

export interface Desk {
  readonly source: ReportSource;
  readonly cache: CellCache;
  /** Analytics of courses in which nothing happened since. */
  readonly remembered: Map<string, Remembered>;
}

interface Remembered {
  readonly stamp: string;
  readonly pieces: readonly string[];
}

export interface Answer {
  readonly etag?: string;
  readonly pieces: Iterable<string>;
}

/** Characters sent as one piece, about. */
const pieceCharacters = 128 * 1024;

/** Learners beyond whom no entity tag is made: it would have to read them all beforehand. */
const mostTagged = 10_000;

/** What a question is answered with. Throws a Refusal where there is nothing to tell of. */
export function answer(desk: Desk, question: ReportQuestion): Answer {
  const { source, cache } = desk;
  const { courseId, now } = question;
  switch (question.report) {
    case 'changes':
      return json(source.oneView(() => gradeChanges(source, question)));
    case 'analytics':
      return remembered(desk, courseId);
    case 'assignment-analytics':
      return json(assignmentAnalytics(source, courseId, question.assignmentId));
    case 'at-risk':
      return json(learnersAtRisk(source, cache, question));
    default: {
      const report = courseReport(source, cache, question);
      const etag = etagOf(source, question, report);
      const pieces = joined(piecesOf(source, question, report, now));
      return etag === undefined ? { pieces } : { etag, pieces };
    }
  }
}

type Tabular = Exclude<
  ReportQuestion,
  { report: 'changes' | 'analytics' | 'assignment-analytics' | 'at-risk' }
>;

function piecesOf(
  source: ReportSource,
  question: Tabular,
  report: CourseReport,
  now: string,
): Iterable<string> {
  const { courseId } = question;
  const at = () => ({ exceptions: exceptionsByCell(source.exceptions(courseId)), now });
  switch (question.report) {
    case 'gradebook':
      return gradebookJson(report);
    case 'gradebook-csv':
      return gradebookCsv(report, question, source.sectionNames(courseId));
    case 'matrix':
      return matrixJson(report, at());
    case 'matrix-csv':
      return matrixCsv(report, at(), question.formulas);
    case 'submissions-csv':
      return submissionsCsv(source, courseId, question.formulas);
    case 'page':
      return coursePage(report, at());
  }
}

/** Courses whose analytics are remembered. */
const mostRemembered = 20;

/** It names nobody, so nothing but the course's own answers can make it another one. */
function remembered({ source, remembered: known }: Desk, courseId: string): Answer {
  const stamp = source.oneView(() =>
    [
      source.newestChange(courseId),
      source.newestSubmission(courseId),
      source.learnerCount(courseId),
    ].join(),
  );
  const before = known.get(courseId);
  if (before?.stamp === stamp) return before;
  const answered = { stamp, pieces: [JSON.stringify(courseAnalytics(source, courseId))] };
  known.delete(courseId);
  known.set(courseId, answered);
  const [oldest] = known.keys();
  if (known.size > mostRemembered && oldest !== undefined) known.delete(oldest);
  return answered;
}

const json = (value: unknown): Answer => ({ pieces: [JSON.stringify(value)] });

/**
 * A name of all that a table of grades is made of: the question, the newest change, the people and
 * the assignments, and what is released by now. Reports that tell the time have none.
 */
function etagOf(
  source: ReportSource,
  { now: _now, ...question }: Tabular,
  { course, columns }: CourseReport,
): string | undefined {
  if (question.report !== 'gradebook' && question.report !== 'gradebook-csv') return undefined;
  if (source.learnerCount(course.id) > mostTagged) return undefined;
  const state = source.oneView(() => [
    ...[version, question, course, columns, source.newestChange(course.id)],
    source.learners(course.id, 0, mostTagged),
    [...source.sectionNames(course.id)],
  ]);
  const hash = createHash('sha256').update(JSON.stringify(state)).digest('base64url');
  return `"${hash.slice(0, 27)}"`;
}

/** Small pieces put together: each costs a message between threads. */
function* joined(pieces: Iterable<string>): Generator<string> {
  let kept = '';
  for (const piece of pieces) {
    kept += piece;
    if (kept.length < pieceCharacters) continue;
    yield kept;
    kept = '';
  }
  if (kept !== '') yield kept;
}
