import type { CheckResult, Verdict } from '../../grading/verdict.ts';

/** One check of a verdict: its id, what became of it, its points and the most it gives. */
export type CheckShape = readonly [
  check: string,
  outcome: CheckResult['outcome'],
  points: number,
  maximum: number,
];

/** What analytics need of a verdict. No word of the learner is in it, and many answers share one. */
export interface VerdictShape {
  readonly checks: readonly CheckShape[];
  /** Codes of findings that say what is wrong, each once, sorted. */
  readonly codes: readonly string[];
}

/** Findings of the answer as a whole, and of the checks it failed; what is for information is none. */
export function shapeOf({ checks, findings }: Verdict): VerdictShape {
  const failed = checks.filter(({ outcome }) => outcome === 'failed');
  const told = [...findings, ...failed.flatMap((one) => one.findings)];
  const wrong = told.filter(({ severity }) => severity !== 'info').map(({ code }) => code);
  return {
    checks: checks.map(({ check, outcome, points, maximum }) => [check, outcome, points, maximum]),
    codes: [...new Set(wrong)].sort(),
  };
}
