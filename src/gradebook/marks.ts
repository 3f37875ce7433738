import type { Actor } from './actor.ts';
import { findAssignment, partOf } from './assignments.ts';
import { auditOf } from './audit.ts';
import { authorise } from './authorise.ts';
import type { AssignedPart, Assignment } from './course.ts';
import type { GradebookParts } from './create-gradebook.ts';
import { findEnrolment } from './enrolments.ts';
import type { GradeEvent, GradeFact } from './event.ts';
import { deriveGrade, type PartGrade } from './grade.ts';
import type { Gradebook, MarkAsk } from './gradebook.ts';
import { Complaints } from './input.ts';
import type { Exceptions } from './ports.ts';
import { notFound } from './refusal.ts';

/** The longest comment, in characters. */
const longestComment = 5000;

export function markUseCases(parts: GradebookParts): Pick<Gradebook, 'mark'> {
  return {
    mark: async (actor, courseId, assignmentId, ask, receipt) => {
      authorise(actor, 'mark:give', { courseId, learnerId: ask.learnerId });
      const assignment = await findAssignment(parts.store, courseId, assignmentId);
      checkMark(partOf(assignment, ask.part), ask);
      const { id: learnerId } = await findEnrolment(parts.store, courseId, ask.learnerId);
      const at = parts.now().toISOString();
      const scope = { courseId, assignmentId, learnerId };
      return parts.store.append(scope, (events, exceptions) => {
        const event = markOf(actor, ask, at, events.length + 1);
        const before = partGrade(assignment, events, exceptions, ask.part);
        const result = partGrade(assignment, [...events, event], exceptions, ask.part);
        const subject = `${assignmentId}/${learnerId}/${ask.part}`;
        const note = { action: 'mark:give', courseId, subject };
        const audit = auditOf(parts, actor, {
          ...{ ...note, reason: ask.reason },
          before: summary(before),
          after: summary(result),
        });
        return { result, events: [event], audit, ...(receipt && { receipt: receipt(result) }) };
      });
    },
  };
}

function checkMark(part: AssignedPart, ask: MarkAsk): void {
  const complaints = new Complaints();
  const fits = ask.points >= 0 && ask.points <= part.points;
  complaints.require(fits, '/points', `must be from 0 to ${part.points}`);
  if (ask.comment !== undefined) complaints.text(ask.comment, '/comment', longestComment);
  complaints.refuse('The mark cannot be given so.');
}

function markOf(actor: Actor, ask: MarkAsk, at: string, order: number): GradeEvent {
  return {
    kind: 'mark',
    order,
    part: ask.part,
    at,
    tokenId: actor.tokenId,
    points: ask.points,
    ...(ask.comment !== undefined && { comment: ask.comment }),
  };
}

function partGrade(
  assignment: Assignment,
  events: readonly GradeFact[],
  exceptions: Exceptions,
  part: string,
): PartGrade {
  const found = deriveGrade(events, assignment, exceptions).parts.find((one) => one.part === part);
  if (found === undefined) throw notFound('part');
  return found;
}

function summary({ points, marked, comment }: PartGrade) {
  return { points, marked, ...(comment !== undefined && { comment }) };
}
