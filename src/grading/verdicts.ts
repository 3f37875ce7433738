import type { Finding } from '../cluster/finding.ts';
import type { KubectlResult } from '../cluster/kubectl/command.ts';
import { type PartDefinition, pointsOf } from '../exercise/part-format.ts';
import { rounded } from './points.ts';
import type { CheckResult, Verdict } from './verdict.ts';

/** A verdict of checks: its points are theirs together. */
export function graded(
  part: PartDefinition,
  checks: readonly CheckResult[],
  rest: Partial<Pick<Verdict, 'findings' | 'transcript' | 'awaitsMarking'>> = {},
): Verdict {
  return {
    outcome: 'graded',
    points: rounded(checks.reduce((sum, check) => sum + check.points, 0)),
    maximum: pointsOf(part),
    awaitsMarking: false,
    checks,
    findings: [],
    transcript: '',
    ...rest,
  };
}

/** The text or the API server refused the answer: nothing is judged, no attempt is spent. */
export function rejected(
  part: PartDefinition,
  findings: readonly Finding[],
  transcript = '',
): Verdict {
  return {
    outcome: 'rejected',
    points: 0,
    maximum: pointsOf(part),
    awaitsMarking: false,
    checks: [],
    findings,
    transcript,
  };
}

/** The one result of a part that has no checks of its own. */
export function wholeCheck(
  part: PartDefinition,
  share: number,
  findings: readonly Finding[],
): CheckResult {
  const maximum = pointsOf(part);
  return {
    check: part.id,
    title: part.title,
    outcome: share >= 1 ? 'passed' : 'failed',
    points: rounded(maximum * share),
    maximum,
    findings,
  };
}

/** Whether the answer asked for more than the lab simulates: then nothing can be judged by it. */
export const limitsReached = ({ findings }: KubectlResult): boolean =>
  findings.some(({ code, severity }) => severity === 'error' && code.startsWith('limit-'));

/** What kubectl printed, as a terminal shows it: its output, then its complaints. */
export const transcriptOf = ({ stdout, stderr }: KubectlResult): string => stdout + stderr;
