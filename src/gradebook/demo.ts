import type { Actor } from './actor.ts';
import { createGradebook, type GradebookParts } from './create-gradebook.ts';
import type { Gradebook } from './gradebook.ts';

/** The demo course, and the secrets of its people: shown once, kept only as hashes. */
export interface Demo {
  readonly courseId: string;
  readonly assignments: readonly { readonly id: string; readonly exerciseId: string }[];
  readonly instructor: string;
  readonly learners: readonly { readonly name: string; readonly secret: string }[];
}

const people = [
  { externalId: 'ada', name: 'Ada' },
  { externalId: 'grace', name: 'Grace' },
];

/** Makes the demo course on a store without courses; undefined when there is one already. */
export async function makeDemo(parts: GradebookParts): Promise<Demo | undefined> {
  if (!(await parts.store.isEmpty())) return undefined;
  const gradebook = createGradebook(parts);
  const actor: Actor = { tokenId: 'demo', role: 'admin', courseIds: [] };
  const { id: courseId } = await gradebook.createCourse(actor, {
    title: 'Demo: reaching Pods through Services',
  });
  const assignments: Demo['assignments'][number][] = [];
  const ids = parts.library.list().map(({ id }) => id);
  for (const exerciseId of new Set(ids)) {
    const { id } = await gradebook.createAssignment(actor, courseId, { exercise: exerciseId });
    assignments.push({ id, exerciseId });
  }
  const staff = { role: 'instructor', courseId, label: 'demo instructor' } as const;
  const { secret: instructor } = await gradebook.createToken(actor, staff);
  const learners = await Promise.all(people.map((one) => enrol(gradebook, actor, courseId, one)));
  return { courseId, assignments, instructor, learners };
}

async function enrol(
  gradebook: Gradebook,
  actor: Actor,
  courseId: string,
  person: (typeof people)[number],
): Promise<Demo['learners'][number]> {
  const { name } = person;
  const { id: learnerId } = await gradebook.createEnrolment(actor, courseId, person);
  const ask = { role: 'learner', courseId, learnerId, label: `demo learner ${name}` } as const;
  const { secret } = await gradebook.createToken(actor, ask);
  return { name, secret };
}
