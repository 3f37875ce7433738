import type { HintFact, MarkFact } from '../event.ts';
import type { PartGrade, PartOverride } from '../grade.ts';
import type { Policy } from '../policy/policy.ts';
import { type JudgedAttempt, judgeAll, type SortedFacts } from './judged.ts';
import { afterLateness, type Deadline, type Lateness, latenessOf, type Scale } from './late.ts';

/** An attempt with what the hints before it and its lateness leave of it. */
export interface WorthAttempt extends JudgedAttempt {
  readonly hintCost: number;
  readonly lateness: Lateness;
  readonly worth: number;
}

/** A part's numbers, and what they were made of. */
export interface SettledPart {
  readonly numbers: Omit<PartGrade, 'steps'>;
  readonly facts: SortedFacts;
  readonly attempts: readonly WorthAttempt[];
  /** The attempts in the number while neither mark nor override stands in their place. */
  readonly counting: readonly WorthAttempt[];
  readonly mark: (MarkWorth & { readonly fact: MarkFact }) | undefined;
  readonly overrides: readonly PartOverride[];
  /** The override whose points, or whose excuse, stand. */
  readonly decisive: PartOverride | undefined;
}

interface MarkWorth {
  readonly lateness: Lateness;
  readonly worth: number;
}

/** How one part is graded, once for all of it. */
export interface PartRules {
  readonly id: string;
  readonly policy: Policy;
  readonly deadline: Deadline;
  readonly scale: Scale;
}

export function settlePart(
  rules: PartRules,
  events: Parameters<typeof judgeAll>[0],
  overrides: readonly PartOverride[],
): SettledPart {
  const facts = judgeAll(events, rules.scale.partPoints);
  const attempts = facts.attempts.map((one) => worthOf(one, facts.hints, rules));
  const counting = countingAttempts(attempts, rules.policy);
  const mark = markWorth(facts, rules);
  const decisive = overrides.findLast((one) => one.excused || one.points !== undefined);
  const comment = newestComment(mark?.fact, overrides);
  const newest = facts.attempts.at(-1);
  const automatic = mean(counting.map(({ worth }) => worth));
  const awaited = newest?.awaitsMarking === true && (mark?.fact.order ?? 0) < newest.fact.order;
  const excused = decisive?.excused === true;
  const lost = mark === undefined ? counting.map(lateLoss) : [markLoss(mark)];
  const numbers = {
    part: rules.id,
    points: excused ? 0 : (decisive?.points ?? mark?.worth ?? automatic),
    maximum: excused ? 0 : rules.scale.partPoints,
    attempts: attempts.length,
    hintCost: hintCostBefore(facts.hints, Number.POSITIVE_INFINITY, rules.policy),
    marked: mark !== undefined,
    overridden: decisive !== undefined,
    excused,
    awaitsMarking: awaited && decisive === undefined,
    late: counting.some(({ lateness }) => lateness.minutes > 0),
    latePenalty: decisive === undefined ? mean(lost) : 0,
    ...(comment !== undefined && { comment }),
  };
  return { numbers, facts, attempts, counting, mark, overrides, decisive };
}

/** What hints taken before that place in the order cost an attempt; each hint is paid once. */
export function hintCostBefore(hints: readonly HintFact[], order: number, policy: Policy): number {
  if (!policy.hintsCost || hints.length === 0) return 0;
  const paid = new Map<number, number>();
  for (const hint of hints) {
    if (hint.order < order && !paid.has(hint.hint)) paid.set(hint.hint, hint.cost);
  }
  return [...paid.values()].reduce((sum, cost) => sum + cost, 0);
}

function worthOf(
  attempt: JudgedAttempt,
  hints: readonly HintFact[],
  { policy, deadline, scale }: PartRules,
): WorthAttempt {
  const hintCost = hintCostBefore(hints, attempt.fact.order, policy);
  const lateness = latenessOf(attempt.fact.at, deadline);
  const earned = Math.max(0, attempt.points - hintCost);
  const worth = afterLateness(earned, lateness, deadline.late, scale);
  const { fact, points, awaitsMarking, regrade } = attempt;
  return { fact, points, awaitsMarking, regrade, hintCost, lateness, worth };
}

/** A mark judges the newest answer before it: it is as late as that one was. */
function markWorth(facts: SortedFacts, { deadline, scale }: PartRules): SettledPart['mark'] {
  const fact = facts.marks.at(-1);
  if (fact === undefined) return undefined;
  const judged = facts.attempts.findLast((one) => one.fact.order < fact.order);
  const none: Lateness = { minutes: 0, amount: 0 };
  const lateness = judged === undefined ? none : latenessOf(judged.fact.at, deadline);
  return { fact, lateness, worth: afterLateness(fact.points, lateness, deadline.late, scale) };
}

function countingAttempts(
  attempts: readonly WorthAttempt[],
  { counts }: Policy,
): readonly WorthAttempt[] {
  const [first] = attempts;
  if (first === undefined || attempts.length === 1 || counts === 'mean') return attempts;
  if (counts === 'first') return [first];
  if (counts === 'last') return attempts.slice(-1);
  return [attempts.reduce((best, one) => (one.worth > best.worth ? one : best))];
}

function newestComment(
  mark: MarkFact | undefined,
  overrides: readonly PartOverride[],
): string | undefined {
  return overrides.findLast((one) => one.comment !== undefined)?.comment ?? mark?.comment;
}

const lateLoss = ({ points, hintCost, worth }: WorthAttempt): number =>
  Math.max(0, points - hintCost) - worth;

const markLoss = ({ fact, worth }: NonNullable<SettledPart['mark']>): number => fact.points - worth;

function mean(numbers: readonly number[]): number {
  if (numbers.length === 0) return 0;
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}
