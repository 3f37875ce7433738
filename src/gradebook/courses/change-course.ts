import { isDeepStrictEqual } from 'node:util';
import { auditOf } from '../audit.ts';
import { authorise } from '../authorise.ts';
import type { Course } from '../course.ts';
import { findCourse, timeZoneNeeded } from '../courses.ts';
import type { GradebookParts } from '../create-gradebook.ts';
import { Complaints } from '../input.ts';
import { isTimeZone } from '../policy/time-zone.ts';
import { Refusal } from '../refusal.ts';
import type { CourseChange, CourseUseCases } from './course-use-cases.ts';

export function changeCourseUseCases(parts: GradebookParts): Pick<CourseUseCases, 'updateCourse'> {
  const { store } = parts;
  return {
    updateCourse: async (actor, courseId, change, revision) => {
      authorise(actor, 'course:update', { courseId });
      const before = await findCourse(store, courseId);
      if (revision !== undefined && revision !== before.revision) throw stale();
      const after = changed(before, change, parts.now().toISOString());
      if (isDeepStrictEqual(before, after)) return before;
      refuseArchived(before, after);
      const kept = { ...after, revision: before.revision + 1 };
      const action = actionOf(before, after);
      const note = { action, courseId, subject: courseId, before, after: kept };
      const audit = auditOf(parts, actor, { ...note, reason: change.reason });
      if (!(await store.changeCourse(kept, { audit }))) throw stale();
      return kept;
    },
  };
}

function changed(before: Course, change: CourseChange, now: string): Course {
  const { term: oldTerm, archivedAt: oldArchivedAt, ...rest } = before;
  const { title = before.title, timeZone = before.timeZone } = change;
  const term = change.term === undefined ? oldTerm : (change.term ?? undefined);
  const archived = change.archived ?? oldArchivedAt !== undefined;
  const complaints = new Complaints();
  complaints.text(title, '/title');
  if (term !== undefined) complaints.text(term, '/term');
  complaints.require(isTimeZone(timeZone), '/timeZone', timeZoneNeeded);
  complaints.refuse('The course cannot be changed so.');
  return {
    ...{ ...rest, title, timeZone },
    ...(term !== undefined && { term }),
    ...(archived && { archivedAt: oldArchivedAt ?? now }),
  };
}

/** Of an archived course, only that it is archived can be changed, together with the rest. */
function refuseArchived(before: Course, after: Course): void {
  if (before.archivedAt === undefined || after.archivedAt === undefined) return;
  throw new Refusal('archived', 'The course is archived: take it out with "archived": false.');
}

function actionOf(before: Course, after: Course): string {
  if (before.archivedAt === after.archivedAt) return 'course:update';
  return after.archivedAt === undefined ? 'course:restore' : 'course:archive';
}

function stale(): Refusal {
  return new Refusal('stale', 'The course was changed meanwhile: read it again.');
}
