import type { Actor } from './actor.ts';
import { auditOf } from './audit.ts';
import { authorise, grantable, rights } from './authorise.ts';
import type { Instant } from './course.ts';
import { besideOf, findCourse } from './courses.ts';
import type { GradebookParts } from './create-gradebook.ts';
import { findEnrolment } from './enrolments.ts';
import type { Gradebook, NewToken } from './gradebook.ts';
import { Complaints } from './input.ts';
import { pageOf, sliceOf } from './paging.ts';
import type { TokenRow } from './ports.ts';
import { notFound, Refusal } from './refusal.ts';
import type { Token } from './token.ts';

type TokenUseCases = Pick<Gradebook, 'createToken' | 'tokens' | 'revokeToken' | 'adoptAdminToken'>;

export function tokenUseCases(parts: GradebookParts): TokenUseCases {
  const { store } = parts;
  return {
    createToken: async (actor, ask, receipt) => {
      authorise(actor, 'token:create', { courseId: ask.courseId });
      const token = await newToken(parts, actor, ask);
      const secret = parts.newToken();
      const note = { action: 'token:create', subject: token.id, after: token };
      const course = ask.courseId === undefined ? {} : { courseId: ask.courseId };
      const audit = auditOf(parts, actor, { ...note, ...course });
      const row = { ...token, hash: parts.hash(secret) };
      // The kept answer has no secret: secrets are never written down.
      await store.addToken(row, besideOf(audit, { token, secret: '' }, receipt));
      return { token, secret };
    },
    tokens: async (actor, page = {}) => {
      authoriseAnywhere(actor, 'token:read');
      const slice = sliceOf(page);
      const among = actor.role === 'admin' ? undefined : actor.courseIds;
      return pageOf(await store.tokens(slice, among), slice);
    },
    revokeToken: async (actor, tokenId) => {
      authoriseAnywhere(actor, 'token:revoke');
      const before = await store.token(tokenId);
      if (before === undefined || !reaches(actor, before)) throw notFound('token');
      const at = parts.now().toISOString();
      const after = { ...before, revokedAt: before.revokedAt ?? at };
      const note = { action: 'token:revoke', subject: tokenId, before, after };
      await store.revokeToken(tokenId, at, { audit: auditOf(parts, actor, note) });
      return after;
    },
    adoptAdminToken: (secret) => store.adoptToken(adminToken(parts, secret)),
  };
}

/** A right in courses is enough to ask, even while there are none; the rows are only theirs. */
function authoriseAnywhere(actor: Actor, action: 'token:read' | 'token:revoke'): void {
  const [courseId] = actor.courseIds;
  if (rights[actor.role][action] === 'courses' && courseId === undefined) return;
  authorise(actor, action, { courseId });
}

/** A token may be seen and revoked by whoever could have made it for the same courses. */
function reaches(actor: Actor, token: Token): boolean {
  if (actor.role === 'admin') return true;
  const inside = token.courseIds.every((id) => actor.courseIds.includes(id));
  return token.courseIds.length > 0 && inside && grantable[actor.role].includes(token.role);
}

async function newToken(parts: GradebookParts, actor: Actor, ask: NewToken): Promise<Token> {
  if (!grantable[actor.role].includes(ask.role)) {
    throw new Refusal('forbidden', `A token of the role ${actor.role} may not make this one.`);
  }
  if (ask.courseId !== undefined) await findCourse(parts.store, ask.courseId);
  const expiresAt = checkToken(parts, ask);
  if (ask.courseId !== undefined && ask.learnerId !== undefined) {
    await requireLearner(parts, ask.courseId, ask.learnerId);
  }
  return {
    id: parts.newId(),
    label: ask.label ?? ask.role,
    role: ask.role,
    courseIds: ask.courseId === undefined ? [] : [ask.courseId],
    ...(ask.learnerId !== undefined && { learnerId: ask.learnerId }),
    createdAt: parts.now().toISOString(),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

/** Roles that mean nothing outside a course, and those that stand above all of them. */
const needsCourse: readonly string[] = ['assistant', 'lms', 'learner'];
const hasNoCourse: readonly string[] = ['admin', 'author'];

function checkToken(parts: GradebookParts, ask: NewToken): Instant | undefined {
  const complaints = new Complaints();
  const { role, courseId, learnerId } = ask;
  const scoped = courseId !== undefined;
  complaints.require(scoped || !needsCourse.includes(role), '/courseId', 'must name the course');
  complaints.require(!scoped || !hasNoCourse.includes(role), '/courseId', 'must be left out');
  const isLearner = role === 'learner';
  const detail = isLearner ? 'must name the enrolment' : 'must be left out';
  complaints.require((learnerId !== undefined) === isLearner, '/learnerId', detail);
  if (ask.label !== undefined) complaints.text(ask.label, '/label');
  const expiresAt = complaints.instant(ask.expiresAt, '/expiresAt');
  const ahead = expiresAt === undefined || expiresAt > parts.now().toISOString();
  complaints.require(ahead, '/expiresAt', 'must lie ahead');
  complaints.refuse('The token cannot be made so.');
  return expiresAt;
}

async function requireLearner(
  parts: GradebookParts,
  courseId: string,
  learnerId: string,
): Promise<void> {
  const enrolment = await findEnrolment(parts.store, courseId, learnerId);
  const complaints = new Complaints();
  complaints.require(enrolment.role === 'learner', '/learnerId', 'must be enrolled as a learner');
  complaints.refuse('The token cannot be made so.');
}

function adminToken(parts: GradebookParts, secret: string): TokenRow {
  return {
    id: parts.newId(),
    hash: parts.hash(secret),
    label: 'ADMIN_TOKEN',
    role: 'admin',
    courseIds: [],
    createdAt: parts.now().toISOString(),
  };
}
