import { auditOf } from '../audit.ts';
import { authorise } from '../authorise.ts';
import type { Assignment, Course, LocalTimes } from '../course.ts';
import { besideOf, findCourse, timeZoneNeeded } from '../courses.ts';
import type { GradebookParts } from '../create-gradebook.ts';
import { Complaints } from '../input.ts';
import type { ReleaseTime } from '../policy/policy.ts';
import { daysAfter, favours, instantOf, isTimeZone, localDaysAfter } from '../policy/time-zone.ts';
import type { CourseCopyAsk, CourseUseCases } from './course-use-cases.ts';

/** Days a copy may be shifted by, either way: ten years. */
const furthestShift = 3653;

export function copyCourseUseCases(parts: GradebookParts): Pick<CourseUseCases, 'copyCourse'> {
  const { store } = parts;
  return {
    copyCourse: async (actor, courseId, ask, receipt) => {
      authorise(actor, 'course:copy', { courseId });
      authorise(actor, 'course:create');
      const course = newCourse(parts, await findCourse(store, courseId), ask);
      const assignments = copiesOf(parts, course, await store.assignments(courseId), ask);
      const sections = ask.sections
        ? (await store.sections(courseId)).map((one) => ({
            ...{ ...one, id: parts.newId(), courseId: course.id, createdAt: course.createdAt },
          }))
        : [];
      const copy = { course, sections, assignments };
      const after = { ...course, copiedFrom: courseId, shiftDays: ask.shiftDays ?? 0 };
      const note = { action: 'course:copy', courseId: course.id, subject: course.id, after };
      const audit = auditOf(parts, actor, { ...note, reason: ask.reason });
      const owner = actor.role === 'admin' ? undefined : actor.tokenId;
      await store.addWholeCourse(copy, besideOf(audit, copy, receipt), owner);
      return copy;
    },
  };
}

function newCourse(parts: GradebookParts, from: Course, ask: CourseCopyAsk): Course {
  const timeZone = ask.timeZone ?? from.timeZone;
  const { shiftDays = 0 } = ask;
  const complaints = new Complaints();
  complaints.text(ask.title, '/title');
  if (ask.term !== undefined) complaints.text(ask.term, '/term');
  complaints.require(isTimeZone(timeZone), '/timeZone', timeZoneNeeded);
  const days = Number.isInteger(shiftDays) && Math.abs(shiftDays) <= furthestShift;
  const range = `must be whole days from -${furthestShift} to ${furthestShift}`;
  complaints.require(days, '/shiftDays', range);
  complaints.refuse('The course cannot be copied so.');
  return {
    ...{ id: parts.newId(), title: ask.title, timeZone },
    ...(ask.term !== undefined && { term: ask.term }),
    ...{ revision: 1, createdAt: parts.now().toISOString() },
  };
}

/** The same exercise versions and policies under new ids; what was released by hand is so no more. */
function copiesOf(
  parts: GradebookParts,
  course: Course,
  originals: readonly Assignment[],
  { shiftDays = 0 }: CourseCopyAsk,
): readonly Assignment[] {
  const ids = new Map(originals.map(({ id }) => [id, parts.newId()]));
  return originals.map((original) => ({
    ...original,
    ...shiftedTimes(original, course, shiftDays),
    ...{ id: ids.get(original.id) ?? '', courseId: course.id },
    prerequisites: original.prerequisites.flatMap((one) => {
      const assignmentId = ids.get(one.assignmentId);
      return assignmentId === undefined ? [] : { ...one, assignmentId };
    }),
    ...{ timeZone: course.timeZone, revision: 1, createdAt: course.createdAt },
  }));
}

/** Local times move on the wall, instants by as many days of the course's own zone. */
function shiftedTimes(original: Assignment, { timeZone }: Course, days: number) {
  const local: Partial<Record<keyof LocalTimes, string>> = {};
  const shift = (name: keyof LocalTimes, instant: string | undefined): string | undefined => {
    const wall = original.local[name];
    if (wall === undefined) return instant && daysAfter(instant, days, timeZone);
    const moved = localDaysAfter(wall, days);
    local[name] = moved;
    return instantOf(moved, timeZone, favours[name]);
  };
  const { opensAt, dueAt, closesAt, release } = original;
  const [opens, due, closes] = [
    shift('opensAt', opensAt),
    shift('dueAt', dueAt),
    shift('closesAt', closesAt),
  ];
  const releaseAt = (name: 'gradesAt' | 'explanationsAt', time: ReleaseTime): ReleaseTime =>
    time === 'at-once' || time === 'manual' ? time : (shift(name, time) ?? time);
  return {
    ...(opens !== undefined && { opensAt: opens }),
    ...(due !== undefined && { dueAt: due }),
    ...(closes !== undefined && { closesAt: closes }),
    release: {
      grades: releaseAt('gradesAt', release.grades),
      explanations: releaseAt('explanationsAt', release.explanations),
    },
    local,
  };
}
