import type { Assignment, Instant } from './course.ts';
import type { AttemptFact, GradeFact } from './event.ts';
import type { PartAttempts } from './gradebook.ts';
import { attemptsFor } from './policy/schedule.ts';
import type { Exceptions } from './ports.ts';
import { Refusal } from './refusal.ts';
import type { Attempts } from './submission.ts';

/** Attempts used and left at a part, by what happened so far and what was granted. */
export function attemptsLeft(
  assignment: Assignment,
  part: string,
  facts: readonly GradeFact[],
  { extensions }: Pick<Exceptions, 'extensions'>,
): Attempts {
  const used = attemptsAt(part, facts).length;
  const limit = attemptsFor(assignment, extensions);
  return limit === undefined ? { used } : { used, limit, left: Math.max(0, limit - used) };
}

/** The same for every part, with when the cool-down lets the next attempt in. */
export function attemptsOfParts(
  assignment: Assignment,
  facts: readonly GradeFact[],
  exceptions: Pick<Exceptions, 'extensions'>,
  now: Instant,
): readonly PartAttempts[] {
  return assignment.parts.map(({ id: part }) => {
    const attempts = attemptsLeft(assignment, part, facts, exceptions);
    const next = attempts.left === 0 ? undefined : coolUntil(assignment, part, facts);
    const waits = next !== undefined && next > now;
    return { part, ...attempts, ...(waits && { nextAttemptAt: next }) };
  });
}

/** Throws `attempts-exhausted`, or `cool-down` with the seconds there are still to wait. */
export function refuseAttempt(
  assignment: Assignment,
  part: string,
  facts: readonly GradeFact[],
  exceptions: Pick<Exceptions, 'extensions'>,
  at: Instant,
): void {
  const { left, limit } = attemptsLeft(assignment, part, facts, exceptions);
  if (left === 0) {
    throw new Refusal('attempts-exhausted', `All ${limit} attempts at this part are used.`);
  }
  const next = coolUntil(assignment, part, facts);
  if (next === undefined || at >= next) return;
  const seconds = Math.ceil((Date.parse(next) - Date.parse(at)) / 1000);
  const detail = `The next attempt at this part is allowed at ${next}.`;
  throw new Refusal('cool-down', detail, [], seconds);
}

export function attemptsAt(part: string, facts: readonly GradeFact[]): readonly AttemptFact[] {
  return facts.filter((fact): fact is AttemptFact => fact.kind === 'attempt' && fact.part === part);
}

/** Counted from the last graded attempt: a try that was refused is none, and restarts nothing. */
function coolUntil(
  { policy }: Assignment,
  part: string,
  facts: readonly GradeFact[],
): Instant | undefined {
  const last = attemptsAt(part, facts).at(-1);
  if (policy.coolDownMinutes === undefined || last === undefined) return undefined;
  return new Date(Date.parse(last.at) + policy.coolDownMinutes * 60_000).toISOString();
}
