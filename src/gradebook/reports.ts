import type { Actor } from './actor.ts';
import { attemptsOfParts } from './attempts.ts';
import { authorise } from './authorise.ts';
import type { Assignment, Enrolment, Instant } from './course.ts';
import { findCourse } from './courses.ts';
import type { GradebookParts } from './create-gradebook.ts';
import { findEnrolment } from './enrolments.ts';
import type { GradeFact } from './event.ts';
import { type ExceptionsFor, exceptionsByCell } from './exceptions.ts';
import { latenessOf } from './grade/late.ts';
import { deriveGrade, deriveTotal, type GradeTotal } from './grade.ts';
import type { AssignmentProgress, Cell, CourseGrades, Gradebook } from './gradebook.ts';
import { timeIsUpAt, windowFor } from './policy/schedule.ts';
import type { Exceptions, LedgerRow } from './ports.ts';
import { noLearner } from './submissions.ts';
import { totalOf, type Weighed } from './total.ts';
import { visibleTo } from './visible.ts';

export function reportUseCases(parts: GradebookParts): Pick<Gradebook, 'progress' | 'grades'> {
  const { store } = parts;
  return {
    progress: async (actor, courseId, asked) => {
      const learnerId = asked ?? actor.learnerId;
      authorise(actor, 'progress:read', { courseId, learnerId });
      await findCourse(store, courseId);
      if (learnerId === undefined) throw noLearner();
      const learner = await findEnrolment(store, courseId, learnerId);
      const events = eventsByCell(await store.ledger(courseId, learnerId)).get(learnerId);
      const exceptions = exceptionsByCell(await store.courseExceptions(courseId, learnerId));
      const now = parts.now().toISOString();
      const assignments = (await store.assignments(courseId)).map((assignment) => {
        const past = { facts: events?.get(assignment.id) ?? [], now, actor };
        return progressIn(assignment, { ...past, exceptions: exceptions(learner, assignment.id) });
      });
      const shown = assignments.flatMap(({ assignment, grade }) =>
        grade === undefined ? [] : [{ assignment, grade }],
      );
      return { learner, ...totalOf(shown), assignments };
    },
    grades: async (actor, courseId) => {
      authorise(actor, 'grades:read', { courseId });
      const course = await findCourse(store, courseId);
      const assignments = await store.assignments(courseId);
      const learners = await store.learners(courseId);
      const events = eventsByCell(await store.ledger(courseId));
      const exceptions = exceptionsByCell(await store.courseExceptions(courseId));
      const columns = columnsOf(assignments, actor, parts.now().toISOString());
      const rows = learners.map((one) => rowOf(one, columns, events.get(one.id), exceptions));
      const { outOf } = totalOf(assignments.map((assignment) => ({ assignment, grade: blank })));
      return { course, assignments, rows, outOf };
    },
  };
}

type OwnEvents = ReadonlyMap<string, readonly GradeFact[]>;

function eventsByCell(rows: readonly LedgerRow[]): ReadonlyMap<string, OwnEvents> {
  const learners = new Map<string, Map<string, GradeFact[]>>();
  for (const { learnerId, assignmentId, fact } of rows) {
    const cells = learners.get(learnerId) ?? new Map<string, GradeFact[]>();
    const events = cells.get(assignmentId);
    if (events === undefined) cells.set(assignmentId, [fact]);
    else events.push(fact);
    learners.set(learnerId, cells);
  }
  return learners;
}

interface Past {
  readonly facts: readonly GradeFact[];
  readonly exceptions: Exceptions;
  readonly now: Instant;
  readonly actor: Actor;
}

function progressIn(assignment: Assignment, past: Past): AssignmentProgress {
  const { facts, exceptions, now, actor } = past;
  const { extensions } = exceptions;
  const released = visibleTo(actor, assignment, now);
  const endsAt = timeIsUpAt(assignment, extensions, facts);
  const startedAt = facts.find(({ kind }) => kind === 'start')?.at;
  return {
    assignment,
    ...(released.grades && { grade: deriveGrade(facts, assignment, exceptions) }),
    released,
    window: windowFor(assignment, extensions),
    extended: extensions.length > 0,
    ...lateNow(assignment, past),
    attempts: attemptsOfParts(assignment, facts, exceptions, now),
    ...(startedAt !== undefined && { startedAt }),
    ...(endsAt !== undefined && { endsAt }),
  };
}

/** What an answer handed in now would lose, while one may be handed in. */
function lateNow(
  assignment: Assignment,
  { exceptions, now }: Past,
): Pick<AssignmentProgress, 'lateNow'> {
  const { dueAt, closesAt } = windowFor(assignment, exceptions.extensions);
  const { late } = assignment.policy;
  const { minutes, amount } = latenessOf(now, { dueAt, timeZone: assignment.timeZone, late });
  if (minutes === 0 || (closesAt !== undefined && now >= closesAt)) return {};
  const minutesLate = Math.floor(minutes);
  return { lateNow: { minutesLate, amount, ...(late && { unit: late.unit }) } };
}

/** An assignment, and whether its numbers may be shown: to the asker, and to learners. */
interface Column {
  readonly assignment: Assignment;
  readonly shown: boolean;
  readonly released: boolean;
}

function columnsOf(
  assignments: readonly Assignment[],
  actor: Actor,
  now: Instant,
): readonly Column[] {
  return assignments.map((assignment) => ({
    assignment,
    shown: visibleTo(actor, assignment, now).grades,
    released: visibleTo({ ...actor, role: 'learner' }, assignment, now).grades,
  }));
}

function rowOf(
  learner: Enrolment,
  columns: readonly Column[],
  own: OwnEvents | undefined,
  exceptions: ExceptionsFor,
): CourseGrades['rows'][number] {
  const weighed: Weighed[] = [];
  const cells = columns.map(({ assignment, shown, released }): Cell => {
    const assignmentId = assignment.id;
    const grade = gradeOf(assignment, own?.get(assignmentId), exceptions(learner, assignmentId));
    if (shown) weighed.push({ assignment, grade });
    const { score, attempted, awaitsMarking, late, excused, overridden } = grade;
    const flags = { attempted, awaitsMarking, late, excused, overridden, released };
    return { assignmentId, score: shown ? score : null, ...flags };
  });
  return { learner, cells, ...totalOf(weighed) };
}

const blank = {
  ...{ score: 0, outOf: 0, attempted: false, awaitsMarking: false },
  ...{ late: false, excused: false, overridden: false },
};

function gradeOf(
  assignment: Assignment,
  events: readonly GradeFact[] | undefined,
  exceptions: Exceptions,
): Omit<GradeTotal, 'points' | 'maximum'> {
  if (events === undefined && exceptions.overrides.length === 0) return blankOf(assignment);
  return deriveTotal(events ?? [], assignment, exceptions);
}

const blankOf = ({ points }: Assignment): typeof blank => ({ ...blank, outOf: points });
