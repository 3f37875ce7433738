import type { ExerciseSummary } from '../exercise/exercise.ts';
import { auditOf } from './audit.ts';
import { authorise } from './authorise.ts';
import type { AssignedPart, Assignment, Policy, Window } from './course.ts';
import { besideOf, findCourse } from './courses.ts';
import type { GradebookParts } from './create-gradebook.ts';
import type { AssignmentChange, Gradebook, NewAssignment } from './gradebook.ts';
import { Complaints } from './input.ts';
import type { Store } from './ports.ts';
import { notFound, Refusal } from './refusal.ts';

type AssignmentUseCases = Pick<
  Gradebook,
  'createAssignment' | 'updateAssignment' | 'assignments' | 'assignment'
>;

export function assignmentUseCases(parts: GradebookParts): AssignmentUseCases {
  const { store } = parts;
  return {
    createAssignment: async (actor, courseId, ask, receipt) => {
      authorise(actor, 'assignment:create', { courseId });
      await findCourse(store, courseId);
      const assignment = newAssignment(parts, courseId, ask);
      const note = { action: 'assignment:create', courseId, subject: assignment.id };
      const audit = auditOf(parts, actor, { ...note, after: assignment });
      await store.addAssignment(assignment, besideOf(audit, assignment, receipt));
      return assignment;
    },
    updateAssignment: async (actor, courseId, assignmentId, change, revision) => {
      authorise(actor, 'assignment:update', { courseId });
      const before = await findAssignment(store, courseId, assignmentId);
      if (revision !== undefined && revision !== before.revision) throw stale();
      const after = changed(before, change);
      const note = { action: 'assignment:update', courseId, subject: assignmentId, before, after };
      const audit = auditOf(parts, actor, note);
      if (!(await store.changeAssignment(after, { audit }))) throw stale();
      return after;
    },
    assignments: async (actor, courseId) => {
      authorise(actor, 'assignment:read', { courseId });
      await findCourse(store, courseId);
      return store.assignments(courseId);
    },
    assignment: async (actor, courseId, assignmentId) => {
      authorise(actor, 'assignment:read', { courseId });
      return findAssignment(store, courseId, assignmentId);
    },
  };
}

export async function findAssignment(
  store: Store,
  courseId: string,
  assignmentId: string,
): Promise<Assignment> {
  const assignment = await store.assignment(courseId, assignmentId);
  if (assignment === undefined) throw notFound('assignment');
  return assignment;
}

/** The part under that id; else `invalid`, with the ids there are. */
export function partOf(assignment: Assignment, part: string): AssignedPart {
  const found = assignment.parts.find(({ id }) => id === part);
  if (found !== undefined) return found;
  const names = assignment.parts.map(({ id }) => id).join(', ');
  const detail = `must be one of ${names}`;
  throw new Refusal('invalid', 'The assignment has no such part.', [{ pointer: '/part', detail }]);
}

function newAssignment(parts: GradebookParts, courseId: string, ask: NewAssignment): Assignment {
  const exercise = parts.library.newest(ask.exercise);
  if (exercise === undefined) {
    const detail = 'must be the id of a released exercise';
    throw new Refusal('invalid', 'There is no such exercise.', [{ pointer: '/exercise', detail }]);
  }
  const blank: Assignment = {
    id: parts.newId(),
    courseId,
    exercise: { id: exercise.id, version: exercise.version, digest: exercise.digest },
    title: exercise.title,
    points: exercise.points,
    parts: assignedParts(exercise),
    policy: { counts: 'best', hintsCost: true },
    revision: 0,
    createdAt: parts.now().toISOString(),
  };
  return changed(blank, ask);
}

function assignedParts(exercise: ExerciseSummary): readonly AssignedPart[] {
  return exercise.parts.map(({ id, title, kind, points }) => ({ id, title, kind, points }));
}

function changed(before: Assignment, change: AssignmentChange): Assignment {
  const complaints = new Complaints();
  const { opensAt: _o, dueAt: _d, closesAt: _c, ...rest } = before;
  const title = change.title ?? before.title;
  const points = change.points ?? before.points;
  complaints.text(title, '/title');
  complaints.require(points >= 0 && points <= 100_000, '/points', 'must be from 0 to 100000');
  const window = changedWindow(before, change, complaints);
  const policy = changedPolicy(before.policy, change.policy ?? {}, complaints);
  complaints.refuse('The assignment cannot be so.');
  return { ...rest, title, points, ...window, policy, revision: before.revision + 1 };
}

function changedWindow(before: Window, change: AssignmentChange, complaints: Complaints): Window {
  const pick = (name: 'opensAt' | 'dueAt' | 'closesAt') =>
    change[name] === undefined ? before[name] : complaints.instant(change[name], `/${name}`);
  const [opensAt, dueAt, closesAt] = [pick('opensAt'), pick('dueAt'), pick('closesAt')];
  const ordered = (first: string | undefined, second: string | undefined) =>
    first === undefined || second === undefined || first <= second;
  complaints.require(ordered(opensAt, dueAt), '/dueAt', 'must not be before opensAt');
  complaints.require(ordered(opensAt, closesAt), '/closesAt', 'must not be before opensAt');
  complaints.require(ordered(dueAt, closesAt), '/closesAt', 'must not be before dueAt');
  return {
    ...(opensAt !== undefined && { opensAt }),
    ...(dueAt !== undefined && { dueAt }),
    ...(closesAt !== undefined && { closesAt }),
  };
}

function changedPolicy(
  before: Policy,
  change: NonNullable<AssignmentChange['policy']>,
  complaints: Complaints,
): Policy {
  const attempts = change.attempts === undefined ? before.attempts : change.attempts;
  const counted = attempts === undefined || attempts === null;
  const valid = counted || (Number.isInteger(attempts) && attempts >= 1);
  complaints.require(valid, '/policy/attempts', 'must be a whole number from 1');
  return {
    counts: change.counts ?? before.counts,
    hintsCost: change.hintsCost ?? before.hintsCost,
    ...(!counted && { attempts }),
  };
}

function stale(): Refusal {
  return new Refusal('stale', 'The assignment was changed meanwhile: read it again.');
}
