import { isDeepStrictEqual } from 'node:util';
import { auditOf } from '../audit.ts';
import { authorise } from '../authorise.ts';
import type { Enrolment, Instant } from '../course.ts';
import { findSection } from '../courses/sections.ts';
import { findCourse, findOpenCourse } from '../courses.ts';
import type { GradebookParts } from '../create-gradebook.ts';
import { findEnrolment } from '../enrolments.ts';
import { Complaints } from '../input.ts';
import { pageOf, sliceOf } from '../paging.ts';
import { Refusal } from '../refusal.ts';
import type { EnrolmentChange, RosterUseCases } from './roster-use-cases.ts';

type EnrolmentUseCases = Pick<RosterUseCases, 'findEnrolments' | 'updateEnrolment'>;

export function rosterEnrolmentUseCases(parts: GradebookParts): EnrolmentUseCases {
  const { store } = parts;
  return {
    findEnrolments: async (actor, courseId, filter, page = {}) => {
      authorise(actor, 'enrolment:list', { courseId });
      await findCourse(store, courseId);
      if (filter.sectionId !== undefined) await findSection(store, courseId, filter.sectionId);
      const slice = sliceOf(page);
      return pageOf(await store.findEnrolments(courseId, filter, slice), slice);
    },
    updateEnrolment: async (actor, courseId, enrolmentId, change, revision) => {
      authorise(actor, 'enrolment:update', { courseId });
      await findOpenCourse(store, courseId);
      const before = await findEnrolment(store, courseId, enrolmentId);
      if (revision !== undefined && revision !== before.revision) throw staleEnrolment();
      refuseErased(before);
      if (change.sectionId) await findSection(store, courseId, change.sectionId);
      const after = changed(before, change, parts.now().toISOString());
      if (isDeepStrictEqual(before, after)) return before;
      const kept = { ...after, revision: before.revision + 1 };
      const note = { action: 'enrolment:update', courseId, subject: enrolmentId };
      const { reason } = change;
      const audit = auditOf(parts, actor, { ...note, before, after: kept, reason });
      if (!(await store.changeEnrolment(kept, { audit }))) throw staleEnrolment();
      return kept;
    },
  };
}

function refuseErased({ erasedAt }: Enrolment): void {
  if (erasedAt === undefined) return;
  throw new Refusal('conflict', 'This person was erased: what is left is not changed any more.');
}

export function staleEnrolment(): Refusal {
  return new Refusal('stale', 'The enrolment was changed meanwhile: read it again.');
}

function changed(before: Enrolment, change: EnrolmentChange, now: Instant): Enrolment {
  const { name: oldName, sectionId: oldSection, deactivatedAt: oldEnd, ...rest } = before;
  const name = change.name === undefined ? oldName : (change.name ?? undefined);
  const sectionId = change.sectionId === undefined ? oldSection : (change.sectionId ?? undefined);
  const active = change.active ?? oldEnd === undefined;
  const complaints = new Complaints();
  if (name !== undefined) complaints.text(name, '/name');
  complaints.refuse('The enrolment cannot be changed so.');
  return {
    ...rest,
    ...(name !== undefined && { name }),
    role: change.role ?? before.role,
    ...(sectionId !== undefined && { sectionId }),
    ...(!active && { deactivatedAt: oldEnd ?? now }),
  };
}
