import { auditOf } from '../audit.ts';
import type { GradebookParts } from '../create-gradebook.ts';
import type { AuditEvent } from '../event.ts';
import { regradeFacts } from './compare.ts';
import type { GradeSummary, Regrade } from './regrade.ts';
import type { CellToApply } from './regrade-store.ts';
import type { Work } from './regrader.ts';

/** Learners' assignments written in one transaction: a few milliseconds that requests wait. */
const appliedAtOnce = 32;

/** Writes the events of all that is not written yet; each transaction keeps how far it came. */
export async function applyRegrade(work: Work, { id }: Regrade): Promise<void> {
  const { parts, pace, stopped } = work;
  for (;;) {
    if (stopped()) return;
    const now = await parts.store.applyNext(
      id,
      appliedAtOnce,
      (cell, regrade) => entryOf(parts, cell, regrade),
      (regrade) => endOf(parts, regrade),
    );
    if (now?.state !== 'applying') return;
    await pace.between();
  }
}

function entryOf(parts: GradebookParts, cell: CellToApply, regrade: Regrade) {
  const tokenId = regrade.appliedBy ?? regrade.tokenId;
  const at = parts.now().toISOString();
  const facts = regradeFacts(regrade, cell.attempts, cell.facts.length, at);
  const events = facts.map((fact) => ({ ...fact, tokenId }));
  const { changed, learnerId, assignmentId, before, after } = cell.change;
  if (!changed) return { events };
  const audit = noteOf(parts, regrade, {
    action: 'regrade:change',
    subject: `${assignmentId}/${learnerId}`,
    before: { ...headOf(before), learnerId, assignmentId },
    after: { ...headOf(after), learnerId, assignmentId, regradeId: regrade.id },
  });
  return { events, audit };
}

const headOf = ({ score, outOf, awaitsMarking }: GradeSummary) => ({ score, outOf, awaitsMarking });

function endOf(parts: GradebookParts, before: Regrade) {
  const endedAt = parts.now().toISOString();
  const regrade = { ...before, state: 'applied' as const, endedAt };
  const { id: subject, counts: after } = before;
  return { regrade, audit: noteOf(parts, before, { action: 'regrade:finish', subject, after }) };
}

/** In the name of whoever applied it, by the request that did. */
function noteOf(
  parts: GradebookParts,
  { courseId, reason, tokenId, appliedBy, requestId }: Regrade,
  note: Pick<AuditEvent, 'action' | 'subject' | 'before' | 'after'>,
): AuditEvent {
  const actor = { tokenId: appliedBy ?? tokenId, ...(requestId !== undefined && { requestId }) };
  return auditOf(parts, actor, { ...note, courseId, reason });
}
