import type { Expectation } from '../exercise/check-format.ts';
import { checkOf } from './checks/registry.ts';
import type { Scene } from './scene.ts';
import type { CheckResult } from './verdict.ts';

/** Every expectation of a part, tried in order; each stands for itself. */
export function runChecks(expectations: readonly Expectation[], scene: Scene): CheckResult[] {
  return expectations.map((expectation) => runCheck(expectation, scene));
}

function runCheck(expectation: Expectation, scene: Scene): CheckResult {
  const { findings, hops } = checkOf(expectation.kind).observe(expectation, scene);
  const passed = findings.length === 0;
  const result = {
    check: expectation.id,
    outcome: passed ? ('passed' as const) : ('failed' as const),
    points: passed ? expectation.points : 0,
    maximum: expectation.points,
  };
  if (expectation.hidden) return { ...result, findings: passed ? [] : [hiddenFailed] };
  return { ...result, title: expectation.title, findings, ...(hops && { hops }) };
}

const hiddenFailed = { code: 'check-hidden-failed', severity: 'info' } as const;
