import type { Instant, Window } from './course.ts';
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

/** Whether an answer at that instant comes after the due date. */
export function isLate(window: Window, at: Instant): boolean {
  return window.dueAt !== undefined && at > window.dueAt;
}
