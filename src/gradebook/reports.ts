import { authorise } from './authorise.ts';
import type { Assignment, Enrolment } from './course.ts';
import { findCourse } from './courses.ts';
import type { GradebookParts } from './create-gradebook.ts';
import { findEnrolment } from './enrolments.ts';
import type { GradeFact } from './event.ts';
import { roundToHundredths } from './grade/rounding.ts';
import { deriveGrade, deriveTotal } from './grade.ts';
import type { AssignmentProgress, Cell, CourseGrades, Gradebook } from './gradebook.ts';
import type { LedgerRow } from './ports.ts';
import { noLearner } from './submissions.ts';
import { attemptsLeft } from './submit.ts';

export function reportUseCases({ store }: GradebookParts): Pick<Gradebook, 'progress' | 'grades'> {
  return {
    progress: async (actor, courseId, asked) => {
      const learnerId = asked ?? actor.learnerId;
      authorise(actor, 'progress:read', { courseId, learnerId });
      await findCourse(store, courseId);
      if (learnerId === undefined) throw noLearner();
      const learner = await findEnrolment(store, courseId, learnerId);
      const events = eventsByCell(await store.ledger(courseId, learnerId));
      const assignments = (await store.assignments(courseId)).map((assignment) =>
        progressIn(assignment, events.get(learnerId)?.get(assignment.id) ?? []),
      );
      const score = total(assignments.map(({ grade }) => grade.score));
      return {
        learner,
        score,
        outOf: total(assignments.map(({ grade }) => grade.outOf)),
        assignments,
      };
    },
    grades: async (actor, courseId) => {
      authorise(actor, 'grades:read', { courseId });
      const course = await findCourse(store, courseId);
      const assignments = await store.assignments(courseId);
      const learners = await store.learners(courseId);
      const events = eventsByCell(await store.ledger(courseId));
      const rows = learners.map((learner) => rowOf(learner, assignments, events));
      return { course, assignments, rows, outOf: total(assignments.map(({ points }) => points)) };
    },
  };
}

type EventsByCell = ReadonlyMap<string, ReadonlyMap<string, readonly GradeFact[]>>;

function eventsByCell(rows: readonly LedgerRow[]): EventsByCell {
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

function progressIn(assignment: Assignment, events: readonly GradeFact[]): AssignmentProgress {
  const attempts = assignment.parts.map(({ id }) => {
    const { used, left } = attemptsLeft(assignment, id, events);
    return { part: id, used, ...(left !== undefined && { left }) };
  });
  return { assignment, grade: deriveGrade(events, assignment), attempts };
}

function rowOf(
  learner: Enrolment,
  assignments: readonly Assignment[],
  events: EventsByCell,
): CourseGrades['rows'][number] {
  const own = events.get(learner.id);
  const cells = assignments.map((assignment) => cellOf(assignment, own?.get(assignment.id)));
  return { learner, cells, score: total(cells.map(({ score }) => score)) };
}

function cellOf(assignment: Assignment, events: readonly GradeFact[] | undefined): Cell {
  const assignmentId = assignment.id;
  if (events === undefined) {
    return { assignmentId, score: 0, attempted: false, awaitsMarking: false, late: false };
  }
  const { score, attempted, awaitsMarking, late } = deriveTotal(events, assignment);
  return { assignmentId, score, attempted, awaitsMarking, late };
}

/** A sum of hundredths is a number of hundredths. */
function total(numbers: readonly number[]): number {
  return roundToHundredths(numbers.reduce((sum, one) => sum + one, 0));
}
