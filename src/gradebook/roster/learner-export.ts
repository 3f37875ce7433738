import type { Actor } from '../actor.ts';
import { authorise } from '../authorise.ts';
import type { Assignment, Course, Enrolment, Instant, Section } from '../course.ts';
import { findCourse } from '../courses.ts';
import type { GradebookParts } from '../create-gradebook.ts';
import { findEnrolment } from '../enrolments.ts';
import type { Shown } from '../policy/release.ts';
import type { StoredSubmission } from '../submission.ts';
import { verdictOf } from '../submissions.ts';
import { visibleTo } from '../visible.ts';
import type { Erasure, KeptRow, LearnerRecord } from './learner-record.ts';
import type { RosterUseCases } from './roster-use-cases.ts';

/** Everything kept about one person of a course (GDPR, articles 15 and 20). */
export interface LearnerExport {
  readonly exportedAt: Instant;
  readonly course: Course;
  readonly enrolment: Enrolment;
  readonly section?: Section;
  readonly erasure?: Erasure;
  readonly tokens: LearnerRecord['tokens'];
  readonly submissions: readonly object[];
  readonly events: readonly object[];
  readonly extensions: readonly KeptRow[];
  readonly overrides: readonly object[];
  readonly contests: LearnerRecord['contests'];
  readonly audit: readonly object[];
  /** Assignments whose results are not released yet: their points and verdicts are left out. */
  readonly withheld: readonly string[];
}

export function exportUseCases(parts: GradebookParts): Pick<RosterUseCases, 'exportLearner'> {
  const { store } = parts;
  return {
    exportLearner: async (actor, courseId, learnerId) => {
      authorise(actor, 'enrolment:export', { courseId, learnerId });
      const course = await findCourse(store, courseId);
      const enrolment = await findEnrolment(store, courseId, learnerId);
      const record = await store.learnerRecord(courseId, learnerId);
      const erasure = await store.erasure(learnerId);
      const sections = await store.sections(courseId);
      const section = sections.find(({ id }) => id === enrolment.sectionId);
      const exportedAt = parts.now().toISOString();
      const shown = shownIn(actor, await store.assignments(courseId), exportedAt);
      return {
        ...{ exportedAt, course, enrolment },
        ...(section && { section }),
        ...(erasure && { erasure }),
        ...partsOf(actor, record, shown),
      };
    },
  };
}

type ShownIn = ReadonlyMap<string, Shown>;

function shownIn(actor: Actor, assignments: readonly Assignment[], now: Instant): ShownIn {
  return new Map(assignments.map((one) => [one.id, visibleTo(actor, one, now)]));
}

function partsOf(actor: Actor, record: LearnerRecord, shown: ShownIn) {
  const grades = (assignmentId: unknown) => shown.get(String(assignmentId))?.grades === true;
  const { tokens, extensions, contests, audit } = record;
  const staff = actor.role !== 'learner';
  return {
    tokens,
    submissions: record.submissions.map((one) => submissionOf(one, shown.get(one.assignmentId))),
    events: record.events
      .filter(({ assignmentId, fact }) => fact.kind === 'start' || grades(assignmentId))
      .map(({ assignmentId, fact }) => ({ assignmentId, ...fact })),
    extensions,
    overrides: record.overrides.filter(({ assignmentId }) => grades(assignmentId)),
    contests,
    audit: staff
      ? audit
      : audit.map(({ id, at, action, subject }) => ({ id, at, action, subject })),
    withheld: [...shown].filter(([, { grades: told }]) => !told).map(([id]) => id),
  };
}

/** As whoever asks may see it: what is withheld from learners is withheld from their export. */
function submissionOf(kept: StoredSubmission, shown?: Shown): object {
  const { verdict: _, error: __, points, seed: ___, ...rest } = kept;
  const verdict = shown?.explanations ? verdictOf(kept) : undefined;
  const told = verdict && {
    outcome: verdict.outcome,
    ...(shown?.grades && { points: verdict.points }),
    transcript: verdict.transcript,
    checks: verdict.checks.map(({ check, title, outcome, points: worth, maximum }) => ({
      ...{ check, ...(title !== undefined && { title }), outcome, points: worth, maximum },
    })),
    findings: verdict.findings.map(({ code }) => code),
  };
  return { ...rest, ...(shown?.grades && { points }), ...(told && { verdict: told }) };
}
