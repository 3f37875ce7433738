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
export interface Grade {
  /** Sum of the parts' points, in the exercise's points. */
  readonly points: number;
  readonly maximum: number;
  /** The same in the assignment's own points, rounded half up to hundredths: the only rounding. */
  readonly score: number;
  readonly outOf: number;
  readonly attempted: boolean;
  readonly awaitsMarking: boolean;
  readonly late: boolean;
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
  const byPart = groupByPart(events);
  const parts = rules.parts.map(({ id, points }) =>
    derivePart(id, points, byPart.get(id) ?? [], rules.policy),
  );
  const points = sum(parts.map((part) => part.points));
  const maximum = sum(parts.map((part) => part.maximum));
  return {
    points,
    maximum,
    score: maximum === 0 ? 0 : roundToHundredths((points / maximum) * rules.points),
    outOf: rules.points,
    attempted: parts.some((part) => part.attempts > 0 || part.marked),
    awaitsMarking: parts.some((part) => part.awaitsMarking),
    late: parts.some((part) => part.late),
    parts,
  };
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

function derivePart(
  part: string,
  maximum: number,
  events: readonly GradeFact[],
  policy: Policy,
): PartGrade {
  const { attempts, hints, marks } = sortByKind(events);
  const netOf = (one: AttemptFact) =>
    Math.max(0, one.points - hintCostBefore(hints, one.order, policy));
  const counting = countingAttempt(attempts, netOf, policy);
  const mark = marks.at(-1);
  const newest = attempts.at(-1);
  const comment = mark?.comment;
  return {
    part,
    points: mark?.points ?? (counting === undefined ? 0 : netOf(counting)),
    maximum,
    attempts: attempts.length,
    hintCost: hintCostBefore(hints, Number.POSITIVE_INFINITY, policy),
    marked: mark !== undefined,
    awaitsMarking: newest?.awaitsMarking === true && (mark?.order ?? 0) < newest.order,
    late: counting?.late ?? false,
    ...(comment !== undefined && { comment }),
    steps: explain(events, mark ?? counting, counting, netOf, policy),
  };
}

function countingAttempt(
  attempts: readonly AttemptFact[],
  netOf: (one: AttemptFact) => number,
  policy: Policy,
): AttemptFact | undefined {
  if (policy.counts === 'last' || attempts.length < 2) return attempts.at(-1);
  return attempts.reduce((best, one) => (netOf(one) > netOf(best) ? one : best));
}

/** Which events are in the number: the mark alone, or the attempt and the hints before it. */
function explain(
  events: readonly GradeFact[],
  decisive: MarkFact | AttemptFact | undefined,
  counting: AttemptFact | undefined,
  netOf: (one: AttemptFact) => number,
  policy: Policy,
): readonly GradeStep[] {
  const marked = decisive?.kind === 'mark';
  return events.toSorted(byOrder).map((event) => {
    const { kind, order } = event;
    if (event.kind === 'hint') {
      const paid = policy.hintsCost && order < (counting?.order ?? 0);
      return { kind, order, points: 0 - event.cost, counts: paid && !marked };
    }
    const counts = event === decisive;
    if (event.kind === 'mark') return { kind, order, points: event.points, counts };
    return { kind, order, points: event.points, net: netOf(event), counts };
  });
}

function sortByKind(events: readonly GradeFact[]) {
  const attempts: AttemptFact[] = [];
  const hints: HintFact[] = [];
  const marks: MarkFact[] = [];
  for (const event of events.toSorted(byOrder)) {
    if (event.kind === 'attempt') attempts.push(event);
    else if (event.kind === 'hint') hints.push(event);
    else marks.push(event);
  }
  return { attempts, hints, marks };
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

function byOrder(a: GradeFact, b: GradeFact): number {
  return a.order - b.order;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
