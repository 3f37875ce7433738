import type { Actor } from '../actor.ts';
import { authorise } from '../authorise.ts';
import type { Assignment } from '../course.ts';
import { findCourse } from '../courses.ts';
import type { GradebookParts } from '../create-gradebook.ts';
import { Complaints } from '../input.ts';
import { pageOf, sliceOf } from '../paging.ts';
import type { Store } from '../ports.ts';
import { notFound } from '../refusal.ts';
import type { ShownSubmission, StoredSubmission } from '../submission.ts';
import { visibleTo } from '../visible.ts';
import type { CourseUseCases, SubmissionFilter } from './course-use-cases.ts';

export function courseSubmissionUseCases(
  parts: GradebookParts,
): Pick<CourseUseCases, 'courseSubmissions'> {
  const { store } = parts;
  return {
    courseSubmissions: async (actor, courseId, filter, page = {}) => {
      const own =
        actor.role === 'learner' ? { learnerId: filter.learnerId ?? actor.learnerId } : {};
      const asked = { ...filter, ...own };
      authorise(actor, 'submission:read', { courseId, learnerId: asked.learnerId });
      await findCourse(store, courseId);
      const assignments = await store.assignments(courseId);
      const wanted = await checkedFilter(store, courseId, assignments, asked);
      const slice = sliceOf(page);
      const rows = await store.courseSubmissions(courseId, wanted, slice);
      const { items, ...rest } = pageOf(rows, slice);
      return { ...rest, items: items.map(viewFor(actor, assignments, parts.now().toISOString())) };
    },
  };
}

/** Refuses what names nothing that is there: an empty list would look like an answer. */
async function checkedFilter(
  store: Store,
  courseId: string,
  assignments: readonly Assignment[],
  filter: SubmissionFilter,
): Promise<SubmissionFilter> {
  const { learnerId, assignmentId, part } = filter;
  const learner = learnerId === undefined || (await store.enrolment(courseId, learnerId));
  if (!learner) throw notFound('learner');
  const among = assignments.filter(({ id }) => assignmentId === undefined || id === assignmentId);
  if (assignmentId !== undefined && among.length === 0) throw notFound('assignment');
  const names = new Set(among.flatMap(({ parts }) => parts.map(({ id }) => id)));
  const complaints = new Complaints();
  const known = [...names].slice(0, 20).join(', ');
  complaints.require(part === undefined || names.has(part), '/part', `must be one of ${known}`);
  const [from, to] = [
    complaints.instant(filter.from, '/from'),
    complaints.instant(filter.to, '/to'),
  ];
  const ordered = from === undefined || to === undefined || from < to;
  complaints.require(ordered, '/to', 'must come after `from`');
  complaints.refuse('The filter names nothing that is there.');
  return { ...filter, from, to };
}

function viewFor(actor: Actor, assignments: readonly Assignment[], now: string) {
  const shown = new Map(assignments.map((one) => [one.id, visibleTo(actor, one, now).grades]));
  return (submission: StoredSubmission): ShownSubmission => {
    const { verdict: _, error: __, points, ...rest } = submission;
    return { ...rest, ...(shown.get(submission.assignmentId) && { points }) };
  };
}
