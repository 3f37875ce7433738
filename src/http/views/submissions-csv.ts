import type { ReportSource, SubmissionLine } from '../../gradebook/reporting/report-source.ts';
import { limits } from '../../limits.ts';
import { csvPieces } from './csv.ts';

const columns = [
  'Submission ID',
  'At',
  'Learner ID',
  'Name',
  'Assignment',
  'Part',
  'Outcome',
  'Attempt',
  'Points',
  'Maximum',
  'Late',
  'Exercise version',
  'Engine',
];

/** One line a submission, oldest first; memory does not grow with their number. */
export function submissionsCsv(
  source: ReportSource,
  courseId: string,
  formulas: 'escape' | 'keep',
): Generator<string> {
  return csvPieces(lines(source, courseId), formulas);
}

function* lines(source: ReportSource, courseId: string) {
  yield columns;
  for (let after = 0; ; ) {
    const rows = source.submissions(courseId, after, limits.submissionsAtOnce);
    for (const { value } of rows) yield line(value);
    if (rows.length < limits.submissionsAtOnce) return;
    after = rows.at(-1)?.place ?? after;
  }
}

function line(one: SubmissionLine) {
  return [
    ...[one.id, one.at, one.externalId, one.name, one.assignment, one.part, one.outcome],
    ...[one.attempt, one.points, one.maximum, one.late ? 'late' : ''],
    ...[one.exerciseVersion, one.engineVersion],
  ];
}
