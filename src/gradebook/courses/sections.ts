import { limits } from '../../limits.ts';
import { auditOf } from '../audit.ts';
import { authorise } from '../authorise.ts';
import type { Section } from '../course.ts';
import { besideOf, findCourse, findOpenCourse } from '../courses.ts';
import type { GradebookParts } from '../create-gradebook.ts';
import { Complaints } from '../input.ts';
import type { Store } from '../ports.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { CourseUseCases } from './course-use-cases.ts';

type SectionUseCases = Pick<
  CourseUseCases,
  'createSection' | 'sections' | 'renameSection' | 'removeSection'
>;

export function sectionUseCases(parts: GradebookParts): SectionUseCases {
  const { store } = parts;
  return {
    createSection: async (actor, courseId, ask, receipt) => {
      authorise(actor, 'section:manage', { courseId });
      await findOpenCourse(store, courseId);
      const name = sectionName(ask.name);
      const others = await store.sections(courseId);
      refuseTaken(others, name);
      if (others.length >= limits.sections) {
        throw new Refusal('conflict', `A course has at most ${limits.sections} sections.`);
      }
      const createdAt = parts.now().toISOString();
      const section = { id: parts.newId(), courseId, name, createdAt };
      const note = { action: 'section:create', courseId, subject: section.id, after: section };
      await store.addSection(section, besideOf(auditOf(parts, actor, note), section, receipt));
      return section;
    },
    sections: async (actor, courseId) => {
      authorise(actor, 'section:read', { courseId });
      await findCourse(store, courseId);
      return store.sections(courseId);
    },
    renameSection: async (actor, courseId, sectionId, ask) => {
      authorise(actor, 'section:manage', { courseId });
      await findOpenCourse(store, courseId);
      const sections = await store.sections(courseId);
      const before = sectionIn(sections, sectionId);
      const after = { ...before, name: sectionName(ask.name) };
      if (after.name === before.name) return before;
      refuseTaken(sections, after.name);
      const note = { action: 'section:rename', courseId, subject: sectionId, before, after };
      const audit = auditOf(parts, actor, { ...note, reason: ask.reason });
      await store.renameSection(after, { audit });
      return after;
    },
    removeSection: async (actor, courseId, sectionId, reason) => {
      authorise(actor, 'section:manage', { courseId });
      await findOpenCourse(store, courseId);
      const before = await findSection(store, courseId, sectionId);
      const note = { action: 'section:remove', courseId, subject: sectionId, before };
      const audit = auditOf(parts, actor, { ...note, reason });
      if (await store.removeSection(before, { audit })) return before;
      const detail = 'People, invitations or extensions are in the section: move them first.';
      throw new Refusal('conflict', detail);
    },
  };
}

export async function findSection(
  store: Store,
  courseId: string,
  sectionId: string,
): Promise<Section> {
  return sectionIn(await store.sections(courseId), sectionId);
}

function sectionIn(sections: readonly Section[], sectionId: string): Section {
  const section = sections.find(({ id }) => id === sectionId);
  if (section === undefined) throw notFound('section');
  return section;
}

function sectionName(name: string): string {
  const complaints = new Complaints();
  complaints.text(name, '/name', 100);
  complaints.refuse('The section cannot be called so.');
  return name.trim();
}

function refuseTaken(sections: readonly Section[], name: string): void {
  const there = sections.find((one) => one.name === name);
  if (there === undefined) return;
  const pointers = [{ pointer: '/name', detail: `is the section ${there.id}` }];
  throw new Refusal('conflict', 'The course has a section of that name.', pointers);
}
