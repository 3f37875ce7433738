import type { Actor } from './actor.ts';
import { auditOf } from './audit.ts';
import { authorise } from './authorise.ts';
import type { Enrolment } from './course.ts';
import { besideOf, findCourse } from './courses.ts';
import type { GradebookParts } from './create-gradebook.ts';
import type { Gradebook, LearnerName, NewEnrolment } from './gradebook.ts';
import { Complaints } from './input.ts';
import { pageOf, sliceOf } from './paging.ts';
import type { Store } from './ports.ts';
import { notFound, Refusal } from './refusal.ts';

export function enrolmentUseCases(
  parts: GradebookParts,
): Pick<Gradebook, 'createEnrolment' | 'enrolments' | 'enrolment'> {
  const { store } = parts;
  return {
    createEnrolment: async (actor, courseId, ask, receipt) => {
      authorise(actor, 'enrolment:create', { courseId });
      await findCourse(store, courseId);
      const enrolment = newEnrolment(parts, courseId, ask);
      const note = { action: 'enrolment:create', courseId, subject: enrolment.id };
      const audit = auditOf(parts, actor, { ...note, after: enrolment });
      await refuseTwice(store, enrolment);
      await store.addEnrolment(enrolment, besideOf(audit, enrolment, receipt));
      return enrolment;
    },
    enrolments: async (actor, courseId, page = {}) => {
      authorise(actor, 'enrolment:list', { courseId });
      await findCourse(store, courseId);
      const slice = sliceOf(page);
      return pageOf(await store.enrolments(courseId, slice), slice);
    },
    enrolment: async (actor, courseId, enrolmentId) => {
      authorise(actor, 'enrolment:read', { courseId, learnerId: enrolmentId });
      return findEnrolment(store, courseId, enrolmentId);
    },
  };
}

export async function findEnrolment(
  store: Store,
  courseId: string,
  enrolmentId: string,
): Promise<Enrolment> {
  const enrolment = await store.enrolment(courseId, enrolmentId);
  if (enrolment === undefined) throw notFound('learner');
  return enrolment;
}

/** Whom the actor acts for: a learner's token for itself, others for the one they name. */
export async function actingLearner(
  parts: GradebookParts,
  actor: Actor,
  courseId: string,
  name: LearnerName | undefined,
): Promise<Enrolment> {
  if (actor.role === 'learner') {
    if (name !== undefined)
      throw learnerProblem("must be left out: a learner's token is the learner");
    return findEnrolment(parts.store, courseId, actor.learnerId ?? '');
  }
  if (name === undefined) throw learnerProblem('must name the learner');
  const learner = await enrolledOnSight(parts, courseId, name);
  if (learner.deactivatedAt !== undefined) throw learnerProblem('is deactivated in this course');
  if (learner.role !== 'learner') throw learnerProblem('must be a learner of the course');
  return learner;
}

async function enrolledOnSight(
  parts: GradebookParts,
  courseId: string,
  name: LearnerName,
): Promise<Enrolment> {
  const there = await parts.store.enrolmentByExternalId(courseId, name.id);
  if (there !== undefined) return there;
  const ask = { externalId: name.id, name: name.name };
  return parts.store.ensureEnrolment(
    newEnrolment(parts, courseId, ask, { id: '/learner/id', name: '/learner/name' }),
  );
}

function newEnrolment(
  parts: GradebookParts,
  courseId: string,
  ask: NewEnrolment,
  pointers = { id: '/externalId', name: '/name' },
): Enrolment {
  const complaints = new Complaints();
  complaints.text(ask.externalId, pointers.id);
  if (ask.name !== undefined) complaints.text(ask.name, pointers.name);
  complaints.refuse('The learner cannot be enrolled so.');
  return {
    id: parts.newId(),
    courseId,
    externalId: ask.externalId,
    ...(ask.name !== undefined && { name: ask.name }),
    role: ask.role ?? 'learner',
    revision: 1,
    createdAt: parts.now().toISOString(),
  };
}

async function refuseTwice(store: Store, enrolment: Enrolment): Promise<void> {
  const there = await store.enrolmentByExternalId(enrolment.courseId, enrolment.externalId);
  if (there === undefined) return;
  const detail = `is taken by the enrolment ${there.id}`;
  const pointers = [{ pointer: '/externalId', detail }];
  throw new Refusal('conflict', 'Someone is enrolled under that external id.', pointers);
}

function learnerProblem(detail: string): Refusal {
  return new Refusal('invalid', 'The learner is not rightly named.', [
    { pointer: '/learner', detail },
  ]);
}
