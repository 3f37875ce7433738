import type { Verdict } from '../grading/verdict.ts';
import type { Actor } from './actor.ts';
import { findAssignment } from './assignments.ts';
import { authorise } from './authorise.ts';
import type { Assignment } from './course.ts';
import type { GradebookParts } from './create-gradebook.ts';
import { findEnrolment } from './enrolments.ts';
import { deriveGrade } from './grade.ts';
import type { Gradebook } from './gradebook.ts';
import { pageOf, sliceOf } from './paging.ts';
import type { Shown } from './policy/release.ts';
import type { Store } from './ports.ts';
import { notFound, Refusal } from './refusal.ts';
import type { ShownSubmission, StoredSubmission } from './submission.ts';
import { visibleTo } from './visible.ts';

export function submissionUseCases(
  parts: GradebookParts,
): Pick<Gradebook, 'submission' | 'history'> {
  const { store } = parts;
  const now = () => parts.now().toISOString();
  return {
    submission: async (actor, submissionId) => {
      const found = await findSubmission(store, actor, submissionId);
      const assignment = await findAssignment(store, found.courseId, found.assignmentId);
      const shown = visibleTo(actor, assignment, now());
      const verdict = verdictOf(found);
      const comment = shown.grades ? await commentOn(store, assignment, found) : undefined;
      const told = verdict !== undefined && tells(verdict, shown);
      return {
        submission: withoutSecrets(found, shown),
        ...(told && { verdict }),
        ...(comment !== undefined && { comment }),
      };
    },
    history: async (actor, courseId, ask) => {
      const learnerId = ask.learnerId ?? actor.learnerId;
      authorise(actor, 'submission:read', { courseId, learnerId });
      if (learnerId === undefined) throw noLearner();
      await findEnrolment(store, courseId, learnerId);
      const slice = sliceOf(ask);
      const rows = await store.history(courseId, learnerId, slice, ask.assignmentId);
      const { items, ...page } = pageOf(rows, slice);
      const assignments = await store.assignments(courseId);
      const shown = new Map(assignments.map((one) => [one.id, visibleTo(actor, one, now())]));
      const view = (one: StoredSubmission) =>
        withoutSecrets(one, shown.get(one.assignmentId) ?? nothing);
      return { ...page, items: items.map(view) };
    },
  };
}

/** Whose it is decides who may know of it: to all others it does not exist. */
export async function findSubmission(
  store: Store,
  actor: Actor,
  submissionId: string,
): Promise<StoredSubmission> {
  const found = await store.submission(submissionId);
  if (found === undefined) throw notFound('submission');
  try {
    authorise(actor, 'submission:read', found);
  } catch {
    throw notFound('submission');
  }
  return found;
}

export function verdictOf({ verdict }: StoredSubmission): Verdict | undefined {
  return verdict === undefined ? undefined : (JSON.parse(verdict) as Verdict);
}

/** Whether a verdict may be shown: a refusal always, for it says nothing of what is right. */
function tells({ outcome }: Pick<Verdict, 'outcome'>, shown: Shown): boolean {
  return outcome === 'rejected' || shown.explanations;
}

const nothing: Shown = { grades: false, explanations: false };

/** The text of a fault is the operator's, the verdict has its own place, points may be withheld. */
function withoutSecrets(
  { verdict: _, error: __, points, ...submission }: StoredSubmission,
  { grades }: Shown,
): ShownSubmission {
  return { ...submission, ...(grades && { points }) };
}

async function commentOn(
  store: Store,
  assignment: Assignment,
  submission: StoredSubmission,
): Promise<string | undefined> {
  const [facts, exceptions] = [await store.facts(submission), await store.exceptions(submission)];
  const { parts } = deriveGrade(facts, assignment, exceptions);
  return parts.find(({ part }) => part === submission.part)?.comment;
}

export function noLearner(): Refusal {
  return new Refusal('invalid', 'Say whose they are.', [
    { pointer: '/learnerId', detail: 'must name the enrolment' },
  ]);
}
