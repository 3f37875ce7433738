import type { Assignment, Instant } from '../course.ts';
import type { GradeFact } from '../event.ts';
import type { Exceptions } from '../ports.ts';
import { shownAt } from './release.ts';
import { windowFor } from './schedule.ts';

/**
 * Whether a learner may be told the worked explanation: the assignment's release allows it, and
 * either every part had full marks once, or the last moment to answer is over. That is the close,
 * or the due date where there is no close, each with the learner's own extensions.
 */
export function mayBeExplained(
  assignment: Assignment,
  facts: readonly GradeFact[],
  { extensions }: Pick<Exceptions, 'extensions'>,
  now: Instant,
): boolean {
  if (!shownAt(assignment, now).explanations) return false;
  const { closesAt, dueAt } = windowFor(assignment, extensions);
  const over = closesAt ?? dueAt;
  if (over !== undefined && over <= now) return true;
  return assignment.parts.every(({ id, points }) => hadFullMarks(facts, id, points));
}

/** By attempt, before hints and lateness; a text that awaits its reader is done, too. */
const hadFullMarks = (facts: readonly GradeFact[], part: string, maximum: number): boolean =>
  facts.some(
    (fact) =>
      fact.kind === 'attempt' &&
      fact.part === part &&
      (fact.points >= maximum || fact.awaitsMarking),
  );
