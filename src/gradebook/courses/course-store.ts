import type { Assignment, Course, Enrolment, Section } from '../course.ts';
import type { Beside, Placed, Slice, TokenRow } from '../ports.ts';
import type { StoredSubmission } from '../submission.ts';
import type { SubmissionFilter } from './course-use-cases.ts';

/** A course with what is in it from the start, kept in one transaction. */
export interface WholeCourse {
  readonly course: Course;
  readonly sections?: readonly Section[];
  readonly assignments?: readonly Assignment[];
  readonly enrolments?: readonly Enrolment[];
  readonly tokens?: readonly TokenRow[];
}

/** Where courses, their sections and the list of all that was handed in are kept. */
export interface CourseStore {
  /** `owner`: a token that reaches the course from now on. */
  addWholeCourse(whole: WholeCourse, beside: Beside, owner?: string): Promise<void>;
  /** Replaces the one with an earlier revision; false when it was changed meanwhile. */
  changeCourse(course: Course, beside: Beside): Promise<boolean>;

  addSection(section: Section, beside: Beside): Promise<void>;
  sections(courseId: string): Promise<readonly Section[]>;
  renameSection(section: Section, beside: Beside): Promise<void>;
  /** False, and nothing removed, while it has people, invitations or extensions. */
  removeSection(section: Section, beside: Beside): Promise<boolean>;

  /** Newest first; `after` is the place of the last one seen. */
  courseSubmissions(
    courseId: string,
    filter: SubmissionFilter,
    slice: Slice,
  ): Promise<readonly Placed<StoredSubmission>[]>;
}
