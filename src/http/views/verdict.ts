import { type Language, render, renderHop } from '../../catalogue/render.ts';
import type { Finding } from '../../cluster/finding.ts';
import type { CheckResult, Verdict } from '../../grading/verdict.ts';

/** A verdict as a learner reads it: findings become sentences here and nowhere earlier. */
export function viewVerdict(verdict: Verdict, language: Language) {
  return {
    outcome: verdict.outcome,
    points: verdict.points,
    maximum: verdict.maximum,
    awaitsMarking: verdict.awaitsMarking,
    checks: verdict.checks.map((check) => viewCheck(check, language)),
    feedback: verdict.findings.map((finding) => viewFinding(finding, language)),
    transcript: verdict.transcript,
  };
}

/** What a check says: whether the answer would be taken, and no word of what it is worth. */
export function viewAcceptance(verdict: Verdict, language: Language) {
  return {
    outcome: verdict.outcome === 'rejected' ? 'rejected' : 'accepted',
    feedback: verdict.findings.map((finding) => viewFinding(finding, language)),
    transcript: verdict.transcript,
  };
}

function viewCheck({ findings, hops, ...check }: CheckResult, language: Language) {
  return {
    ...check,
    feedback: findings.map((finding) => viewFinding(finding, language)),
    ...(hops && {
      hops: hops.map((hop) => ({
        stage: hop.stage,
        ok: hop.ok,
        code: hop.code,
        message: renderHop(hop, language),
      })),
    }),
  };
}

/** Everything but the parameters, which only fill the sentence. */
function viewFinding(finding: Finding, language: Language) {
  const { parameters: _, ...rest } = finding;
  return { ...rest, message: render(finding, language) };
}
