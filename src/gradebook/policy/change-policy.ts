import type { PolicyChange } from '../assignment-asks.ts';
import type { Complaints } from '../input.ts';
import type { LatePolicy, Policy } from './policy.ts';

/** The longest cool-down and the longest exam, in minutes: thirty days. */
const longestMinutes = 30 * 24 * 60;

/** What is named is changed, null takes it away; complains of what cannot be. */
export function changePolicy(before: Policy, change: PolicyChange, complaints: Complaints): Policy {
  const pick = <N extends 'attempts' | 'coolDownMinutes' | 'durationMinutes' | 'late'>(name: N) =>
    (change[name] === undefined ? before[name] : (change[name] ?? undefined)) as Policy[N];
  const [attempts, late] = [pick('attempts'), pick('late')];
  const [coolDownMinutes, durationMinutes] = [pick('coolDownMinutes'), pick('durationMinutes')];
  const counted = attempts === undefined || (Number.isInteger(attempts) && attempts >= 1);
  complaints.require(counted, '/policy/attempts', 'must be a whole number from 1');
  requireMinutes(complaints, coolDownMinutes, '/policy/coolDownMinutes');
  requireMinutes(complaints, durationMinutes, '/policy/durationMinutes');
  if (late !== undefined) requireLate(complaints, late);
  return {
    counts: change.counts ?? before.counts,
    hintsCost: change.hintsCost ?? before.hintsCost,
    ...(attempts !== undefined && { attempts }),
    ...(coolDownMinutes !== undefined && { coolDownMinutes }),
    ...(late !== undefined && { late }),
    ...(durationMinutes !== undefined && { durationMinutes }),
  };
}

function requireMinutes(
  complaints: Complaints,
  minutes: number | undefined,
  pointer: string,
): void {
  const fits = minutes === undefined || (minutes > 0 && minutes <= longestMinutes);
  complaints.require(fits, pointer, `must be more than 0 and at most ${longestMinutes} minutes`);
}

function requireLate(complaints: Complaints, late: LatePolicy): void {
  const at = '/policy/late';
  const most = late.unit === 'percentage' ? 100 : 100_000;
  const requireAmount = (amount: number | undefined, pointer: string) => {
    const fits = amount === undefined || (amount >= 0 && amount <= most);
    complaints.require(fits, pointer, `must be from 0 to ${most}`);
  };
  requireAmount(late.cap, `${at}/cap`);
  requireAmount(late.floor, `${at}/floor`);
  const grace = late.graceMinutes ?? 0;
  complaints.require(
    grace >= 0 && grace <= longestMinutes,
    `${at}/graceMinutes`,
    `must be from 0 to ${longestMinutes}`,
  );
  if (late.per !== 'step') {
    requireAmount(late.amount, `${at}/amount`);
    return;
  }
  complaints.require(late.steps.length > 0, `${at}/steps`, 'must have at least one step');
  for (const [index, step] of late.steps.entries()) {
    requireAmount(step.amount, `${at}/steps/${index}/amount`);
    const before = late.steps[index - 1]?.afterMinutes ?? -1;
    const rises = step.afterMinutes > before;
    complaints.require(rises, `${at}/steps/${index}/afterMinutes`, 'must rise from step to step');
  }
}
