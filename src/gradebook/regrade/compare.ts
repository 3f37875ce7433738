import type { Assignment, Instant } from '../course.ts';
import type { GradeFact, RegradeFact } from '../event.ts';
import { roundToHundredths } from '../grade/rounding.ts';
import { deriveGrade, type Grade } from '../grade.ts';
import type { Exceptions } from '../ports.ts';
import type { AttemptChange, GradeChange, GradeSummary, Regrade } from './regrade.ts';

/** One learner's assignment, with the attempts of it that are judged otherwise. */
export interface Compared {
  readonly learnerId: string;
  readonly before: Assignment;
  /** The same assignment, moved if the regrade moves it. */
  readonly after: Assignment;
  readonly facts: readonly GradeFact[];
  readonly exceptions: Exceptions;
  readonly attempts: readonly AttemptChange[];
}

/** What applying would make of it; undefined when nothing of it is judged otherwise or changes. */
export function compareGrades(
  regrade: Pick<Regrade, 'id' | 'keep'>,
  { learnerId, before, after, facts, exceptions, attempts }: Compared,
  at: Instant,
): GradeChange | undefined {
  const added = regradeFacts(regrade, attempts, facts.length, at);
  const then = summaryOf(deriveGrade(facts, before, exceptions));
  const now = summaryOf(deriveGrade([...facts, ...added], after, exceptions));
  const changed = JSON.stringify(then) !== JSON.stringify(now);
  if (!changed && attempts.length === 0) return undefined;
  return { learnerId, assignmentId: before.id, changed, before: then, after: now };
}

/** The events that a regrade appends to one learner's assignment, after those there are. */
export function regradeFacts(
  { id, keep }: Pick<Regrade, 'id' | 'keep'>,
  attempts: readonly AttemptChange[],
  there: number,
  at: Instant,
): readonly RegradeFact[] {
  return attempts
    .filter(({ counts }) => counts)
    .map(({ part, attempt, judgement }, index) => ({
      ...{ kind: 'regrade', order: there + index + 1, part, at, attempt },
      ...{ points: judgement.points, maximum: judgement.maximum },
      ...{ awaitsMarking: judgement.awaitsMarking, keep, regradeId: id },
    }));
}

function summaryOf({ score, outOf, points, maximum, awaitsMarking, parts }: Grade): GradeSummary {
  return {
    ...{ score, outOf, points: roundToHundredths(points), maximum, awaitsMarking },
    parts: parts.map((one) => ({
      ...{ part: one.part, points: roundToHundredths(one.points), maximum: one.maximum },
    })),
  };
}
