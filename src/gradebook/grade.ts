import type { Assignment, Policy } from './course.ts';
import type { AttemptFact, GradeFact, HintFact, MarkFact } from './event.ts';

/** One event's share in a part's points. */
export interface GradeStep {
  readonly kind: GradeFact['kind'];
  readonly order: number;
  /** The attempt's points, the hint's cost as a negative number, the mark. */
  readonly points: number;
  /** An attempt's points after the hints before it; never below 0. */
  readonly net?: number;
  /** Whether it is in the part's points. */
  readonly counts: boolean;
}

export interface PartGrade {
  readonly part: string;
  readonly points: number;
  readonly maximum: number;
  readonly attempts: number;
  /** What all hints taken so far cost the attempts to come. */
  readonly hintCost: number;
  /** A mark stands in place of the automatic points. */
  readonly marked: boolean;
  /** A person has still to look at the newest attempt. */
  readonly awaitsMarking: boolean;
  readonly late: boolean;
  readonly comment?: string;
  /** What made the number, oldest first. */
  readonly steps: readonly GradeStep[];
}

/** Derived from events, never stored as truth. */
export interface GradeTotal {
  /** Sum of the parts' points, in the exercise's points. */
  readonly points: number;
  readonly maximum: number;
  /** The same in the assignment's own points, rounded half up to hundredths: the only rounding. */
  readonly score: number;
  readonly outOf: number;
  readonly attempted: boolean;
  readonly awaitsMarking: boolean;
  readonly late: boolean;
}

/** With what each part gave. */
export interface Grade extends GradeTotal {
  readonly parts: readonly PartGrade[];
}

/** What of an assignment a grade depends on. */
export type Rules = Pick<Assignment, 'parts' | 'policy' | 'points'>;

/**
 * The grade that these events make under these rules. A part's points are those of its best or
 * last attempt, less the hints taken before that attempt; a mark wins over both. The order in
 * which the events are given does not matter: their own `order` does.
 */
export function deriveGrade(events: readonly GradeFact[], rules: Rules): Grade {
  const settled = settle(events, rules);
  const parts = settled.map((one) => ({ ...one.numbers, steps: explain(one, rules.policy) }));
  return { ...total(settled, rules), parts };
}

/** The same grade without its parts and steps, for reports of many. */
export function deriveTotal(events: readonly GradeFact[], rules: Rules): GradeTotal {
  return total(settle(events, rules), rules);
}

/** What hints taken before that place in the order cost an attempt; each hint is paid once. */
export function hintCostBefore(hints: readonly HintFact[], order: number, policy: Policy): number {
  if (!policy.hintsCost || hints.length === 0) return 0;
  const paid = new Map<number, number>();
  for (const hint of hints) {
    if (hint.order < order && !paid.has(hint.hint)) paid.set(hint.hint, hint.cost);
  }
  return sum([...paid.values()]);
}

/** Half up: 0.125 becomes 0.13, and 1.005 becomes 1.01 though binary keeps a little less. */
export function roundToHundredths(value: number): number {
  return Math.round(value * 100 + 1e-7) / 100;
}

interface SortedFacts {
  readonly attempts: readonly AttemptFact[];
  readonly hints: readonly HintFact[];
  readonly marks: readonly MarkFact[];
}

interface SettledPart extends SortedFacts {
  readonly numbers: Omit<PartGrade, 'steps'>;
  /** The attempt that counts while there is no mark. */
  readonly counting: AttemptFact | undefined;
}

function total(settled: readonly SettledPart[], rules: Rules): GradeTotal {
  const points = sum(settled.map(({ numbers }) => numbers.points));
  const maximum = sum(settled.map(({ numbers }) => numbers.maximum));
  return {
    points,
    maximum,
    score: maximum === 0 ? 0 : roundToHundredths((points / maximum) * rules.points),
    outOf: rules.points,
    attempted: settled.some(({ numbers }) => numbers.attempts > 0 || numbers.marked),
    awaitsMarking: settled.some(({ numbers }) => numbers.awaitsMarking),
    late: settled.some(({ numbers }) => numbers.late),
  };
}

