import { limits } from '../../limits.ts';
import type { Actor } from '../actor.ts';
import { auditOf } from '../audit.ts';
import { authorise } from '../authorise.ts';
import { findSection } from '../courses/sections.ts';
import { besideOf, findCourse, findOpenCourse } from '../courses.ts';
import type { GradebookParts } from '../create-gradebook.ts';
import { Complaints } from '../input.ts';
import { pageOf, sliceOf } from '../paging.ts';
import { notFound } from '../refusal.ts';
import type { Invitation } from './invitation.ts';
import type { InvitationAsk, RosterUseCases } from './roster-use-cases.ts';

type InvitationUseCases = Pick<
  RosterUseCases,
  'createInvitation' | 'invitations' | 'revokeInvitation'
>;

export function invitationUseCases(parts: GradebookParts): InvitationUseCases {
  const { store } = parts;
  return {
    createInvitation: async (actor, courseId, ask, receipt) => {
      authorise(actor, 'invitation:manage', { courseId });
      await findOpenCourse(store, courseId);
      if (ask.sectionId !== undefined) await findSection(store, courseId, ask.sectionId);
      const invitation = newInvitation(parts, actor, courseId, ask);
      const code = parts.newToken();
      const note = { action: 'invitation:create', courseId, subject: invitation.id };
      const audit = auditOf(parts, actor, { ...note, after: invitation });
      // The kept answer has no code: secrets are never written down.
      const beside = besideOf(audit, { invitation, code: '' }, receipt);
      await store.addInvitation(invitation, parts.hash(code), beside);
      return { invitation, code };
    },
    invitations: async (actor, courseId, page = {}) => {
      authorise(actor, 'invitation:manage', { courseId });
      await findCourse(store, courseId);
      const slice = sliceOf(page);
      return pageOf(await store.invitations(courseId, slice), slice);
    },
    revokeInvitation: async (actor, courseId, invitationId, reason) => {
      authorise(actor, 'invitation:manage', { courseId });
      const before = await store.invitation(courseId, invitationId);
      if (before === undefined) throw notFound('invitation');
      const at = parts.now().toISOString();
      const after = { ...before, revokedAt: before.revokedAt ?? at };
      const note = { action: 'invitation:revoke', courseId, subject: invitationId, before, after };
      await store.revokeInvitation(invitationId, at, {
        audit: auditOf(parts, actor, { ...note, reason }),
      });
      return after;
    },
  };
}

function newInvitation(
  parts: GradebookParts,
  actor: Actor,
  courseId: string,
  ask: InvitationAsk,
): Invitation {
  const { role = 'learner', sectionId, uses, label = 'invitation' } = ask;
  const now = parts.now().toISOString();
  const complaints = new Complaints();
  complaints.text(label, '/label');
  const countable = uses === undefined || (Number.isInteger(uses) && uses >= 1);
  const within = countable && (uses ?? 1) <= limits.invitationUses;
  complaints.require(within, '/uses', `must be a whole number from 1 to ${limits.invitationUses}`);
  const bounded = role === 'learner' || uses !== undefined;
  complaints.require(bounded, '/uses', 'must be said where staff are invited');
  const expiresAt = complaints.instant(ask.expiresAt, '/expiresAt');
  complaints.require(expiresAt === undefined || expiresAt > now, '/expiresAt', 'must lie ahead');
  complaints.refuse('The invitation cannot be made so.');
  return {
    ...{ id: parts.newId(), courseId, label, role },
    ...(sectionId !== undefined && { sectionId }),
    uses: 0,
    ...(uses !== undefined && { mostUses: uses }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...{ tokenId: actor.tokenId, createdAt: now },
  };
}
