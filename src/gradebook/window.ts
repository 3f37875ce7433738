import type { Assignment, Instant, Window } from './course.ts';
import type { GradeFact } from './event.ts';
import { timeIsUpAt, windowFor } from './policy/schedule.ts';
import type { Exceptions } from './ports.ts';
import { Refusal } from './refusal.ts';

/** Passes between opening (included) and closing (not included). */
export function refuseOutsideWindow(window: Window, at: Instant): void {
  if (window.opensAt !== undefined && at < window.opensAt) {
    throw new Refusal('not-open', `The assignment opens at ${window.opensAt}.`);
  }
  if (window.closesAt !== undefined && at >= window.closesAt) {
    throw new Refusal('closed', `The assignment closed at ${window.closesAt}.`);
  }
}

/** Passes while a learner may answer: in the window that holds for them, and in their time. */
export function refuseUnlessOpen(
  assignment: Assignment,
  { extensions }: Exceptions,
  facts: readonly GradeFact[],
  at: Instant,
): void {
  refuseOutsideWindow(windowFor(assignment, extensions), at);
  if (assignment.policy.durationMinutes === undefined) return;
  const end = timeIsUpAt(assignment, extensions, facts);
  if (end === undefined) throw notStarted();
  if (at >= end) throw new Refusal('time-is-up', `The time was over at ${end}.`);
}

/** Passes once it is open, and begun where it is timed. */
export function refuseBeforeStart(
  { policy }: Assignment,
  { opensAt }: Window,
  facts: readonly GradeFact[],
  at: Instant,
): void {
  if (opensAt !== undefined) refuseOutsideWindow({ opensAt }, at);
  const begun = policy.durationMinutes === undefined || facts.some(({ kind }) => kind === 'start');
  if (!begun) throw notStarted();
}

/** Whether an answer at that instant comes after the due date. */
export function isLate(window: Window, at: Instant): boolean {
  return window.dueAt !== undefined && at > window.dueAt;
}

function notStarted(): Refusal {
  return new Refusal('not-started', 'The time runs from the start, and it was not started yet.');
}
