import type { Assignment, Instant } from '../course.ts';

/** What learners may see of an assignment's results. */
export interface Shown {
  readonly grades: boolean;
  readonly explanations: boolean;
}

/** Explanations tell the points too: they are never shown before the grades. */
export function shownAt({ release }: Pick<Assignment, 'release'>, now: Instant): Shown {
  const grades = isOut(release.grades, release.gradesReleasedAt, now);
  const explanations = isOut(release.explanations, release.explanationsReleasedAt, now);
  return { grades, explanations: grades && explanations };
}

function isOut(time: string, releasedAt: Instant | undefined, now: Instant): boolean {
  if (releasedAt !== undefined && releasedAt <= now) return true;
  return time === 'at-once' || (time !== 'manual' && time <= now);
}
