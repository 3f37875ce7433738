import type { Assignment, Enrolment } from '../course.ts';
import type { GradeFact } from '../event.ts';
import { type ExceptionsFor, exceptionsByCell } from '../exceptions.ts';
import { deriveTotal, type GradeTotal } from '../grade.ts';
import type { Override } from '../override.ts';
import type { Placed } from '../ports.ts';
import type { CellPlace, ReportSource } from './report-source.ts';

/** A learner's number in an assignment as reports show it. */
export type CellGrade = Omit<GradeTotal, 'points' | 'maximum'>;

/** By the assignment's place; what is absent is blank: nothing happened there. */
export type LearnerCells = ReadonlyMap<number, CellGrade>;

/** The grades of a course as they were at one change of it. */
export interface CourseCells {
  readonly change: number;
  readonly byLearner: Map<number, Map<number, CellGrade>>;
}

export const noCells: LearnerCells = new Map();

/** What stands where nothing happened. */
export function blankCell({ points }: Pick<Assignment, 'points'>): CellGrade {
  return {
    ...{ score: 0, outOf: points, attempted: false, awaitsMarking: false },
    ...{ late: false, excused: false, overridden: false },
  };
}

/** What all cells of a course are derived by. */
export interface CellRules {
  readonly assignments: ReadonlyMap<number, Assignment>;
  readonly exceptions: ExceptionsFor;
  readonly overrides: readonly Pick<Override, 'learnerId' | 'assignmentId'>[];
}

export function rulesOf(source: ReportSource, courseId: string): CellRules {
  const assignments = source
    .assignments(courseId)
    .map(({ place, value }) => [place, value] as const);
  const granted = source.exceptions(courseId);
  return {
    assignments: new Map(assignments),
    exceptions: exceptionsByCell(granted),
    overrides: granted.overrides,
  };
}

/**
 * The grades of the learners given, each cell derived from its events; `learners` are those of one
 * stretch of places.
 */
export function deriveCells(
  source: ReportSource,
  courseId: string,
  learners: readonly Placed<Enrolment>[],
  rules: CellRules,
): CourseCells['byLearner'] {
  const cells: CourseCells['byLearner'] = new Map();
  const [first, last] = [learners[0]?.place, learners.at(-1)?.place];
  if (first === undefined || last === undefined) return cells;
  const people = new Map(learners.map(({ place, value }) => [place, value]));
  for (const { learner, assignment, facts } of source.facts(courseId, first, last)) {
    const person = people.get(learner);
    if (person !== undefined) setCell(cells, { learner, assignment }, person, facts, rules);
  }
  addOverridden(cells, learners, rules);
  return cells;
}

/** The cells where only an override speaks. */
function addOverridden(
  cells: CourseCells['byLearner'],
  learners: readonly Placed<Enrolment>[],
  rules: CellRules,
): void {
  if (rules.overrides.length === 0) return;
  const people = new Map(learners.map((one) => [one.value.id, one]));
  const places = new Map([...rules.assignments].map(([place, { id }]) => [id, place]));
  for (const { learnerId, assignmentId } of rules.overrides) {
    const [person, assignment] = [people.get(learnerId), places.get(assignmentId)];
    if (person === undefined || assignment === undefined) continue;
    if (cells.get(person.place)?.has(assignment)) continue;
    setCell(cells, { learner: person.place, assignment }, person.value, [], rules);
  }
}

/** Derives one cell anew; where nothing happened and nothing is decided it is blank. */
export function setCell(
  cells: CourseCells['byLearner'],
  { learner, assignment }: CellPlace,
  person: Enrolment,
  facts: readonly GradeFact[],
  { assignments, exceptions }: CellRules,
): void {
  const rules = assignments.get(assignment);
  if (rules === undefined) return;
  const given = exceptions(person, rules.id);
  if (facts.length === 0 && given.overrides.length === 0) {
    cells.get(learner)?.delete(assignment);
    return;
  }
  const { points: _points, maximum: _maximum, ...grade } = deriveTotal(facts, rules, given);
  const own = cells.get(learner);
  if (own === undefined) cells.set(learner, new Map([[assignment, grade]]));
  else own.set(assignment, grade);
}
