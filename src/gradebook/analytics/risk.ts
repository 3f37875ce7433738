import type { Assignment, Enrolment, Instant } from '../course.ts';
import { windowFor } from '../policy/schedule.ts';
import type { Exceptions, Placed } from '../ports.ts';
import { blankCell, type CellGrade, type LearnerCells } from '../reporting/course-cells.ts';
import { totalOf } from '../total.ts';
import type { LearnerActivity } from './source.ts';

/** When an instructor wants to be told of a learner. A rule that is null is not looked at. */
export interface RiskRules {
  /** Less than this share (0 to 1) of the points of what is due. */
  readonly scoreBelow: number | null;
  /** As many assignments due and not handed in. */
  readonly missing: number | null;
  /** As many days without anything while something open is unsolved. */
  readonly inactiveDays: number | null;
  /** As many attempts at one part that was never solved. */
  readonly stuckAttempts: number | null;
}

/** What holds until an instructor sets something else. */
export const defaultRiskRules: RiskRules = {
  scoreBelow: 0.5,
  missing: 2,
  inactiveDays: 7,
  stuckAttempts: 5,
};

/** A rule that a learner met, with what was found and where the rule begins. */
export interface RiskReason {
  readonly rule: keyof RiskRules;
  readonly found: number;
  readonly threshold: number;
}

/** All that is known of one learner when the rules are asked. */
export interface RiskCase {
  readonly learner: Enrolment;
  readonly assignments: readonly Placed<Assignment>[];
  readonly cells: LearnerCells;
  readonly exceptions: (assignmentId: string) => Exceptions;
  readonly activity?: LearnerActivity;
  readonly now: Instant;
}

const dayMs = 86_400_000;

/** The rules that a learner meets, in the order of the rules. Pure. */
export function risksOf(one: RiskCase, rules: RiskRules): readonly RiskReason[] {
  const due = dueCells(one);
  const reasons: (RiskReason | undefined)[] = [
    below(rules.scoreBelow, shareOf(due)),
    reached('missing', rules.missing, due.filter(isMissing).length),
    reached('inactiveDays', rules.inactiveDays, idleDays(one)),
    reached('stuckAttempts', rules.stuckAttempts, one.activity?.stuckAttempts ?? 0),
  ];
  return reasons.filter((reason) => reason !== undefined);
}

interface DueCell {
  readonly assignment: Assignment;
  readonly grade: CellGrade;
}

/** What counts and is due for this learner by now. */
function dueCells({ assignments, cells, exceptions, now }: RiskCase): readonly DueCell[] {
  return assignments.flatMap(({ place, value: assignment }) => {
    const { dueAt, closesAt } = windowFor(assignment, exceptions(assignment.id).extensions);
    const end = dueAt ?? closesAt;
    if (assignment.mode === 'practice' || end === undefined || end > now) return [];
    return [{ assignment, grade: cells.get(place) ?? blankCell(assignment) }];
  });
}

function shareOf(due: readonly DueCell[]): number | undefined {
  const { score, outOf } = totalOf(due);
  return outOf > 0 ? score / outOf : undefined;
}

const isMissing = ({ grade }: DueCell): boolean =>
  !grade.attempted && !grade.excused && !grade.overridden;

/** Whole days since anything was done; undefined while there is nothing that one could do. */
function idleDays({ learner, assignments, cells, exceptions, activity, now }: RiskCase) {
  const open = assignments.some(({ place, value: assignment }) => {
    const { opensAt, closesAt } = windowFor(assignment, exceptions(assignment.id).extensions);
    const runs = (opensAt ?? '') <= now && (closesAt === undefined || now < closesAt);
    const grade = cells.get(place) ?? blankCell(assignment);
    return runs && !grade.excused && grade.score < grade.outOf;
  });
  if (!open) return undefined;
  const since = activity?.lastActiveAt ?? learner.createdAt;
  return Math.floor((Date.parse(now) - Date.parse(since)) / dayMs);
}

function below(threshold: number | null, found: number | undefined): RiskReason | undefined {
  if (threshold === null || found === undefined || found >= threshold) return undefined;
  return { rule: 'scoreBelow', found: Math.round(found * 10_000) / 10_000, threshold };
}

function reached(
  rule: keyof RiskRules,
  threshold: number | null,
  found: number | undefined,
): RiskReason | undefined {
  if (threshold === null || found === undefined || found < threshold) return undefined;
  return { rule, found, threshold };
}
