import type { Assignment } from '../course.ts';

/** What a dry run rests on. */
export interface Basis {
  /** By assignment: all of it that grades depend on, as text. */
  readonly rules: Readonly<Record<string, string>>;
  /** By assignment, or by learner where learners were named: changes with every fact and exception. */
  readonly ledger: Readonly<Record<string, string>>;
}

/** All of an assignment that a grade depends on; when it is released is not among it. */
export function rulesText(assignment: Assignment): string {
  const { exercise, parts, policy, points, dueAt, timeZone } = assignment;
  return JSON.stringify({ exercise, parts, policy, points, dueAt, timeZone });
}

/** Why a dry run does not show any more what applying it would do; none when it still does. */
export function changesSince(
  then: Basis & { readonly engineVersion: string },
  now: Basis & { readonly engineVersion: string },
): readonly string[] {
  const rules = differing(then.rules, now.rules);
  const ledger = differing(then.ledger, now.ledger);
  return [
    ...(then.engineVersion === now.engineVersion
      ? []
      : [`the engine is version ${now.engineVersion} now, not ${then.engineVersion}`]),
    ...rules.map((id) => `the exercise, points, dates or policy of assignment ${id} changed`),
    ...ledger.map(
      (id) => `answers, hints, marks, extensions, overrides or regrades were added to ${id}`,
    ),
  ];
}

function differing(
  then: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): readonly string[] {
  const names = new Set([...Object.keys(then), ...Object.keys(now)]);
  return [...names].filter((name) => then[name] !== now[name]).sort();
}
