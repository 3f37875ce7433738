import { newAssignment } from './assignment-settings.ts';
import { auditOf } from './audit.ts';
import type { Course, Enrolment } from './course.ts';
import type { GradebookParts } from './create-gradebook.ts';
import type { TokenRow } from './ports.ts';
import type { Token } from './token.ts';

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

/**
 * Makes the demo course on a store without courses, all of it in one transaction: a start that is
 * cut off leaves no half of it behind. Undefined when there is a course already.
 */
export async function makeDemo(parts: GradebookParts): Promise<Demo | undefined> {
  if (!(await parts.store.isEmpty())) return undefined;
  const course = demoCourse(parts);
  const assignments = [...new Set(parts.library.list().map(({ id }) => id))].map((exercise) =>
    newAssignment(parts, course, { exercise }),
  );
  const enrolments = people.map((person) => enrolmentOf(parts, course, person));
  const staff = issue(parts, course, { role: 'instructor', label: 'demo instructor' });
  const learners = enrolments.map(({ id, name }) => ({
    name: name ?? '',
    ...issue(parts, course, { role: 'learner', label: `demo learner ${name}`, learnerId: id }),
  }));
  const tokens = [staff.token, ...learners.map(({ token }) => token)];
  const { id: courseId } = course;
  const note = { action: 'course:create', courseId, subject: courseId, after: course };
  const audit = auditOf(parts, { tokenId: 'demo' }, note);
  await parts.store.addWholeCourse({ course, assignments, enrolments, tokens }, { audit });
  return {
    courseId,
    assignments: assignments.map(({ id, exercise }) => ({ id, exerciseId: exercise.id })),
    instructor: staff.secret,
    learners: learners.map(({ name, secret }) => ({ name, secret })),
  };
}

function demoCourse(parts: GradebookParts): Course {
  const createdAt = parts.now().toISOString();
  const title = 'Demo: reaching Pods through Services';
  return { id: parts.newId(), title, timeZone: 'UTC', revision: 1, createdAt };
}

function enrolmentOf(
  parts: GradebookParts,
  { id: courseId, createdAt }: Course,
  person: (typeof people)[number],
): Enrolment {
  return { id: parts.newId(), courseId, ...person, role: 'learner', revision: 1, createdAt };
}

function issue(
  parts: GradebookParts,
  { id: courseId, createdAt }: Course,
  ask: Pick<Token, 'role' | 'label' | 'learnerId'>,
): { readonly token: TokenRow; readonly secret: string } {
  const secret = parts.newToken();
  const token = { id: parts.newId(), ...ask, courseIds: [courseId], createdAt };
  return { token: { ...token, hash: parts.hash(secret) }, secret };
}
