import { render, renderHop } from '../../catalogue/render.ts';
import type { Finding } from '../../cluster/finding.ts';
import type { CheckResult, Verdict } from '../../grading/verdict.ts';

/** A verdict as a learner reads it: findings become sentences here and nowhere earlier. */
export function viewVerdict(verdict: Verdict) {
  return {
    outcome: verdict.outcome,
    points: verdict.points,
    maximum: verdict.maximum,
    awaitsMarking: verdict.awaitsMarking,
    checks: verdict.checks.map(viewCheck),
    feedback: verdict.findings.map(viewFinding),
    transcript: verdict.transcript,
  };
}

/** What a check says: whether the answer would be taken, and no word of what it is worth. */
export function viewAcceptance(verdict: Verdict) {
  return {
    outcome: verdict.outcome === 'rejected' ? 'rejected' : 'accepted',
    feedback: verdict.findings.map(viewFinding),
    transcript: verdict.transcript,
  };
}

function viewCheck({ findings, hops, ...check }: CheckResult) {
  return {
    ...check,
    feedback: findings.map(viewFinding),
    ...(hops && {
      hops: hops.map((hop) => ({
        stage: hop.stage,
        ok: hop.ok,
        code: hop.code,
        message: renderHop(hop),
      })),
    }),
  };
}

/** Everything but the parameters, which only fill the sentence. */
function viewFinding(finding: Finding) {
  const { parameters: _, ...rest } = finding;
  return { ...rest, message: render(finding) };
}
