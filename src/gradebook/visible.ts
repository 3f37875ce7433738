import type { Actor } from './actor.ts';
import type { Assignment, Instant } from './course.ts';
import { type Shown, shownAt } from './policy/release.ts';

/** Whoever shows results to learners: what is withheld from these is withheld from them. */
const forLearners: readonly Actor['role'][] = ['learner', 'lms'];

/** What of an assignment's results the asker may see: staff everything, others what is released. */
export function visibleTo(
  actor: Pick<Actor, 'role'>,
  assignment: Pick<Assignment, 'release'>,
  now: Instant,
): Shown {
  if (!forLearners.includes(actor.role)) return { grades: true, explanations: true };
  return shownAt(assignment, now);
}
