import type { Actor } from './actor.ts';
import { authorise } from './authorise.ts';
import type { GradebookParts } from './create-gradebook.ts';
import type { AuditEvent } from './event.ts';
import type { Gradebook } from './gradebook.ts';
import { pageOf, sliceOf } from './paging.ts';

/** What a change is noted as; who and when come from the actor and the clock. */
export interface Note
  extends Pick<AuditEvent, 'action' | 'courseId' | 'subject' | 'before' | 'after'> {
  readonly reason?: string | undefined;
}

export function auditOf(parts: GradebookParts, actor: Actor, note: Note): AuditEvent {
  const at = parts.now().toISOString();
  const { reason, ...rest } = note;
  return {
    ...{ id: parts.newId(), at, tokenId: actor.tokenId, ...rest },
    ...(reason !== undefined && { reason }),
    ...(actor.requestId !== undefined && { requestId: actor.requestId }),
  };
}

export function auditUseCases({ store }: GradebookParts): Pick<Gradebook, 'audit'> {
  return {
    audit: async (actor, ask) => {
      authorise(actor, 'audit:read', { courseId: ask.courseId });
      const slice = sliceOf(ask);
      return pageOf(await store.audit(ask.courseId, slice), slice);
    },
  };
}
