import type { Actor } from './actor.ts';
import type { AuditFilter } from './audit-filter.ts';
import { authorise } from './authorise.ts';
import type { GradebookParts } from './create-gradebook.ts';
import type { AuditEvent } from './event.ts';
import type { Gradebook } from './gradebook.ts';
import { Complaints } from './input.ts';
import { pageOf, sliceOf } from './paging.ts';

/** What a change is noted as; who and when come from the actor and the clock. */
export interface Note
  extends Pick<AuditEvent, 'action' | 'courseId' | 'subject' | 'before' | 'after'> {
  readonly reason?: string | undefined;
}

export function auditOf(
  parts: GradebookParts,
  actor: Pick<Actor, 'tokenId' | 'requestId'>,
  note: Note,
): AuditEvent {
  const at = parts.now().toISOString();
  const { reason, ...rest } = note;
  const learnerIds = learnersIn(note);
  return {
    ...{ id: parts.newId(), at, tokenId: actor.tokenId, ...rest },
    ...(reason !== undefined && { reason }),
    ...(actor.requestId !== undefined && { requestId: actor.requestId }),
    ...(learnerIds.length > 0 && { learnerIds }),
  };
}

export function auditUseCases({ store }: GradebookParts): Pick<Gradebook, 'audit'> {
  return {
    audit: async (actor, ask) => {
      authorise(actor, 'audit:read', { courseId: ask.courseId });
      const slice = sliceOf(ask);
      return pageOf(await store.audit(checked(ask), slice), slice);
    },
  };
}

function checked({ from, to, ...rest }: AuditFilter): AuditFilter {
  const complaints = new Complaints();
  const [first, last] = [complaints.instant(from, '/from'), complaints.instant(to, '/to')];
  const ordered = first === undefined || last === undefined || first < last;
  complaints.require(ordered, '/to', 'must come after `from`');
  complaints.refuse('The audit cannot be asked so.');
  return { ...rest, from: first, to: last };
}

/** The people a change concerns: its subject if that is one, and those its states name. */
function learnersIn({ action, subject, before, after }: Note): readonly string[] {
  const named = [before, after].flatMap((state) => namedIn(state, deepest));
  const own = action.startsWith('enrolment:') ? [subject] : [];
  const ids = [...own, ...named].filter((id): id is string => typeof id === 'string');
  return [...new Set(ids)];
}

/** How far inside a state people are named. */
const deepest = 4;

function namedIn(state: unknown, levels: number): readonly unknown[] {
  if (typeof state !== 'object' || state === null || levels === 0) return [];
  return Object.entries(state).flatMap(([name, value]) => {
    if (name === 'learnerId') return [value];
    if (name === 'learnerIds' && Array.isArray(value)) return value;
    return namedIn(value, levels - 1);
  });
}
