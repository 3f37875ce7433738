import type { Assignment, Instant, Window } from '../course.ts';
import type { GradeFact } from '../event.ts';
import type { Extension } from '../extension.ts';

/** What of an extension moves a date. */
type Extending = Pick<Extension, 'dueAt' | 'closesAt' | 'extraMinutes' | 'extraAttempts'>;

/** The due date that holds for a learner: the latest of the assignment's and their extensions'. */
export function dueFor(
  dueAt: Instant | undefined,
  extensions: readonly Extending[],
): Instant | undefined {
  if (dueAt === undefined || extensions.length === 0) return dueAt;
  return extensions.reduce((latest, one) => later(latest, one.dueAt), dueAt);
}

/**
 * The window that holds for a learner. A due date that an extension puts after the close moves the
 * close along with it: nobody is given days in which they may not answer.
 */
export function windowFor(window: Window, extensions: readonly Extending[]): Window {
  const dueAt = dueFor(window.dueAt, extensions);
  const { closesAt: asked, opensAt } = window;
  const extended = asked && extensions.reduce((latest, one) => later(latest, one.closesAt), asked);
  const closesAt = extended && (extensions.length > 0 ? later(extended, dueAt) : extended);
  return {
    ...(opensAt !== undefined && { opensAt }),
    ...(dueAt !== undefined && { dueAt }),
    ...(closesAt !== undefined && { closesAt }),
  };
}

/** When a timed assignment ends for a learner who began it; undefined while they have not. */
export function timeIsUpAt(
  { policy }: Pick<Assignment, 'policy'>,
  extensions: readonly Extending[],
  facts: readonly GradeFact[],
): Instant | undefined {
  const start = facts.find(({ kind }) => kind === 'start');
  if (policy.durationMinutes === undefined || start === undefined) return undefined;
  const extra = Math.max(0, ...extensions.map(({ extraMinutes }) => extraMinutes ?? 0));
  const minutes = policy.durationMinutes + extra;
  return new Date(Date.parse(start.at) + minutes * 60_000).toISOString();
}

/** Attempts a part allows a learner; the most generous extension holds. */
export function attemptsFor(
  { policy }: Pick<Assignment, 'policy'>,
  extensions: readonly Extending[],
): number | undefined {
  if (policy.attempts === undefined) return undefined;
  return policy.attempts + Math.max(0, ...extensions.map((one) => one.extraAttempts ?? 0));
}

function later(first: Instant, second: Instant | undefined): Instant {
  return second !== undefined && second > first ? second : first;
}
