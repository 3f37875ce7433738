import { limits } from '../../limits.ts';
import { auditOf } from '../audit.ts';
import { authorise } from '../authorise.ts';
import type { Enrolment } from '../course.ts';
import { findSection } from '../courses/sections.ts';
import { besideOf, findCourse } from '../courses.ts';
import type { GradebookParts } from '../create-gradebook.ts';
import { Complaints } from '../input.ts';
import type { TokenRow } from '../ports.ts';
import type { Token } from '../token.ts';
import type { ClassTokens, ClassTokensAsk, RosterUseCases } from './roster-use-cases.ts';

export function classTokenUseCases(
  parts: GradebookParts,
): Pick<RosterUseCases, 'createClassTokens'> {
  const { store } = parts;
  return {
    createClassTokens: async (actor, courseId, ask, receipt) => {
      authorise(actor, 'token:create', { courseId });
      await findCourse(store, courseId);
      const learners = await learnersOf(parts, courseId, ask);
      const items = tokensFor(parts, courseId, learners, ask);
      const rows: TokenRow[] = items.map(({ token, secret }) => ({
        ...{ ...token, hash: parts.hash(secret) },
      }));
      const after = {
        learnerIds: learners.map(({ id }) => id),
        tokenIds: items.map(({ token }) => token.id),
        replace: ask.replace ?? false,
      };
      const note = { action: 'token:create-class', courseId, subject: courseId, after };
      const audit = auditOf(parts, actor, { ...note, reason: ask.reason });
      const withoutSecrets = { items: items.map((one) => ({ ...one, secret: '' })) };
      const at = parts.now().toISOString();
      const beside = besideOf(audit, withoutSecrets, receipt);
      await store.addTokens(rows, beside, ask.replace ? at : undefined);
      return { items };
    },
  };
}

async function learnersOf(
  { store }: GradebookParts,
  courseId: string,
  { learnerIds, sectionId }: ClassTokensAsk,
): Promise<readonly Enrolment[]> {
  if (sectionId !== undefined) await findSection(store, courseId, sectionId);
  const active = (await store.learners(courseId)).filter(
    (one) => one.deactivatedAt === undefined && one.erasedAt === undefined,
  );
  const byId = new Map(active.map((one) => [one.id, one]));
  const complaints = new Complaints();
  for (const [index, id] of (learnerIds ?? []).entries()) {
    complaints.require(byId.has(id), `/learnerIds/${index}`, 'must be an active learner here');
  }
  const named = learnerIds && new Set(learnerIds);
  const chosen = active.filter(
    (one) =>
      (named === undefined || named.has(one.id)) &&
      (sectionId === undefined || one.sectionId === sectionId),
  );
  const most = limits.tokensAtOnce;
  const fits = chosen.length >= 1 && chosen.length <= most;
  const detail = `would make ${chosen.length} tokens: 1 to ${most} at once, by section or by name`;
  complaints.require(fits, '/learnerIds', detail);
  complaints.refuse('The tokens cannot be made so.');
  return chosen;
}

function tokensFor(
  parts: GradebookParts,
  courseId: string,
  learners: readonly Enrolment[],
  ask: ClassTokensAsk,
): ClassTokens['items'] {
  const createdAt = parts.now().toISOString();
  const complaints = new Complaints();
  const expiresAt = complaints.instant(ask.expiresAt, '/expiresAt');
  const ahead = expiresAt === undefined || expiresAt > createdAt;
  complaints.require(ahead, '/expiresAt', 'must lie ahead');
  complaints.refuse('The tokens cannot be made so.');
  return learners.map((enrolment) => {
    const token: Token = {
      ...{ id: parts.newId(), label: 'learner', role: 'learner', courseIds: [courseId] },
      ...{ learnerId: enrolment.id, createdAt },
      ...(expiresAt !== undefined && { expiresAt }),
    };
    return { enrolment, token, secret: parts.newToken() };
  });
}
