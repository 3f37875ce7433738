import { keyOf } from '../cluster/objects.ts';
import type { Expectation } from '../exercise/check-format.ts';
import type { Observation } from './checks/check.ts';
import { checkOf } from './checks/registry.ts';
import { strayFinding } from './checks/stray.ts';
import { type Scene, touchedServices } from './scene.ts';
import type { CheckResult } from './verdict.ts';

/**
 * Every expectation of a part, tried in order; each stands for itself, but for one that tries
 * another again: when that one failed there is nothing to try again, and it is skipped.
 */
export function runChecks(expectations: readonly Expectation[], scene: Scene): CheckResult[] {
  const results = new Map<string, CheckResult>();
  const resultOf = (expectation: Expectation): CheckResult => {
    const known = results.get(expectation.id);
    if (known) return known;
    const first = repeated(expectation, expectations);
    const futile = first !== undefined && resultOf(first).outcome !== 'passed';
    const result = futile ? skipped(expectation) : runCheck(expectation, scene);
    results.set(expectation.id, result);
    return result;
  };
  return expectations.map(resultOf);
}

function repeated(
  expectation: Expectation,
  expectations: readonly Expectation[],
): Expectation | undefined {
  if (expectation.kind !== 'survives-churn') return undefined;
  return expectations.find(({ id }) => id === expectation.of);
}

const skipped = ({ id, title, points, hidden }: Expectation): CheckResult => ({
  check: id,
  ...(!hidden && { title }),
  outcome: 'skipped',
  points: 0,
  maximum: points,
  findings: [],
});

function runCheck(expectation: Expectation, scene: Scene): CheckResult {
  const { findings, hops } = observe(expectation, scene);
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

/** A Service that went elsewhere is told of instead of the one that stands unchanged. */
function observe(expectation: Expectation, scene: Scene): Observation {
  const observation = checkOf(expectation.kind).observe(expectation, scene);
  if (observation.findings.length === 0 || !('service' in expectation)) return observation;
  const stray = strayFinding(scene, expectation.service);
  return stray ? { findings: [stray] } : withName(observation, expectation.service, scene);
}

/** Where a Service is missing that the check names, what the answer has instead. */
function withName(observation: Observation, service: string, scene: Scene): Observation {
  const [first, ...others] = observation.findings;
  if (first?.code !== 'check-no-service' || service === 'any') return observation;
  const made = touchedServices(scene.before, scene.after).map(keyOf).join(', ');
  return { findings: [{ ...first, parameters: { service, made } }, ...others] };
}

const hiddenFailed = { code: 'check-hidden-failed', severity: 'info' } as const;
