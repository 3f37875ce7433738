import type { Enrolment } from './course.ts';
import type { Exceptions } from './ports.ts';

const none: Exceptions = { extensions: [], overrides: [] };

/** Which exceptions concern whom where, asked once for a whole report. */
export type ExceptionsFor = (
  learner: Pick<Enrolment, 'id' | 'sectionId'>,
  assignmentId: string,
) => Exceptions;

/** Splits a course's exceptions; a section's extensions go to each learner in it. */
export function exceptionsByCell({ extensions, overrides }: Exceptions): ExceptionsFor {
  const byOwner = new Map<string, Map<string, Exceptions>>();
  const add = (owner: string, assignmentId: string, more: Partial<Exceptions>) => {
    const cells = byOwner.get(owner) ?? new Map<string, Exceptions>();
    byOwner.set(owner, cells.set(assignmentId, joined(cells.get(assignmentId), more)));
  };
  for (const one of extensions) {
    add(one.learnerId ?? `section ${one.sectionId}`, one.assignmentId, { extensions: [one] });
  }
  for (const one of overrides) add(one.learnerId, one.assignmentId, { overrides: [one] });
  return ({ id, sectionId }, assignmentId) => {
    const own = byOwner.get(id)?.get(assignmentId);
    const shared = sectionId && byOwner.get(`section ${sectionId}`)?.get(assignmentId);
    return shared ? joined(own, shared) : (own ?? none);
  };
}

function joined(first: Exceptions = none, more: Partial<Exceptions>): Exceptions {
  return {
    extensions: [...first.extensions, ...(more.extensions ?? [])],
    overrides: [...first.overrides, ...(more.overrides ?? [])],
  };
}
