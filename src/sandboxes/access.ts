import { rights } from '../gradebook/authorise.ts';
import type { Actor } from '../gradebook/index.ts';
import { notFound } from '../gradebook/refusal.ts';
import type { SandboxFilter, SandboxStore } from './ports.ts';
import type { SandboxRecord } from './sandbox.ts';

/** The sandbox, for whoever may use it; to all others it does not exist. */
export async function findUsable(
  store: SandboxStore,
  actor: Actor,
  id: string,
  now: Date,
): Promise<SandboxRecord> {
  const record = await store.sandbox(id);
  const usable = record && record.expiresAt > now.toISOString() && mayUse(actor, record);
  if (!record || !usable) throw notFound('sandbox');
  return record;
}

/** Learners their own, staff those of their courses, and every token what it made for itself. */
function mayUse(actor: Actor, { courseId, learnerId, tokenId }: SandboxRecord): boolean {
  if (actor.role === 'admin') return true;
  if (courseId === undefined) return actor.tokenId === tokenId;
  if (!actor.courseIds.includes(courseId)) return false;
  const reach = rights[actor.role]['sandbox:use'];
  return reach === 'self'
    ? actor.learnerId !== undefined && learnerId === actor.learnerId
    : reach !== undefined;
}

/** Which of all sandboxes the actor may know of. */
export function usableBy({ role, courseIds, learnerId, tokenId }: Actor): SandboxFilter {
  if (role === 'admin') return { tokenId };
  if (role === 'learner') return { learnerId: learnerId ?? '', tokenId };
  return { courseIds, tokenId };
}
