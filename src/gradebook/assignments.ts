import { isDeepStrictEqual } from 'node:util';
import type { Actor } from './actor.ts';
import type { AssignmentChange } from './assignment-asks.ts';
import { changeAssignment, newAssignment } from './assignment-settings.ts';
import { auditOf } from './audit.ts';
import { authorise } from './authorise.ts';
import type { AssignedPart, Assignment } from './course.ts';
import { besideOf, findCourse } from './courses.ts';
import type { GradebookParts } from './create-gradebook.ts';
import { moveToVersion } from './exercise-version.ts';
import type { Gradebook } from './gradebook.ts';
import type { Store } from './ports.ts';
import { refuseBadPrerequisites } from './prerequisites.ts';
import { notFound, Refusal } from './refusal.ts';

type AssignmentUseCases = Pick<
  Gradebook,
  'createAssignment' | 'updateAssignment' | 'releaseAssignment' | 'assignments' | 'assignment'
>;

export function assignmentUseCases(parts: GradebookParts): AssignmentUseCases {
  const { store } = parts;
  return {
    createAssignment: async (actor, courseId, ask, receipt) => {
      authorise(actor, 'assignment:create', { courseId });
      const assignment = newAssignment(parts, await findCourse(store, courseId), ask);
      await refuseBadPrerequisites(store, assignment);
      const note = { action: 'assignment:create', courseId, subject: assignment.id };
      const audit = auditOf(parts, actor, { ...note, after: assignment });
      await store.addAssignment(assignment, besideOf(audit, assignment, receipt));
      return assignment;
    },
    updateAssignment: async (actor, courseId, assignmentId, change, revision) => {
      authorise(actor, 'assignment:update', { courseId });
      const before = await findAssignment(store, courseId, assignmentId);
      refuseStale(before, revision);
      const moved = await moveToVersion(parts, before, change.exercise);
      const after = changeAssignment(moved, change);
      if (change.prerequisites !== undefined) await refuseBadPrerequisites(store, after);
      return keepChange(parts, actor, 'assignment:update', before, after, change.reason);
    },
    releaseAssignment: async (actor, courseId, assignmentId, ask, revision) => {
      authorise(actor, 'assignment:release', { courseId });
      const before = await findAssignment(store, courseId, assignmentId);
      refuseStale(before, revision);
      const at = parts.now().toISOString();
      const after = {
        ...before,
        release: {
          ...before.release,
          ...(ask.grades && { gradesReleasedAt: before.release.gradesReleasedAt ?? at }),
          ...(ask.explanations && {
            explanationsReleasedAt: before.release.explanationsReleasedAt ?? at,
          }),
        },
      };
      return keepChange(parts, actor, 'assignment:release', before, after, ask.reason);
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

/** Writes what differs, with its place in the audit; nothing when nothing does. */
async function keepChange(
  parts: GradebookParts,
  actor: Actor,
  action: string,
  before: Assignment,
  after: Assignment,
  reason: AssignmentChange['reason'],
): Promise<Assignment> {
  if (isDeepStrictEqual(before, after)) return before;
  const kept = { ...after, revision: before.revision + 1 };
  const { courseId, id: subject } = before;
  const note = { action, courseId, subject, before, after: kept, reason };
  const changed = await parts.store.changeAssignment(kept, { audit: auditOf(parts, actor, note) });
  if (!changed) throw stale();
  return kept;
}

function refuseStale(before: Assignment, revision: number | undefined): void {
  if (revision !== undefined && revision !== before.revision) throw stale();
}

function stale(): Refusal {
  return new Refusal('stale', 'The assignment was changed meanwhile: read it again.');
}
