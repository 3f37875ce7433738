import { findEnrolment } from '../gradebook/enrolments.ts';
import { type Actor, Refusal } from '../gradebook/index.ts';
import type { SandboxRecord } from './sandbox.ts';
import type { Sandboxes } from './sandboxes.ts';
import { standingAnswer } from './standing-answer.ts';
import type { Workshop } from './workshop.ts';

export function gradeUseCases(workshop: Workshop): Pick<Sandboxes, 'grade'> {
  const { gradebook, live, find } = workshop;
  return {
    async grade(actor, id, receipt) {
      const record = await find(actor, id);
      const { task, learnerId } = record;
      if (!task || learnerId === undefined) throw nobodys();
      const learner = await named(workshop, actor, record);
      const answer = standingAnswer(await live.standing(record));
      const ask = { part: task.part, answer, ...(learner && { learner }) };
      return gradebook.submit(actor, task.courseId, task.assignmentId, ask, receipt);
    },
  };
}

/** A learner's token is the learner; others hand in for whose sandbox it is. */
async function named({ parts }: Workshop, actor: Actor, record: SandboxRecord) {
  if (actor.role === 'learner') return undefined;
  const { courseId = '', learnerId = '' } = record;
  const { externalId: id } = await findEnrolment(parts.store, courseId, learnerId);
  return { id };
}

const nobodys = (): Refusal =>
  new Refusal('invalid', "Only a learner's sandbox of an assignment is graded; this is none.");
