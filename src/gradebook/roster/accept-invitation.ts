import type { Actor } from '../actor.ts';
import { auditOf } from '../audit.ts';
import type { Enrolment } from '../course.ts';
import { findOpenCourse } from '../courses.ts';
import type { GradebookParts } from '../create-gradebook.ts';
import { Complaints } from '../input.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Token } from '../token.ts';
import type { Invitation } from './invitation.ts';
import type { AcceptAsk, Accepted, RosterUseCases } from './roster-use-cases.ts';

/**
 * Whoever has the code enrols themselves, under an external id that nobody has yet: a code never
 * gives access to what somebody else did.
 */
export function acceptanceUseCases(
  parts: GradebookParts,
): Pick<RosterUseCases, 'acceptInvitation'> {
  const { store } = parts;
  return {
    acceptInvitation: async (ask, requestId) => {
      refuseUnnamed(ask);
      const invitation = await store.invitationByHash(parts.hash(ask.code));
      if (invitation === undefined) throw notFound('invitation');
      refuseSpent(invitation, parts.now().toISOString());
      await findOpenCourse(store, invitation.courseId);
      await refuseTaken(parts, invitation, ask);
      const accepted = acceptedBy(parts, invitation, ask);
      const { enrolment, token, secret } = accepted;
      // By the token of whoever invited: they answer for who comes in by it.
      const inviter: Actor = {
        ...{ tokenId: invitation.tokenId, role: 'instructor', courseIds: [] },
        ...(requestId !== undefined && { requestId }),
      };
      const note = { action: 'enrolment:accept', subject: enrolment.id, after: enrolment };
      const reason = `by the invitation ${invitation.id}`;
      const { courseId } = invitation;
      const audit = auditOf(parts, inviter, { ...note, courseId, reason });
      const row = { ...token, hash: parts.hash(secret) };
      const kept = await store.acceptInvitation(invitation.id, { enrolment, token: row, audit });
      if (!kept) throw spent();
      return accepted;
    },
  };
}

function acceptedBy(parts: GradebookParts, invitation: Invitation, ask: AcceptAsk): Accepted {
  const { courseId, role, sectionId, label } = invitation;
  const createdAt = parts.now().toISOString();
  const enrolment: Enrolment = {
    ...{ id: parts.newId(), courseId, externalId: ask.externalId.trim() },
    ...(ask.name !== undefined && { name: ask.name.trim() }),
    role,
    ...(sectionId !== undefined && { sectionId }),
    ...{ revision: 1, createdAt },
  };
  const token: Token = {
    ...{ id: parts.newId(), label, role, courseIds: [courseId] },
    ...(role === 'learner' && { learnerId: enrolment.id }),
    createdAt,
  };
  return { enrolment, token, secret: parts.newToken() };
}

function refuseUnnamed({ externalId, name }: AcceptAsk): void {
  const complaints = new Complaints();
  complaints.text(externalId, '/externalId');
  if (name !== undefined) complaints.text(name, '/name');
  complaints.refuse('The invitation cannot be accepted so.');
}

function refuseSpent(invitation: Invitation, now: string): void {
  const { uses, mostUses, expiresAt, revokedAt } = invitation;
  const over = expiresAt !== undefined && expiresAt <= now;
  if (over || revokedAt !== undefined || uses >= (mostUses ?? Number.POSITIVE_INFINITY)) {
    throw spent();
  }
}

function spent(): Refusal {
  const detail = 'This invitation is used up, expired or revoked: ask for a new one.';
  return new Refusal('forbidden', detail);
}

async function refuseTaken(
  { store }: GradebookParts,
  { courseId }: Invitation,
  { externalId }: AcceptAsk,
): Promise<void> {
  if ((await store.enrolmentByExternalId(courseId, externalId.trim())) === undefined) return;
  const detail = 'is enrolled already: ask your instructor for a token';
  const pointers = [{ pointer: '/externalId', detail }];
  throw new Refusal('conflict', 'Someone is enrolled under that external id.', pointers);
}
