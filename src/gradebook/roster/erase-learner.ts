import { auditOf } from '../audit.ts';
import { authorise } from '../authorise.ts';
import { findCourse } from '../courses.ts';
import type { GradebookParts } from '../create-gradebook.ts';
import { findEnrolment } from '../enrolments.ts';
import { Refusal } from '../refusal.ts';
import { staleEnrolment } from './enrolments-of-course.ts';
import type { RosterUseCases } from './roster-use-cases.ts';

/**
 * The right to be forgotten (GDPR, article 17), with the statistics kept (article 89): numbers,
 * outcomes and times stay under a pseudonym that nothing leads back from; names, ids, answers and
 * all that was written to or about the person are gone. Archived courses forget, too.
 */
export function erasureUseCases(parts: GradebookParts): Pick<RosterUseCases, 'eraseLearner'> {
  const { store } = parts;
  return {
    eraseLearner: async (actor, courseId, enrolmentId, ask, revision) => {
      authorise(actor, 'enrolment:erase', { courseId });
      await findCourse(store, courseId);
      const enrolment = await findEnrolment(store, courseId, enrolmentId);
      if (revision !== undefined && revision !== enrolment.revision) throw staleEnrolment();
      if (ask.confirm !== enrolment.externalId) throw unconfirmed();
      const done = await store.erasure(enrolmentId);
      if (done !== undefined) {
        return { enrolmentId, pseudonym: done.pseudonym, erasedAt: done.at };
      }
      const at = parts.now().toISOString();
      const pseudonym = `erased-${parts.newId().slice(-20)}`;
      const note = { action: 'enrolment:erase', courseId, subject: enrolmentId };
      const audit = auditOf(parts, actor, { ...note, after: { pseudonym }, reason: ask.reason });
      await store.eraseLearner(enrolmentId, { pseudonym, at, tokenId: actor.tokenId }, audit);
      return { enrolmentId, pseudonym, erasedAt: at };
    },
  };
}

function unconfirmed(): Refusal {
  const detail = 'must be the external id of this person, as the enrolment shows it';
  const pointers = [{ pointer: '/confirm', detail }];
  const what = 'Erasing cannot be undone, and was not confirmed: nothing was erased.';
  return new Refusal('invalid', what, pointers);
}
