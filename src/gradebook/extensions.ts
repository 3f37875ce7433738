import { limits } from '../limits.ts';
import type { Actor } from './actor.ts';
import { auditOf } from './audit.ts';
import { authorise } from './authorise.ts';
import type { Assignment, Course } from './course.ts';
import { besideOf, findCourse } from './courses.ts';
import type { GradebookParts } from './create-gradebook.ts';
import type { Extension } from './extension.ts';
import type { Gradebook } from './gradebook.ts';
import { Complaints } from './input.ts';
import { pageOf, sliceOf } from './paging.ts';
import { favours } from './policy/time-zone.ts';
import type { ExtensionAsk } from './policy-use-cases.ts';
import type { Store } from './ports.ts';
import { notFound } from './refusal.ts';

type ExtensionUseCases = Pick<Gradebook, 'grantExtensions' | 'extensions' | 'revokeExtension'>;

export function extensionUseCases(parts: GradebookParts): ExtensionUseCases {
  const { store } = parts;
  return {
    grantExtensions: async (actor, courseId, ask, receipt) => {
      authorise(actor, 'extension:grant', { courseId });
      const course = await findCourse(store, courseId);
      const granted = await extensionsOf(parts, actor, course, ask);
      const { reason, ...asked } = ask;
      const after = { ...asked, extensionIds: granted.map(({ id }) => id) };
      const note = { action: 'extension:grant', courseId, subject: granted[0]?.id ?? courseId };
      const audit = auditOf(parts, actor, { ...note, after, reason });
      await store.addExtensions(granted, besideOf(audit, granted, receipt));
      return granted;
    },
    extensions: async (actor, courseId, page = {}) => {
      authorise(actor, 'extension:read', { courseId });
      await findCourse(store, courseId);
      const slice = sliceOf(page);
      return pageOf(await store.extensions(courseId, slice), slice);
    },
    revokeExtension: async (actor, courseId, extensionId, reason) => {
      authorise(actor, 'extension:grant', { courseId });
      const before = await store.extension(courseId, extensionId);
      if (before === undefined) throw notFound('extension');
      const at = parts.now().toISOString();
      const after = { ...before, revokedAt: before.revokedAt ?? at };
      const note = { action: 'extension:revoke', courseId, subject: extensionId, before, after };
      const audit = auditOf(parts, actor, { ...note, reason });
      await store.revokeExtension(extensionId, at, { audit });
      return after;
    },
  };
}

/** One for each learner or section in each assignment; throws one `invalid` for all that is wrong. */
async function extensionsOf(
  parts: GradebookParts,
  actor: Actor,
  course: Course,
  ask: ExtensionAsk,
): Promise<readonly Extension[]> {
  const complaints = new Complaints();
  const assignments = await namedAssignments(parts.store, course.id, ask, complaints);
  const owners = await namedOwners(parts.store, course.id, ask, complaints);
  const grant = grantOf(course, ask, assignments, complaints);
  const rows = assignments.length * owners.length;
  const most = limits.extensionsAtOnce;
  complaints.require(
    rows <= most,
    '/learnerIds',
    `make ${rows} extensions: at most ${most} at once`,
  );
  complaints.refuse('The extension cannot be granted so.');
  const createdAt = parts.now().toISOString();
  const { id: courseId } = course;
  const { tokenId } = actor;
  return assignments.flatMap(({ id: assignmentId }) =>
    owners.map((owner) => ({
      ...{ id: parts.newId(), courseId, assignmentId, ...owner, ...grant },
      ...{ reason: ask.reason, tokenId, createdAt },
    })),
  );
}

async function namedAssignments(
  store: Store,
  courseId: string,
  ask: ExtensionAsk,
  complaints: Complaints,
): Promise<readonly Assignment[]> {
  const there = new Map((await store.assignments(courseId)).map((one) => [one.id, one]));
  complaints.require(ask.assignmentIds.length > 0, '/assignmentIds', 'must name one at least');
  return [...new Set(ask.assignmentIds)].flatMap((id, index) => {
    const found = there.get(id);
    const detail = 'must be an assignment of the course';
    complaints.require(found !== undefined, `/assignmentIds/${index}`, detail);
    return found ?? [];
  });
}

type Owner = { readonly learnerId: string } | { readonly sectionId: string };

async function namedOwners(
  store: Store,
  courseId: string,
  { learnerIds = [], sectionIds = [] }: ExtensionAsk,
  complaints: Complaints,
): Promise<readonly Owner[]> {
  const learners = await store.learners(courseId);
  const ids = new Set(learners.map(({ id }) => id));
  const sections = new Set(learners.map(({ sectionId }) => sectionId));
  const some = learnerIds.length + sectionIds.length > 0;
  complaints.require(some, '/learnerIds', 'must name a learner, or sectionIds a section');
  for (const [index, id] of learnerIds.entries()) {
    complaints.require(ids.has(id), `/learnerIds/${index}`, 'must be a learner of the course');
  }
  for (const [index, id] of sectionIds.entries()) {
    const detail = 'must be a section with learners of the course';
    complaints.require(sections.has(id), `/sectionIds/${index}`, detail);
  }
  return [
    ...[...new Set(learnerIds)].map((learnerId) => ({ learnerId })),
    ...[...new Set(sectionIds)].map((sectionId) => ({ sectionId })),
  ];
}

/** What is granted, checked against the assignments that it is granted in. */
function grantOf(
  { timeZone }: Course,
  ask: ExtensionAsk,
  assignments: readonly Assignment[],
  complaints: Complaints,
): Pick<Extension, 'dueAt' | 'closesAt' | 'local' | 'extraMinutes' | 'extraAttempts'> {
  const { dueAt, closesAt, extraMinutes, extraAttempts } = ask;
  const some = [dueAt, closesAt, extraMinutes, extraAttempts].some((one) => one !== undefined);
  complaints.require(some, '', 'must grant dueAt, closesAt, extraMinutes or extraAttempts');
  const needs = (asked: unknown, has: (one: Assignment) => boolean, name: string, what: string) => {
    const lacking = asked === undefined ? undefined : assignments.find((one) => !has(one));
    complaints.require(!lacking, `/${name}`, `"${lacking?.title}" has no ${what} to extend`);
  };
  needs(dueAt, (one) => one.dueAt !== undefined, 'dueAt', 'due date');
  needs(closesAt, (one) => one.closesAt !== undefined, 'closesAt', 'closing date');
  needs(
    extraMinutes,
    (one) => one.policy.durationMinutes !== undefined,
    'extraMinutes',
    'duration',
  );
  needs(extraAttempts, (one) => one.policy.attempts !== undefined, 'extraAttempts', 'limit');
  const read = (name: 'dueAt' | 'closesAt', value: string | undefined) =>
    value === undefined
      ? undefined
      : complaints.time(value, `/${name}`, { timeZone, favour: favours[name] });
  const [due, closes] = [read('dueAt', dueAt), read('closesAt', closesAt)];
  const local = {
    ...(due?.local !== undefined && { dueAt: due.local }),
    ...(closes?.local !== undefined && { closesAt: closes.local }),
  };
  return {
    ...(due && { dueAt: due.instant }),
    ...(closes && { closesAt: closes.instant }),
    ...(Object.keys(local).length > 0 && { local }),
    ...(extraMinutes !== undefined && { extraMinutes }),
    ...(extraAttempts !== undefined && { extraAttempts }),
  };
}