function settle(events: readonly GradeFact[], rules: Rules): readonly SettledPart[] {
  const byPart = groupByPart(inOrder(events));
  return rules.parts.map(({ id, points }) =>
    settlePart(id, points, byPart.get(id) ?? [], rules.policy),
  );
}

function settlePart(
  part: string,
  maximum: number,
  events: readonly GradeFact[],
  policy: Policy,
): SettledPart {
  const sorted = splitByKind(events);
  const { attempts, hints, marks } = sorted;
  const counting = countingAttempt(sorted, policy);
  const mark = marks.at(-1);
  const newest = attempts.at(-1);
  const comment = mark?.comment;
  const automatic = counting === undefined ? 0 : netOf(counting, hints, policy);
  const numbers = {
    part,
    points: mark?.points ?? automatic,
    maximum,
    attempts: attempts.length,
    hintCost: hintCostBefore(hints, Number.POSITIVE_INFINITY, policy),
    marked: mark !== undefined,
    awaitsMarking: newest?.awaitsMarking === true && (mark?.order ?? 0) < newest.order,
    late: counting?.late ?? false,
    ...(comment !== undefined && { comment }),
  };
  return { ...sorted, numbers, counting };
}

function netOf(attempt: AttemptFact, hints: readonly HintFact[], policy: Policy): number {
  return Math.max(0, attempt.points - hintCostBefore(hints, attempt.order, policy));
}

function countingAttempt(
  { attempts, hints }: SortedFacts,
  policy: Policy,
): AttemptFact | undefined {
  if (policy.counts === 'last' || attempts.length < 2) return attempts.at(-1);
  return attempts.reduce((best, one) =>
    netOf(one, hints, policy) > netOf(best, hints, policy) ? one : best,
  );
}

/** Which events are in the number: the newest mark alone, or an attempt and the hints before it. */
function explain(settled: SettledPart, policy: Policy): readonly GradeStep[] {
  const { attempts, hints, marks, counting } = settled;
  const mark = marks.at(-1);
  const automatic = mark === undefined ? counting : undefined;
  const steps: GradeStep[] = [
    ...attempts.map((one) => ({
      kind: one.kind,
      order: one.order,
      points: one.points,
      net: netOf(one, hints, policy),
      counts: one === automatic,
    })),
    ...hints.map(({ kind, order, cost }) => {
      const counts = policy.hintsCost && automatic !== undefined && order < automatic.order;
      return { kind, order, points: 0 - cost, counts };
    }),
    ...marks.map((one) => ({
      kind: one.kind,
      order: one.order,
      points: one.points,
      counts: one === mark,
    })),
  ];
  return steps.sort(byOrder);
}

/** Keeps the order. */
function splitByKind(events: readonly GradeFact[]): SortedFacts {
  const attempts: AttemptFact[] = [];
  const hints: HintFact[] = [];
  const marks: MarkFact[] = [];
  for (const event of events) {
    if (event.kind === 'attempt') attempts.push(event);
    else if (event.kind === 'hint') hints.push(event);
    else marks.push(event);
  }
  return { attempts, hints, marks };
}

/** As it is when already in order, as it comes from the store. */
function inOrder(events: readonly GradeFact[]): readonly GradeFact[] {
  const sorted = events.every((event, index) => (events[index - 1]?.order ?? 0) <= event.order);
  return sorted ? events : events.toSorted(byOrder);
}

function groupByPart(events: readonly GradeFact[]): ReadonlyMap<string, readonly GradeFact[]> {
  const groups = new Map<string, GradeFact[]>();
  for (const event of events) {
    const group = groups.get(event.part);
    if (group === undefined) groups.set(event.part, [event]);
    else group.push(event);
  }
  return groups;
}

function byOrder(a: { order: number }, b: { order: number }): number {
  return a.order - b.order;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
