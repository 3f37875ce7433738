import type { GradebookParts } from '../create-gradebook.ts';
import { type Basis, changesSince } from './basis.ts';
import type { Regrade } from './regrade.ts';

/** Reasons that are told; the others are counted. */
const toldAtMost = 5;

/** Why the dry run does not show any more what applying it would do; none while it does. */
export async function staleness(
  { store, grader }: GradebookParts,
  regrade: Regrade,
): Promise<readonly string[]> {
  const basis = await store.basis(regrade);
  const now = { ...(JSON.parse(basis) as Basis), engineVersion: grader.engineVersion };
  const { engineVersion } = regrade;
  const then = { ...(JSON.parse(regrade.basis ?? basis) as Basis), engineVersion };
  const reasons = changesSince(then, now);
  const left = reasons.length - toldAtMost;
  return left > 0 ? [...reasons.slice(0, toldAtMost), `and ${left} more`] : reasons;
}
