import type { Verdict } from '../grading/verdict.ts';
import type { Actor } from './actor.ts';
import { authorise } from './authorise.ts';
import type { GradebookParts } from './create-gradebook.ts';
import { findEnrolment } from './enrolments.ts';
import type { Gradebook } from './gradebook.ts';
import { pageOf, sliceOf } from './paging.ts';
import type { Store } from './ports.ts';
import { notFound, Refusal } from './refusal.ts';
import type { StoredSubmission, Submission } from './submission.ts';

export function submissionUseCases({
  store,
}: GradebookParts): Pick<Gradebook, 'submission' | 'history'> {
  return {
    submission: async (actor, submissionId) => {
      const found = await findSubmission(store, actor, submissionId);
      const verdict = verdictOf(found);
      const comment = await commentOn(store, found);
      return {
        submission: withoutSecrets(found),
        ...(verdict !== undefined && { verdict }),
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
      return { ...page, items: items.map(withoutSecrets) };
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

/** The text of a fault is the operator's, and the verdict has its own place. */
function withoutSecrets({ verdict: _, error: __, ...submission }: StoredSubmission): Submission {
  return submission;
}

async function commentOn(store: Store, submission: StoredSubmission): Promise<string | undefined> {
  const events = await store.facts(submission);
  const marks = events.flatMap((event) =>
    event.kind === 'mark' && event.part === submission.part ? [event] : [],
  );
  return marks.at(-1)?.comment;
}

export function noLearner(): Refusal {
  return new Refusal('invalid', 'Say whose they are.', [
    { pointer: '/learnerId', detail: 'must name the enrolment' },
  ]);
}
