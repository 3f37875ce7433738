import type { PartAnswer } from '../../grading/verdict.ts';
import type { Actor } from '../actor.ts';
import type { Assignment, Course, Instant, Section } from '../course.ts';
import type { Receipt } from '../gradebook.ts';
import type { Shown } from '../policy/release.ts';
import type { Page, PageAsk } from '../ports.ts';
import type { Outcome, ShownSubmission } from '../submission.ts';
import type { PreviewView } from './preview-assignment.ts';

/** What is named is changed; null takes it away. */
export interface CourseChange {
  readonly title?: string | undefined;
  readonly term?: string | null | undefined;
  readonly timeZone?: string | undefined;
  readonly archived?: boolean | undefined;
  /** For the audit. */
  readonly reason?: string | undefined;
}

export interface CourseCopyAsk {
  readonly title: string;
  readonly term?: string | undefined;
  /** The original's if absent. */
  readonly timeZone?: string | undefined;
  /** Days by which every date moves, at the same time on the wall; may be negative. */
  readonly shiftDays?: number | undefined;
  /** Whether its sections are copied, empty. */
  readonly sections?: boolean | undefined;
  readonly reason?: string | undefined;
}

export interface CourseCopy {
  readonly course: Course;
  readonly sections: readonly Section[];
  readonly assignments: readonly Assignment[];
}

export interface SubmissionFilter {
  /** The enrolment's id. */
  readonly learnerId?: string | undefined;
  readonly assignmentId?: string | undefined;
  readonly part?: string | undefined;
  readonly outcome?: Outcome | undefined;
  /** Handed in at that instant or later. */
  readonly from?: Instant | undefined;
  /** Handed in before that instant. */
  readonly to?: Instant | undefined;
}

export interface AssignmentPreviewAsk {
  readonly part: string;
  readonly answer: PartAnswer;
  /** The enrolment whose variant is tried; a variant for previews if absent. */
  readonly learnerId?: string | undefined;
}

/** What is asked of courses as a whole. Each asks the table of rights first. */
export interface CourseUseCases {
  updateCourse(
    actor: Actor,
    courseId: string,
    change: CourseChange,
    revision?: number,
  ): Promise<Course>;
  copyCourse(
    actor: Actor,
    courseId: string,
    ask: CourseCopyAsk,
    receipt?: Receipt<CourseCopy>,
  ): Promise<CourseCopy>;

  createSection(
    actor: Actor,
    courseId: string,
    ask: { readonly name: string },
    receipt?: Receipt<Section>,
  ): Promise<Section>;
  sections(actor: Actor, courseId: string): Promise<readonly Section[]>;
  renameSection(
    actor: Actor,
    courseId: string,
    sectionId: string,
    ask: { readonly name: string; readonly reason?: string | undefined },
  ): Promise<Section>;
  removeSection(
    actor: Actor,
    courseId: string,
    sectionId: string,
    reason?: string,
  ): Promise<Section>;

  /** All that was handed in, newest first. A filter that names nothing existing is refused. */
  courseSubmissions(
    actor: Actor,
    courseId: string,
    filter: SubmissionFilter,
    page?: PageAsk,
  ): Promise<Page<ShownSubmission>>;
  /** Judges an answer as a learner's would be and says what they would see; keeps nothing. */
  previewAssignment(
    actor: Actor,
    courseId: string,
    assignmentId: string,
    ask: AssignmentPreviewAsk,
  ): Promise<PreviewView & { readonly shown: Shown }>;
}
