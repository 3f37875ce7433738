import type { Assignment, Instant } from './course.ts';
import type { GradeFact, RegradePolicy } from './event.ts';
import { groupByPart, inOrder } from './grade/order.ts';
import { roundToHundredths } from './grade/rounding.ts';
import { type SettledPart, settlePart } from './grade/settle.ts';
import { stepsOf } from './grade/steps.ts';
import type { Override } from './override.ts';
import { dueFor } from './policy/schedule.ts';
import type { Exceptions } from './ports.ts';

/** One event's or override's share in a part's points. */
export interface GradeStep {
  readonly kind: Exclude<GradeFact['kind'], 'start'> | 'override';
  /** Its place among the events; overrides have none. */
  readonly order?: number;
  readonly at: Instant;
  /** The attempt's points as they hold now, the hint's cost as a negative number, the mark. */
  readonly points: number;
  /** An attempt's points as they were judged first, where a regrade's hold now. */
  readonly judgedFirst?: number;
  /** What the hints before an attempt cost it. */
  readonly hintCost?: number;
  readonly minutesLate?: number;
  /** What is left after hints and lateness; never below 0. */
  readonly net?: number;
  /** The `order` of the attempt that a regrade judged anew. */
  readonly attempt?: number;
  readonly keep?: RegradePolicy;
  readonly regradeId?: string;
  readonly overrideId?: string;
  readonly excused?: boolean;
  readonly comment?: string;
  /** Whether it is in the part's points. */
  readonly counts: boolean;
}

export interface PartGrade {
  readonly part: string;
  readonly points: number;
  /** 0 for an excused part: it is in no sum. */
  readonly maximum: number;
  readonly attempts: number;
  /** What all hints taken so far cost the attempts to come. */
  readonly hintCost: number;
  /** A mark stands in place of the automatic points. */
  readonly marked: boolean;
  /** An override stands in place of everything. */
  readonly overridden: boolean;
  readonly excused: boolean;
  /** A person has still to look at the newest attempt. */
  readonly awaitsMarking: boolean;
  readonly late: boolean;
  /** Points lost by being late. */
  readonly latePenalty: number;
  readonly comment?: string;
  /** What made the number, oldest first. */
  readonly steps: readonly GradeStep[];
}

/** Derived from events, policy, extensions and overrides; never stored as truth. */
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
  /** The whole assignment is in no total. */
  readonly excused: boolean;
  readonly overridden: boolean;
}

/** With what each part gave. */
export interface Grade extends GradeTotal {
  /** What staff wrote on the assignment as a whole. */
  readonly comment?: string;
  /** Overrides of the assignment as a whole. */
  readonly steps: readonly GradeStep[];
  readonly parts: readonly PartGrade[];
}

/** What of an assignment a grade depends on. */
export type Rules = Pick<Assignment, 'parts' | 'policy' | 'points' | 'dueAt' | 'timeZone'>;

export type PartOverride = Pick<
  Override,
  'id' | 'part' | 'points' | 'excused' | 'comment' | 'createdAt'
>;

/** What of the exceptions for this learner's assignment a grade depends on. */
export interface GradeExceptions {
  readonly extensions: readonly Pick<Exceptions['extensions'][number], 'dueAt'>[];
  /** In the order of creation. */
  readonly overrides: readonly PartOverride[];
}

const noExceptions: GradeExceptions = { extensions: [], overrides: [] };

/**
 * The grade that these events make under these rules and exceptions. An attempt is worth its
 * points (a regrade's where one holds), less the hints taken before it, less what its lateness
 * takes off; the policy says which attempts make the part's points. A mark wins over them, an
 * override over all. Neither the order in which events and overrides are given matters (their own
 * does), nor when it is asked.
 */
export function deriveGrade(
  events: readonly GradeFact[],
  rules: Rules,
  exceptions: GradeExceptions = noExceptions,
): Grade {
  const settled = settle(events, rules, exceptions);
  const parts = settled.map((one) => ({ ...one.numbers, steps: stepsOf(one, rules.policy) }));
  const own = ofAssignment(exceptions);
  const comment = own.findLast((one) => one.comment !== undefined)?.comment;
  return {
    ...total(settled, rules, own),
    ...(comment !== undefined && { comment }),
    steps: own.map((one) => ({
      ...{ kind: 'override' as const, at: one.createdAt, overrideId: one.id },
      ...{ points: one.points ?? 0, excused: one.excused },
      ...(one.points !== undefined && { net: one.points }),
      ...(one.comment !== undefined && { comment: one.comment }),
      counts: one === decisiveOf(own),
    })),
    parts,
  };
}

/** The same grade without its parts and steps, for reports of many. */
export function deriveTotal(
  events: readonly GradeFact[],
  rules: Rules,
  exceptions: GradeExceptions = noExceptions,
): GradeTotal {
  return total(settle(events, rules, exceptions), rules, ofAssignment(exceptions));
}

function settle(
  events: readonly GradeFact[],
  rules: Rules,
  { extensions, overrides }: GradeExceptions,
): readonly SettledPart[] {
  const byPart = groupByPart(inOrder(events));
  const ordered = inCreation(overrides);
  const dueAt = dueFor(rules.dueAt, extensions);
  const deadline = { dueAt, timeZone: rules.timeZone, late: rules.policy.late };
  return rules.parts.map(({ id, points }) =>
    settlePart(
      {
        ...{ id, policy: rules.policy, deadline },
        scale: { partPoints: points, assignmentPoints: rules.points },
      },
      byPart.get(id) ?? [],
      ordered.length === 0 ? ordered : ordered.filter(({ part }) => part === id),
    ),
  );
}

function total(
  settled: readonly SettledPart[],
  rules: Rules,
  own: readonly PartOverride[],
): GradeTotal {
  const decisive = decisiveOf(own);
  const maximum = sum(settled.map(({ numbers }) => numbers.maximum));
  const earned = sum(settled.map(({ numbers }) => numbers.points));
  const excusedParts = maximum === 0 && settled.some(({ numbers }) => numbers.excused);
  const share = decisive?.points === undefined ? ratio(earned, maximum) : undefined;
  const exact = share === undefined ? (decisive?.points ?? 0) : share * rules.points;
  const excused = decisive === undefined ? excusedParts : decisive.excused;
  return {
    points: share === undefined ? ratio(exact, rules.points) * maximum : earned,
    maximum,
    score: excused ? 0 : roundToHundredths(exact),
    outOf: rules.points,
    attempted: settled.some(({ numbers }) => numbers.attempts > 0 || numbers.marked),
    awaitsMarking: decisive === undefined && settled.some((one) => one.numbers.awaitsMarking),
    late: settled.some(({ numbers }) => numbers.late),
    excused,
    overridden: decisive !== undefined || settled.some(({ numbers }) => numbers.overridden),
  };
}

function ofAssignment({ overrides }: GradeExceptions): readonly PartOverride[] {
  if (overrides.length === 0) return overrides;
  return inCreation(overrides).filter(({ part }) => part === undefined);
}

/** The newest word on the number; a comment alone decides nothing. */
function decisiveOf(own: readonly PartOverride[]): PartOverride | undefined {
  return own.findLast(({ points, excused }) => excused || points !== undefined);
}

/** Ids grow with time, and tell those of one millisecond apart. */
function inCreation(overrides: readonly PartOverride[]): readonly PartOverride[] {
  if (overrides.length < 2) return overrides;
  const key = ({ createdAt, id }: PartOverride) => `${createdAt} ${id}`;
  return overrides.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
