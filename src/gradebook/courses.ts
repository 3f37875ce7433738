import { auditOf } from './audit.ts';
import { authorise } from './authorise.ts';
import type { Course } from './course.ts';
import type { GradebookParts } from './create-gradebook.ts';
import type { AuditEvent } from './event.ts';
import type { Gradebook, Receipt } from './gradebook.ts';
import { Complaints } from './input.ts';
import { pageOf, sliceOf } from './paging.ts';
import { isTimeZone } from './policy/time-zone.ts';
import type { Beside, Store } from './ports.ts';
import { notFound, Refusal } from './refusal.ts';

export function courseUseCases(
  parts: GradebookParts,
): Pick<Gradebook, 'createCourse' | 'courses' | 'course'> {
  const { store } = parts;
  return {
    createCourse: async (actor, ask, receipt) => {
      authorise(actor, 'course:create');
      const complaints = new Complaints();
      complaints.text(ask.title, '/title');
      if (ask.term !== undefined) complaints.text(ask.term, '/term');
      const timeZone = ask.timeZone ?? 'UTC';
      complaints.require(isTimeZone(timeZone), '/timeZone', timeZoneNeeded);
      complaints.refuse('The course cannot be made so.');
      const createdAt = parts.now().toISOString();
      const course = {
        ...{ id: parts.newId(), title: ask.title, timeZone },
        ...(ask.term !== undefined && { term: ask.term }),
        ...{ revision: 1, createdAt },
      };
      const note = { action: 'course:create', courseId: course.id, subject: course.id };
      const audit = auditOf(parts, actor, { ...note, after: course });
      const owner = actor.role === 'admin' ? undefined : actor.tokenId;
      await store.addCourse(course, besideOf(audit, course, receipt), owner);
      return course;
    },
    courses: async (actor, page = {}) => {
      const slice = sliceOf(page);
      const among = actor.role === 'admin' ? undefined : actor.courseIds;
      return pageOf(await store.courses(slice, among), slice);
    },
    course: async (actor, courseId) => {
      authorise(actor, 'course:read', { courseId });
      return findCourse(store, courseId);
    },
  };
}

/** What a wrong time zone is told. */
export const timeZoneNeeded = 'must be an IANA time zone such as Europe/Berlin';

export async function findCourse(store: Store, courseId: string): Promise<Course> {
  const course = await store.course(courseId);
  if (course === undefined) throw notFound('course');
  return course;
}

/** As `findCourse`, for a change of it: an archived one is refused. */
export async function findOpenCourse(store: Store, courseId: string): Promise<Course> {
  const course = await findCourse(store, courseId);
  if (course.archivedAt === undefined) return course;
  throw new Refusal('archived', 'The course is archived: it can be read, not written.');
}

/** What stands beside a change whose result is known before it is made. */
export function besideOf<T>(audit: AuditEvent, result: T, receipt: Receipt<T> | undefined): Beside {
  return receipt === undefined ? { audit } : { audit, receipt: receipt(result) };
}
