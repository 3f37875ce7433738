import type { ExerciseSummary } from '../../exercise/exercise.ts';
import { assignedParts } from '../assignment-settings.ts';
import type { Assignment } from '../course.ts';
import type { GradebookParts } from '../create-gradebook.ts';
import { Complaints } from '../input.ts';
import { Refusal } from '../refusal.ts';
import { noCounts, type Regrade, type RegradeScope, type RegradeTarget } from './regrade.ts';

/**
 * Which assignments a scope means and what their answers are judged by: the version they pin, or
 * `toVersion`, to which applying then moves them. Throws `invalid`.
 */
export function targetsOf(
  { library }: GradebookParts,
  assignments: readonly Assignment[],
  scope: RegradeScope,
  toVersion: number | undefined,
): readonly RegradeTarget[] {
  const complaints = new Complaints();
  const meant = assignmentsMeant(assignments, scope, complaints);
  const exercises = new Set(meant.map(({ exercise }) => exercise.id));
  const one = toVersion === undefined || exercises.size === 1;
  complaints.require(one, '/toVersion', 'needs a scope with assignments of one exercise');
  const version = library
    .list()
    .find((each) => exercises.has(each.id) && each.version === toVersion);
  const there = toVersion === undefined || !one || version !== undefined;
  complaints.require(there, '/toVersion', 'must be a version of the exercise that is here');
  complaints.refuse('The regrade cannot be made so.');
  return meant.map((assignment) => targetOf(assignment, version));
}

function assignmentsMeant(
  assignments: readonly Assignment[],
  { assignmentIds, exercise, part }: RegradeScope,
  complaints: Complaints,
): readonly Assignment[] {
  const known = new Set(assignments.map(({ id }) => id));
  for (const [index, id] of (assignmentIds ?? []).entries()) {
    const pointer = `/scope/assignmentIds/${index}`;
    complaints.require(known.has(id), pointer, 'must be an assignment of the course');
  }
  const named = new Set(assignmentIds ?? known);
  const meant = assignments.filter(
    ({ id, ...one }) => named.has(id) && (exercise?.id ?? one.exercise.id) === one.exercise.id,
  );
  const assigned = exercise === undefined || meant.length > 0;
  complaints.require(assigned, '/scope/exercise/id', 'must be an exercise that is assigned there');
  const hasPart =
    part === undefined || meant.some(({ parts }) => parts.some(({ id }) => id === part));
  complaints.require(hasPart, '/scope/part', 'must be a part of an assignment in the scope');
  return meant;
}

function targetOf(assignment: Assignment, to: ExerciseSummary | undefined): RegradeTarget {
  const exercise = to === undefined ? assignment.exercise : keyOf(to);
  const moves = exercise.digest !== assignment.exercise.digest;
  return { assignmentId: assignment.id, exercise, moves };
}

const keyOf = ({ id, version, digest }: ExerciseSummary) => ({ id, version, digest });

/** The same targets under the assignments as they are now. */
export function targetsNow(
  { targets }: Regrade,
  assignments: readonly Assignment[],
): readonly RegradeTarget[] {
  return targets.flatMap((target) => {
    const assignment = assignments.find(({ id }) => id === target.assignmentId);
    if (assignment === undefined) return [];
    const exercise = target.moves ? target.exercise : assignment.exercise;
    const moves = exercise.digest !== assignment.exercise.digest;
    return [{ assignmentId: assignment.id, exercise, moves }];
  });
}

/** The assignment as it is once the regrade was applied: the very same if it is not moved. */
export function movedBy(
  { library }: GradebookParts,
  assignment: Assignment,
  { exercise, moves }: RegradeTarget,
): Assignment {
  if (!moves) return assignment;
  const found = library.find(exercise);
  if (found === undefined) {
    const name = `${exercise.id} version ${exercise.version}`;
    throw new Refusal('conflict', `The exercise ${name} is not here any more.`);
  }
  return { ...assignment, exercise, parts: assignedParts(found) };
}

/** The regrade at its beginning: what it had found is to be forgotten with it. */
export function begun(regrade: Regrade): Regrade {
  const { basis: _basis, digest: _digest, problem: _problem, readyAt: _readyAt, ...rest } = regrade;
  return { ...rest, state: 'judging', cursor: 0, counts: noCounts, revision: rest.revision + 1 };
}
